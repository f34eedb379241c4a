"""A sentence that is nothing but text is taken as it stands, exactly as Fluent would read it."""

from __future__ import annotations

import pytest

from bot.library.files import content_folder, read_files
from bot.library.skillfiles import skill_sentences
from bot.library.wordlint import parsed_message, plain_message
from bot.library.words import flow_sentences

FILES = read_files(content_folder())


@pytest.mark.parametrize("language", FILES.languages)
def test_every_plain_sentence_of_the_content_is_what_fluent_makes_of_it(language: str) -> None:
    sentences = {**flow_sentences(FILES, language), **skill_sentences(FILES, language)}
    plain = {
        key: found for key, one in sentences.items() if (found := plain_message(key, one.pattern))
    }
    assert len(plain) > len(sentences) / 2
    for key, found in plain.items():
        assert found.equals(parsed_message(key, sentences[key].pattern)), key


@pytest.mark.parametrize(
    "pattern",
    [
        *("with { $mood }", "a brace }", "**bold** first", "[other] first", ".attribute", " space"),
        *("two\n**bold**", "two\n\nparagraphs", "two\n  indented", "two\n.dots", "ends\n", ""),
    ],
)
def test_what_may_mean_something_to_fluent_is_left_to_it(pattern: str) -> None:
    assert plain_message("key", pattern) is None
