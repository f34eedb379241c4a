"""What typed answers are taken for, in English and Spanish, and above all what they are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Phrases, Step, StepKind
from bot.core.heard import Misheard, Trouble, hear, normalise
from bot.core.state import Answer
from tests.worlds import content

TODAY = date(2026, 3, 1)
SCALE = Step("mood", "scale")
YEARS = Step("years", "number", lowest=-5, highest=120)
CHECKIN = content().library.flows["checkin"]


def phrases() -> Phrases:
    return content().library.phrases


def heard(step: Step, said: str) -> Answer | Misheard:
    return hear(step, said, phrases(), TODAY)


def unclear(step: Step, said: str) -> Trouble:
    found = heard(step, said)
    assert isinstance(found, Misheard), f"{said!r} was taken for {found!r}"
    return found.why


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("7", 7), (" 7 ", 7), ("7.", 7), ("7!", 7), ("0", 0), ("10", 10), ("07", 7),
        ("7/10", 7), ("7 / 10", 7), ("10/10", 10), ("7 out of 10", 7), ("about a 7", 7),
        ("seven", 7), ("Seven.", 7), ("about a seven", 7), ("I'd say 7", 7), ("i'm at a 4", 4),
        ("maybe 3 today", 3), ("zero", 0), ("it's a ten", 10), ("I think 5", 5), ("just a 2", 2),
        ("probably like a 6", 6), ("so 4", 4), ("number 8", 8), ("ten out of 10", 10),
        ("siete", 7), ("un siete", 7), ("un 7", 7), ("7 de 10", 7), ("7 sobre 10", 7),
        ("como un ocho", 8), ("diría que un 3", 3), ("cero", 0), ("estoy en un 4", 4),
        ("creo que 5", 5), ("le doy un 6", 6), ("hoy un 2", 2), ("más o menos... no, un 5", 5),
        ("dunno. 5", 5), ("bad tbh could murder a pint, 7", 7), ("idk 4", 4), ("rough - 3", 3),
        ("rough day\n2", 2), ("meh, 6.", 6), ("ni idea, un 5", 5), ("ok 6 tbh", 6),
        ("\uff17", 7),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(said: str, number: int | None) -> None:
    found = heard(SCALE, said)
    assert isinstance(found, Misheard) if number is None else found == number


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("I took 10 pills", "unclear"), ("tomé 10 pastillas", "unclear"), ("10 beers", "unclear"),
        ("-3", "unclear"), ("- 3", "unclear"), ("\u22123", "unclear"), ("\u20133", "unclear"),
        ("minus 3", "unclear"), ("menos 3", "unclear"), ("7.5", "unclear"), ("7,5", "unclear"),
        ("7½", "unclear"), ("0.5", "unclear"), ("2 or 3", "unclear"), ("2-3", "unclear"),
        ("2\u20133", "unclear"), ("2/3", "unclear"), ("2 o 3", "unclear"), ("2 3", "unclear"),
        ("11", "out-of-range"), ("100", "out-of-range"), ("70%", "out-of-range"),
        ("999999999", "out-of-range"), ("9999999999", "unclear"), ("9" * 5000, "unclear"),
        ("not 7", "unclear"), ("more than 5", "unclear"), ("less than 2", "unclear"),
        ("7 years clean", "unclear"), ("i used 3 times", "unclear"), ("7 am", "unclear"),
        ("", "unclear"), ("...", "unclear"), ("🙂", "unclear"), ("so so", "unclear"),
        ("\u0667", "unclear"), ("vii", "unclear"), ("low", "unclear"), ("yes", "unclear"),
        ("3 days ago", "unclear"),
        ("took 3, 10 pills", "unclear"), ("took 3, 10", "unclear"), ("bad, -3", "unclear"),
        ("two or so, 5", "unclear"), ("bad, 7 pills", "unclear"),
        ("call 911", "unclear"), ("eleven", "unclear"),
    ],
)  # fmt: skip
def test_what_is_not_a_number_on_the_scale(said: str, why: Trouble) -> None:
    assert unclear(SCALE, said) == why


def test_a_number_has_the_bounds_of_its_step() -> None:
    assert heard(YEARS, "35") == 35
    assert unclear(YEARS, "121") == "out-of-range"
    assert heard(Step("n", "scale", lowest=1, highest=5), "3/5") == 3
    assert unclear(Step("n", "scale", lowest=1, highest=5), "3/10") == "unclear"
    assert unclear(Step("n", "scale", lowest=1, highest=5), "0") == "out-of-range"


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("Didn't use", "no"), ("didn’t use", "no"), ("DIDNT USE", "no"), ("no", "no"),
        ("i didn't use.", "no"), ("haven't used", "no"), ("Used", "used"), ("yes", "used"),
        ("i slipped", "used"), ("rather not say", "unsaid"), ("I'd rather not say", "unsaid"),
        ("pass", "unsaid"), ("No he consumido", "no"), ("no bebi", "no"), ("Sí", "used"),
        ("recaí", "used"), ("prefiero no decirlo", "unsaid"),
    ],
)  # fmt: skip
def test_a_choice_by_its_words_in_every_language(said: str, option: str) -> None:
    used = CHECKIN.step("used")
    assert used is not None
    assert heard(used, said) == option


def step_of(flow: str, name: str) -> Step:
    found = content().library.flows[flow].step(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("flow", "name", "said", "option"),
    [
        ("welcome", "age", "im 34", "adult"), ("welcome", "age", "34", "adult"),
        ("welcome", "age", "yes, 34 yrs old", "adult"), ("welcome", "age", "I'm 17", "minor"),
        ("welcome", "age", "tengo 41 años", "adult"), ("welcome", "age", "12", "minor"),
        ("welcome", "path", "stop drinking tbh", "stop"),
        ("welcome", "path", "not drinkin, 11 days", "stop"),
        ("welcome", "path", "i cant stop drinking", "stop"),
        ("welcome", "path", "i want to drink less", "less"),
        ("welcome", "path", "its about my son", "someone"),
        ("welcome", "path", "feeling really sad", "mood"),
        ("welcome", "path", "quiero dejar de tomar", "stop"),
        ("welcome", "path", "bajarle al trago", "less"),
        ("welcome", "path", "ando bien triste", None),
        ("welcome", "path", "ando muy triste", "mood"),
        ("welcome", "path", "dont want to stop drinking", None),
        ("welcome", "path", "stop drinking or drink less", None),
        ("welcome", "age", "not over 18", None), ("welcome", "age", "34 days sober", None),
        ("welcome", "age", "no soy mayor de edad", None), ("welcome", "age", "almost 18", None),
        ("checkin", "used", "no didnt drink", "no"), ("checkin", "used", "nah not a drop", "no"),
        ("checkin", "used", "i havent had a drink today", "no"),
        ("checkin", "used", "yeah had a few", "used"), ("checkin", "used", "had one", "used"),
        ("checkin", "used", "got drunk with the lads", "used"),
        ("checkin", "used", "no, no he tomado nada", "no"),
        ("checkin", "used", "la verdad me tomé unas chelas", "used"),
        ("checkin", "used", "ni una gota wey", "no"),
        ("checkin", "used", "nearly had a drink", None), ("checkin", "used", "casi tomé", None),
        ("checkin", "used", "dreamt i got drunk", None),
        ("checkin", "used", "my wife got drunk", None),
        ("checkin", "used", "i used to drink", None),
        ("checkin", "used", "i didnt have a good day", None),
        ("checkin", "used", "i did well", None), ("checkin", "used", "no i used", None),
        ("checkin", "used", "had one good hour", None), ("checkin", "used", "i want a few", None),
        ("checkin", "used", "11 days since i got drunk", None),
        ("checkin", "used", "what if i had a drink?", None),
        ("checkin", "used", "i drank loads of water", None),
        ("checkin", "used", "tomé mi pastilla", None), ("checkin", "used", "no sé si bebí", None),
        ("checkin", "drinking", "i did nothing", None),
        ("lapse", "safe", "im not okay", "unwell"), ("lapse", "safe", "dont think im okay", None),
    ],
)  # fmt: skip
def test_a_choice_as_it_is_typed_and_never_one_too_many(
    flow: str, name: str, said: str, option: str | None
) -> None:
    found = heard(step_of(flow, name), said)
    assert found == (Misheard("unclear") if option is None else option)


CHOICES = [s for flow in content().library.flows.values() for s in flow.steps if s.kind == "choice"]


def test_what_is_written_for_an_option_means_that_option() -> None:
    for step in CHOICES:
        assert {said: heard(step, said) for said in step.heard} == step.heard


@given(st.sampled_from(CHOICES), st.data())
def test_two_options_in_one_breath_are_none(step: Step, data: st.DataObject) -> None:
    one, other = data.draw(st.tuples(*[st.sampled_from(sorted(step.heard))] * 2))
    joint = data.draw(st.sampled_from([" ", ", ", " and ", " tbh "]))
    found = heard(step, one + joint + other)
    if step.heard[one] != step.heard[other] and normalise(one + joint + other) not in step.heard:
        assert found not in (step.heard[one], step.heard[other]) or _one_holds(step, one, other)


def _one_holds(step: Step, one: str, other: str) -> bool:
    """Tell whether the two run together into longer phrases, as "no" and "drink" do."""
    words = f"{one} {other}".split()
    return any(
        " ".join(words[a:b]) in step.heard and a < len(one.split()) < b
        for a in range(len(words))
        for b in range(a + 1, len(words) + 1)
    )


ANSWERED = frozenset({"lo hice", "no lo hice", "si lo hice"})
"""Plain answers to "did it happen?", though out of the blue they may mean something else."""


def test_no_phrase_of_an_option_is_a_cry_for_help() -> None:
    library = content().library
    every = {said for step in CHOICES for said in step.heard} - ANSWERED
    verdicts = {said: library.screen(said, lang) for said in every for lang in library.languages}
    alarming = {said for said, one in verdicts.items() if one.alarms}
    assert {said for said in alarming if verdicts[said].language in library.languages} == set()


@pytest.mark.parametrize("said", ["didn't use no wait used", "u", "did he", "2", "", "usedd"])
def test_a_choice_is_never_guessed(said: str) -> None:
    used = CHECKIN.step("used")
    assert used is not None
    assert unclear(used, said) == "unclear"


KEEP = content().library.flows["welcome"].step("keep")


@pytest.mark.parametrize(
    ("said", "picked"),
    [
        ("my check-ins", ("checkins",)), ("check-ins and my own words", ("checkins", "words")),
        ("my words, my check-ins", ("checkins", "words")),
        ("WORDS AND CHECKINS", ("checkins", "words")),
        ("mis registros y mis palabras", ("checkins", "words")), ("palabras", ("words",)),
        ("checkins, checkins", ("checkins",)), ("words + check-ins", ("checkins", "words")),
    ],
)  # fmt: skip
def test_several_at_once(said: str, picked: tuple[str, ...]) -> None:
    assert KEEP is not None
    assert heard(KEEP, said) == picked


@pytest.mark.parametrize("said", ["", "both of them", "words and stories", "not my words", ","])
def test_several_are_never_guessed(said: str) -> None:
    assert KEEP is not None
    assert unclear(KEEP, said) == "unclear"


@pytest.mark.parametrize("kind", ["yes-no", "confirm"])
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", True), ("Yes.", True), ("Sí", True), ("si", True),
        ("sí, hazlo", True), ("no", False), ("No thanks", False), ("nope", False),
        ("no, déjalo así", False), ("mejor no", False),
    ],
)  # fmt: skip
def test_yes_and_no(kind: StepKind, said: str, answer: bool) -> None:
    assert heard(Step("sure", kind), said) is answer


@pytest.mark.parametrize("said", ["ok", "sure", "done", "go on", "vale", "listo", "yes please"])
def test_a_soft_yes_agrees_but_confirms_nothing(said: str) -> None:
    assert heard(Step("sure", "yes-no"), said) is True
    assert heard(Step("sure", "confirm"), said) == Misheard("unclear")


@pytest.mark.parametrize("kind", ["yes-no", "confirm"])
@pytest.mark.parametrize(
    "said", ["maybe", "yes and no", "not sure", "why", "yesterday", "no idea yes", "", "1", "noon"]
)
def test_neither_yes_nor_no(kind: StepKind, said: str) -> None:
    assert unclear(Step("sure", kind), said) == "unclear"


def test_words_are_taken_as_they_are_within_their_length() -> None:
    note = Step("note", "text", longest=10)
    assert heard(note, "  a *b* {c} ") == "a *b* {c}"
    assert heard(note, "x" * 10) == "x" * 10
    assert unclear(note, "x" * 11) == "too-long"
    assert unclear(note, " \n ") == "empty"


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("20:30", "20:30"), ("8", "08:00"), ("8pm", "20:00"), ("8 PM", "20:00"),
        ("8:15 am", "08:15"),
        ("12am", "00:00"), ("12pm", "12:00"), ("20h", "20:00"), ("20h30", "20:30"),
        ("7.15", "07:15"),
        ("8:30 p.m.", "20:30"), ("8:30 p. m.", "20:30"), ("0:05", "00:05"), (" 23:59 ", "23:59"),
    ],
)  # fmt: skip
def test_times(said: str, time: str) -> None:
    assert heard(Step("at", "time"), said) == time


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("24:00", "out-of-range"), ("25", "out-of-range"), ("13pm", "out-of-range"),
        ("0am", "out-of-range"), ("20:60", "unclear"), ("8:5", "unclear"), ("noon", "unclear"),
        ("8 or 9", "unclear"), ("-8", "unclear"), ("", "unclear"), ("eight", "unclear"),
        ("2030", "unclear"),
    ],
)  # fmt: skip
def test_no_times(said: str, why: Trouble) -> None:
    assert unclear(Step("at", "time"), said) == why


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-03-01"), ("Yesterday", "2026-02-28"), ("hoy", "2026-03-01"),
        ("ayer", "2026-02-28"), ("anoche", "2026-02-28"), ("2026-02-03", "2026-02-03"),
        ("2026/2/3", "2026-02-03"), ("3 February", "2026-02-03"), ("february 3", "2026-02-03"),
        ("3 de febrero", "2026-02-03"), ("3 de febrero de 2025", "2025-02-03"),
        ("February 3, 2025", "2025-02-03"), ("29 february 2024", "2024-02-29"),
    ],
)  # fmt: skip
def test_days(said: str, day: str) -> None:
    assert heard(Step("on", "date"), said) == day


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("29 february", "out-of-range"), ("32 march", "out-of-range"),
        ("2026-13-01", "out-of-range"),
        ("3/2", "unclear"), ("3/2/2026", "unclear"), ("march", "unclear"), ("tuesday", "unclear"),
        ("3 smarch", "unclear"), ("", "unclear"), ("1 march 99999999999999999999", "unclear"),
        ("1 march " + "9" * 5000, "unclear"), ("0 march", "out-of-range"),
        ("march may 3", "unclear"),
    ],
)  # fmt: skip
def test_no_days(said: str, why: Trouble) -> None:
    assert unclear(Step("on", "date"), said) == why


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("  Don't   STOP! ", "dont stop"), ("don’t", "dont"), ("¿Qué?", "que"), ("ATRÁS", "atras"),
        ("check-in", "check in"), ("ñandú", "nandu"), ("Straße", "strasse"), ("🙂", ""), ("", ""),
    ],
)  # fmt: skip
def test_phrases_are_compared_without_case_accents_and_marks(said: str, phrase: str) -> None:
    assert normalise(said) == phrase


@given(st.text())
def test_normalising_twice_changes_nothing_more(said: str) -> None:
    assert normalise(normalise(said)) == normalise(said)


STEPS = [
    SCALE, YEARS, Step("note", "text", longest=20), Step("sure", "confirm"), Step("ok", "yes-no"),
    Step("at", "time"), Step("on", "date"), *CHECKIN.steps,
    *(s for flow in content().library.flows.values() for s in flow.steps),
]  # fmt: skip


@given(
    st.sampled_from(STEPS),
    st.one_of(
        st.text(),
        st.text("0123456789 .,:/-+amp"),
        st.lists(st.sampled_from(["7", "march", "2026", "de", "yes", "10", "am", "\u0661"])).map(
            " ".join
        ),
    ),
)
def test_nothing_said_raises_and_what_is_taken_is_in_bounds(step: Step, said: str) -> None:
    found = heard(step, said)
    if isinstance(found, Misheard):
        return
    match step.kind:
        case "scale" | "number":
            assert isinstance(found, int)
            assert step.lowest <= found <= step.highest
        case "choice":
            assert found in step.options
        case "multi":
            assert isinstance(found, tuple)
            assert set(found) <= set(step.options)
        case "text":
            assert isinstance(found, str)
            assert 0 < len(found) <= step.longest
        case "yes-no" | "confirm":
            assert isinstance(found, bool)
        case "time":
            assert isinstance(found, str)
            assert len(found) == 5
        case "date":
            assert isinstance(found, str)
            assert date.fromisoformat(found)


def test_out_of_means_out_of_the_highest_number_of_this_very_scale() -> None:
    for _ in range(2):
        assert heard(Step("mood", "scale", highest=5), "3/5") == 3
        assert unclear(SCALE, "3/5") == "unclear"
        assert heard(SCALE, "3/10") == 3


@given(st.text(st.characters(codec="ascii")))
def test_plain_typing_is_normalised_as_any_other(said: str) -> None:
    assert normalise(f"{said} \u00e9") == f"{normalise(said)} e".strip()
