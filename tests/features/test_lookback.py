"""Looking back over many days: what a talk of a few lines cannot show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.effects import Attach, Edit, Message, Record, Say, Turn
from bot.core.events import Place
from bot.core.state import Answer, Session, Track, Wishes
from bot.core.text import plain
from bot.runtime.observer import Unobserved
from bot.runtime.rendering import attached
from tests.worlds import Person, content, messages

NOW = datetime(2026, 3, 31, 18, tzinfo=UTC)
MEMBER = Session(7, "en", welcomed=True, age="adult", path="stop", keep_checkins=True)


def person(session: Session = MEMBER, *, days: int = 100, place: Place | None = None) -> Person:
    """Return someone with a check-in on each of the last `days` days: weekends are the better."""
    one = Person(session, content().library, afterwards=session, now=NOW)
    one.place = place or Place()
    for number in range(days):
        day = (NOW - timedelta(days=number)).date()
        mood = 8 if day.weekday() >= 5 else 5
        used = "used" if number == 20 else "no"
        body: dict[str, Answer] = {
            "day": day.isoformat(),
            "mood": mood,
            "craving": number % 9,
            "used": used,
        }
        one.memory.add(Record(number + 1, "checkin", body), NOW - timedelta(days=number))
    return one


def shown(one: Person, turn: Turn) -> str:
    ((message, _, _),) = messages(turn.effects)
    return words(message, one.session.lang)


def words(message: Message, lang: str) -> str:
    body, _ = content().lexicon.message(message, lang)
    return plain(body)


def labels(turn: Turn) -> list[str]:
    return [choice.token for message, _, _ in messages(turn.effects) for choice in message.choices]


def test_a_month_in_words() -> None:
    one = person()
    turn = one.give("back")
    assert shown(one, turn).splitlines() == [
        "The last 30 days. Mood first, the pull in brackets, both from 0 to 10.",
        "2 March: Mon 5 (2), Tue 5 (1), Wed 5 (0), Thu 5 (8), Fri 5 (7), Sat 8 (6), Sun 8 (5)",
        "9 March: Mon 5 (4), Tue 5 (3), Wed 5 (2), Thu 5 (1), Fri 5 (0), Sat 8 (8), Sun 8 (7)",
        "16 March: Mon 5 (6), Tue 5 (5), Wed 5 (4), Thu 5 (3), Fri 5 (2), Sat 8 (1), Sun 8 (0)",
        "23 March: Mon 5 (8), Tue 5 (7), Wed 5 (6), Thu 5 (5), Fri 5 (4), Sat 8 (3), Sun 8 (2)",
        "30 March: Mon 5 (1), Tue 5 (0)",
        "",
        "Better days went with the weekend: mood was about 3 points higher. "
        "The two went together; that doesn't tell us why.",
        "",
        "There were 15 days with a pull of 4 or more. You got through all of them without using.",
        "",
        "You told me about 30 days. On 29 of them, you were on your path.",
    ]
    assert labels(turn) == ["go.back-7", "go.back-90", "go.back-pic-30", "go.progress"]


def test_a_night_is_told_of_as_it_was_asked_about() -> None:
    """The extra page asks how well someone slept, from 0 to 10, not for how many hours."""
    for lang, said, hours in (
        ("en", "you slept well, 7 or more of 10", "hour"),
        ("es", "buen dormir, 7 o más de 10", "hora"),
    ):
        one = person(replace(MEMBER, lang=lang), days=0)
        for number in range(20):
            day, well = NOW - timedelta(days=number), number % 2
            about: dict[str, Answer] = {"day": day.date().isoformat()}
            one.memory.add(Record(2 * number + 1, "checkin", {**about, "mood": 5 + 3 * well}), day)
            one.memory.add(Record(2 * number + 2, "more", {**about, "slept": 6 + well}), day)
        told = shown(one, one.give("back"))
        assert said in told
        assert hours not in told


def test_another_span_takes_the_place_of_the_message_where_it_can() -> None:
    one = person()
    one.give("back")
    (effect,) = one.press("go.back-7").effects
    assert isinstance(effect, Edit)
    assert effect.key == "lookback"
    one.place = Place(edits=False)
    (effect,) = one.press("go.back-90").effects
    assert isinstance(effect, Say)
    weekly = "Week by week, on average, from 1 January on: 7 (7), 6 (4), "
    assert weekly in words(effect.message, "en")


def test_a_span_with_nothing_in_it_is_the_message_that_another_changes() -> None:
    one = person(days=100)
    one.now = NOW + timedelta(days=25)
    (effect,) = one.give("back").effects
    assert isinstance(effect, Say)
    assert effect.key == "lookback"
    assert words(effect.message, "en").startswith("There's nothing in these 7 days")
    for span, said in ((30, "The last 30 days."), (7, "There's nothing in these 7 days")):
        (effect,) = one.press(f"go.back-{span}").effects
        assert isinstance(effect, Edit)
        assert effect.key == "lookback"
        assert words(effect.message, "en").startswith(said)


def test_a_picture_comes_with_its_facts_and_under_a_name_that_tells_nothing() -> None:
    one = person(days=12)
    turn = one.give("back-pic-30")
    (effect,) = turn.effects
    assert isinstance(effect, Attach)
    (said, _, _) = messages(one.give("back-30").effects)[0]
    assert effect.message.body == said.body, "the picture and its words state the same"
    file = effect.file
    assert (file.kind, file.name) == ("picture", "30-days.png")
    assert file.chart is not None
    drawn = attached(content().lexicon, file, "en", Unobserved()).chart
    assert drawn is not None
    assert (drawn.title, drawn.first, drawn.last) == ("30 days", "2026-03-02", "2026-03-31")
    moods, pulls = drawn.series
    assert moods.values[:18] == (None,) * 18
    assert (moods.values[-1], pulls.values[-3:]) == (5, (2, 1, 0))


def test_where_no_file_can_be_handed_over_the_words_stand_alone() -> None:
    one = person(place=Place(files=False))
    (effect,) = one.give("back-pic-7").effects
    assert isinstance(effect, Say)
    assert words(effect.message, "en").startswith("I can't show a picture here.")
    assert "30 March: Mon 5 (1), Tue 5 (0)" in words(effect.message, "en")


def test_discreet_wording_names_nothing() -> None:
    one = person(
        replace(MEMBER, wishes=Wishes(discreet=True), tracks=(Track("smoking", "2026-01-01"),))
    )
    said = shown(one, one.give("back")).lower()
    assert "the first number was about 3 points higher" in said
    assert "a second number of 4 or more. you kept to your path through all of them" in said
    for telling in ("mood", "pull", "smok", "using", "use"):
        assert telling not in said
    (effect,) = one.give("back-pic-30").effects
    assert isinstance(effect, Attach)
    chart = attached(content().lexicon, effect.file, "en", Unobserved()).chart
    assert chart is not None
    assert [chart.title, *(one.label for one in chart.series)] == ["30 days", "First", "Second"]


def test_nothing_of_before_a_fresh_page_is_seen() -> None:
    session = replace(
        MEMBER, tracks=(Track("used", "2026-01-01"),), wishes=Wishes(fresh="2026-03-30")
    )
    one = person(session)
    for turn in (one.give("back"), one.give("back-30"), one.give("back-pic-90")):
        said = shown(one, turn)
        assert "30 March" in said
        assert "23 March" not in said
        assert "8 (" not in said
    said = shown(one, one.give("progress"))
    assert "2 days on your path since 30 March" in said
    assert "89" not in said


def test_what_was_kept_before_can_still_be_seen_once_nothing_new_is_kept() -> None:
    one = person(replace(MEMBER, keep_checkins=False))
    turn = one.give("back")
    assert "Right now I keep no new check-ins" in shown(one, turn)
    assert "go.progress" not in labels(turn)


def test_in_discreet_wording_the_paths_wear_letters() -> None:
    tracks = (Track("drinking", "2026-03-01"), Track("smoking", "2026-03-01", earned=365))
    one = person(replace(MEMBER, wishes=Wishes(discreet=True), tracks=tracks))
    said = shown(one, one.give("progress"))
    assert "Path A" in said
    assert "Path B" in said
    assert "mok" not in said
    assert "What you built stays: all 30 days, and the milestone of one year." in said
    one.give("checkin")
    for choice in ("5", "5", "5"):
        one.tap(choice)
    assert shown(one, one.tap("no")) == "And path A, since yesterday?"


def test_each_path_is_told_of_by_name_and_the_main_one_first() -> None:
    main, smoking = Track("used", "2026-01-01"), Track("smoking", "2026-01-01")
    told = [
        "Main path: You told me about 4 days. On 1 of them, you were on your path.",
        "Smoking: On all 4 days you told me about, you were on your path.",
    ]
    for tracks, lines in (((smoking, main), told), ((smoking,), told[1:])):
        one = person(replace(MEMBER, tracks=tracks), days=0)
        for number in range(4):
            day, used = NOW - timedelta(days=number), "used" if number else "no"
            body: dict[str, Answer] = {"day": day.date().isoformat(), "mood": 5}
            body |= {"used": used, "smoking": "no"}
            one.memory.add(Record(number + 1, "checkin", body), day)
        said = shown(one, one.give("back")).split("\n\n")
        assert [line for line in said if "on your path" in line] == lines


def test_no_fresh_page_or_pause_lets_a_lapse_be_cheered_over() -> None:
    """With a lapse yesterday, a day since then is not called a milestone."""
    track = Track("used", "2026-01-01", pauses=("2026-03-11/2026-03-11",))
    one = person(replace(MEMBER, tracks=(track,), wishes=Wishes(fresh="2026-03-11")))
    for when, cheered in ((13, False), (14, False), (15, True)):
        one.now = datetime(2026, 3, when, 18, tzinfo=UTC)
        assert ("You've reached" in shown(one, one.give("progress"))) is cheered
