"""What a sentence is found to depend on, through all it refers to."""

from __future__ import annotations

import pytest
from fluent.syntax import FluentParser, ast

from bot.library.mentions import PLURALS, entry_key, mentions

SENTENCES = """
plain = No placeholder.
shown = { $a } and { NUMBER($b) }
chosen = { $a ->
    [x] one
   *[y] two
}
both = { $a ->
    [x] { $a }
   *[y] { $b ->
        [0] none
       *[z] some
    }
}
outer = { chosen } { shown.title } { -name }
    .title = { $hint }
-name = Alongside
name = { $c }
round = { about }
about = { round } { $d }
lost = { nowhere } { $a }
"""

ENTRIES = {
    entry_key(entry): entry
    for entry in FluentParser().parse(SENTENCES).body
    if isinstance(entry, ast.Message | ast.Term)
}


@pytest.mark.parametrize(
    ("key", "shown", "only_chosen_by", "variants"),
    [
        ("plain", "", "", ""),
        ("shown", "ab", "", ""),
        ("chosen", "", "a", "xy"),
        ("both", "a", "b", "xyz"),
        ("name", "c", "", ""),
        ("-name", "", "", ""),
        ("round", "d", "", ""),
        ("lost", "a", "", ""),
        ("nowhere", "", "", ""),
    ],
)
def test_what_a_sentence_mentions(key: str, shown: str, only_chosen_by: str, variants: str) -> None:
    found = mentions(key, ENTRIES)
    assert found.shown == {*shown}
    assert found.variables == {*shown, *only_chosen_by}
    assert found.variants == {*variants} | PLURALS


def test_a_sentence_mentions_what_the_ones_it_refers_to_mention() -> None:
    found = mentions("outer", ENTRIES)
    assert found.variables == {"a", "b", "hint"}
    assert found.variants == {"x", "y"} | PLURALS
