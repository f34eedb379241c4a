"""What a line of wording means: order, gaps, slots, brackets, both ends, and parts in any order."""

from __future__ import annotations

import pytest

from bot.safety.crisis import Screen
from bot.safety.families import Guard, Wordings
from bot.safety.pattern import PatternBroken, Slots, parse, rarest_heads
from tests.safety.small import COMMON, family, screen


def plainly(word: str) -> tuple[str, ...]:
    return (word,)


def read(line: str) -> None:
    slots = Slots({}, plainly)
    rarest_heads(line, slots, COMMON)
    parse(line, slots)


@pytest.mark.parametrize(
    ("wording", "heard", "unheard"),
    [
        ("want to vanish", "i want to vanish today", "to vanish i want"),
        ("want .. vanish", "i want it to vanish", "want it to all be gone and vanish"),
        ("want ... vanish", "want it to all be vanish", "want all that we once had to vanish"),
        ("(want|wish) to vanish", "wish to vanish", "hope to vanish"),
        ("want (so much)? to vanish", "want to vanish", "want so to vanish"),
        ("want (so much)? to vanish", "want so much to vanish", "much to vanish"),
        ("{gone} for good", "i will be away for good", "i will be here for good"),
        ("{gone}? for good", "for good", "good"),
        ("vanish*", "they vanished", "they van"),
        ("# pills", "i have 30 pills", "i have thirty pills"),
        ("^ vanish", "no. vanish", "i vanish"),
        ("vanish $", "i vanish. ok", "i vanish now"),
        ("pills & goodbye", "goodbye. i have the pills", "i have the pills"),
        ("vanish ?", "shall i vanish?", "i vanish."),
        ("\N{PILL} me", "\N{PILL} me", "me \N{PILL}"),
    ],
)
def test_a_wording_is_heard_where_it_stands(wording: str, heard: str, unheard: str) -> None:
    hear = screen(family(wording), slots={"gone": "away | out of here"})
    assert hear(heard).level == "crisis"
    assert hear(unheard).level == "none"


def test_a_gap_never_reaches_into_the_next_sentence() -> None:
    hear = screen(family("want .. vanish"))
    assert hear("i want. you vanish").level == "none"
    assert hear("i want you, vanish").level == "crisis"


def test_parts_may_be_two_sentences_apart_but_not_pages() -> None:
    hear = screen(family("pills & goodbye"))
    assert hear("i have pills. that is it. goodbye").level == "crisis"
    assert hear(f"i have pills. {'and so it goes on ' * 9} goodbye").level == "none"


def test_words_that_mean_nothing_may_stand_anywhere() -> None:
    assert screen(family("want to vanish"))("i really want to just vanish").level == "crisis"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{nowhere} vanish", "there is no slot"),
        ("(want|wish", "bracket"),
        ("(want)?", "nothing in it must be there"),
        ("want) to", "bracket"),
        ("(a|$) vanish", "bracket or sign"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, why: str) -> None:
    with pytest.raises(PatternBroken, match=why):
        read(line)


def test_a_line_that_cannot_be_read_takes_nothing_else_away() -> None:
    hear = screen(family("{nowhere} vanish\nwant to vanish"))
    assert hear("i want to vanish").level == "crisis"


# --- what softens ---------------------------------------------------------------------------------

LONG_AGO = Guard("test/long-ago", "sentence", ("years ago",), unless=("again",))


def test_a_guard_lowers_by_one_step_and_says_so() -> None:
    hear = screen(family("want* to vanish"), guards=(LONG_AGO,))
    verdict = hear("years ago i wanted to vanish")
    assert verdict.level == "concern"
    assert verdict.signals == ("test/wish", "test/long-ago")


def test_a_guard_is_undone_by_what_it_names() -> None:
    hear = screen(family("want* to vanish"), guards=(LONG_AGO,))
    assert hear("years ago i wanted to vanish and now again").level == "crisis"


def test_a_guard_of_the_sentence_does_not_reach_the_next() -> None:
    hear = screen(family("want* to vanish"), guards=(LONG_AGO,))
    assert hear("that was years ago. i want to vanish").level == "crisis"


def test_a_guard_before_ends_with_its_clause() -> None:
    no = Guard("test/no", "before", ("never",), reach=3)
    hear = screen(family("want to vanish"), guards=(no,))
    assert hear("i never want to vanish").level == "concern"
    assert hear("never, i want to vanish").level == "crisis"
    assert hear("never in all of my life want to vanish").level == "crisis"


def test_what_is_firm_is_never_lowered() -> None:
    hear = screen(family("want* to vanish", firm=True), guards=(LONG_AGO,))
    assert hear("years ago i wanted to vanish").level == "crisis"


def test_nothing_is_lowered_below_info() -> None:
    hear = screen(family("vanish", level="info"), guards=(LONG_AGO,))
    assert hear("years ago, vanish").level == "info"


def test_plain_words_are_taken_from_every_other_family() -> None:
    plain = family("vanish from sight", name="test/magic", level="none", category="", plain=True)
    hear = screen(family("vanish"), plain)
    assert hear("watch it vanish from sight").level == "none"
    assert hear("watch it vanish from sight. i vanish").level == "crisis"


def test_plain_words_of_two_sentences_take_nothing() -> None:
    plain = family("training & vanish", name="test/magic", level="none", category="", plain=True)
    hear = screen(family("vanish"), plain)
    assert hear("the training was long. i vanish").level == "crisis"


def test_the_most_urgent_reading_is_the_verdict() -> None:
    low = family("vanish", name="test/low", level="concern")
    high = family("pills", name="test/high", level="emergency", category="overdose")
    verdict = screen(low, high)("pills. vanish")
    assert (verdict.level, verdict.category) == ("emergency", "overdose")
    assert verdict.signals == ("test/high", "test/low")


# --- the second opinion ---------------------------------------------------------------------------

WEIGHTS = """
@alone\t2.0
@agreed\t-1.0
@bias\t0.0
@outcome\tconcern\tsuicide\t0.0
@outcome\tcrisis\tabuse\t-1.0
# features
grey\t1.0\t5.0\t0:1.0
fist\t1.0\t5.0\t1:9.0
picnic\t1.0\t-2.0
summit\t1.0\t-9.0
"""


def test_weights_alarm_where_no_wording_stood_and_name_the_loudest_words() -> None:
    hear = screen(family("vanish"), weights=WEIGHTS)
    verdict = hear("it is so grey outside")
    assert (verdict.level, verdict.category) == ("concern", "suicide")
    assert verdict.signals == ("weighed/suicide", "weighed: grey")
    assert hear("he has a fist again").category == "abuse"


def test_weights_alone_never_say_that_it_is_an_emergency() -> None:
    hear = screen(family("vanish"), weights=WEIGHTS.replace("\tcrisis\t", "\temergency\t"))
    assert hear("he has a fist again").level in ("concern", "crisis")


def test_a_few_common_words_are_not_weighed() -> None:
    """They may be the answer to a question; only a wording alarms at them."""
    hear = screen(family("vanish"), weights=WEIGHTS)
    assert hear("so grey").level == "none"
    assert hear("vanish").level == "crisis"


def test_weights_doubt_a_concern_and_keep_it_named() -> None:
    hear = screen(family("vanish", level="concern"), weights=WEIGHTS)
    verdict = hear("vanish to a picnic by the sea")
    assert verdict.level == "distress"
    assert verdict.signals == ("test/wish", "weighed/unlikely")


def test_a_crisis_is_doubted_only_where_much_speaks_against_it() -> None:
    hear = screen(family("vanish"), weights=WEIGHTS)
    assert hear("vanish to a picnic by the sea").level == "crisis"
    assert not hear("vanish to a summit by the sea").alarms


def test_a_message_shorter_than_the_weights_know_is_never_doubted() -> None:
    hear = screen(family("vanish", level="concern"), weights=WEIGHTS)
    assert hear("vanish to a summit by sea").level == "concern"


def test_a_short_message_must_weigh_more_by_the_word_it_lacks() -> None:
    hear = screen(family("vanish"), weights=WEIGHTS)
    assert hear("it is so grey outside").level == "concern"
    louder = screen(family("vanish"), weights=WEIGHTS.replace("@alone\t2.0", "@alone\t4.0"))
    assert louder("it is so grey outside").level == "none"
    assert louder("it is so grey outside my old house").level == "concern"


def test_what_is_weighed_in_a_less_likely_language_must_be_louder() -> None:
    """Most words of another language are news to the weights, and so is the language itself."""
    weights = WEIGHTS.replace("@alone\t2.0", "@alone\t3.0")
    near = Wordings("en", common=COMMON, families=(family("vanish"),), weights=weights)
    far = Wordings("es", common=frozenset({"casa", "la", "de", "mi"}))
    known = {"en": near, "es": far}
    hear = Screen({name: one.common for name, one in known.items()}, known.__getitem__)
    assert hear("grey outside my hut so far away").language == "en"
    assert hear("grey outside my hut so de la casa").level == "none"
    long = hear("grey outside my hut so so far away de la de mi casa")
    assert (long.level, long.language) == ("concern", "es")


@pytest.mark.parametrize("text", ["vanish to a picnic by the sea", "vanish to a summit by the sea"])
def test_an_emergency_and_what_is_firm_are_never_doubted(text: str) -> None:
    emergency = screen(family("vanish", level="emergency"), weights=WEIGHTS)
    assert emergency(text).level == "emergency"
    firm = screen(family("vanish", level="concern", firm=True), weights=WEIGHTS)
    assert firm(text).level == "concern"
