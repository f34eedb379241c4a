"""What is kept is what is handed over: every field, every kind, and nothing of a platform's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.effects import Attach, Fact, File, Loaded, Reminder
from bot.core.events import Commanded, Place
from bot.core.flow import open_question
from bot.core.state import (
    Answer,
    Care,
    Coping,
    FlowState,
    Latest,
    OwnQuestion,
    Session,
    Track,
    Wishes,
)
from bot.core.text import plain, text
from bot.features import FEATURES
from bot.features.export import FORMAT, LEFT_OUT, VERSION, written
from bot.features.reading import lines
from bot.features.scene import Scene
from bot.library.lint import known_commands
from bot.runtime.observer import Unobserved
from bot.runtime.rendering import attached
from tests.conversation.laws import apt
from tests.core.test_state import SESSION
from tests.worlds import Person, content, keys

AT = datetime(2026, 3, 1, 18, tzinfo=UTC)
FULL = replace(
    SESSION,
    wishes=Wishes(
        "Ana",
        True,
        12,
        True,
        True,
        (OwnQuestion("Walked?", "yes-no"),),
        "2026-03-08",
        "2026-02-10",
        ("cold",),
        ("surf",),
        ("walk",),
    ),
    tracks=(
        Track(
            "used",
            "2026-01-01",
            2,
            ("2026-02-01/",),
            ("2024-01-01/",),
            30,
            "2026-02-20",
        ),
    ),
    care=Care("breathe", "distress", AT, True),
    latest=Latest(("welcome-back",), "a long day", "2026-03-01", 1234),
)
KINDS = sorted({keeps.kind for one in FEATURES for keeps in one.keeps})


def scene(session: Session, loaded: Loaded) -> Scene:
    return Scene(session, Commanded("1", AT, bytes(16), "mydata"), content().library, loaded)


def exported(session: Session, *facts: Fact, promises: tuple[Reminder, ...] = ()) -> Any:
    return json.loads(written(scene(session, Loaded(facts, reminders=promises))))


def values(one: Any) -> Iterator[Any]:
    """Yield every value in something parsed from JSON."""
    if isinstance(one, dict):
        for key, inner in one.items():
            yield key
            yield from values(inner)
    elif isinstance(one, list):
        for inner in one:
            yield from values(inner)
    else:
        yield one


def held_against(value: Any, told: Any) -> None:
    """Hold what was told of a dataclass to every field of it."""
    if is_dataclass(value) and not isinstance(value, type):
        left = LEFT_OUT.get(type(value), {})
        assert set(told) | set(left) == {one.name for one in fields(value)}
        assert not set(told) & set(left)
        for name in told:
            held_against(getattr(value, name), told[name])
    elif isinstance(value, tuple):
        assert len(told) == len(value)
        for ours, theirs in zip(value, told, strict=True):
            held_against(ours, theirs)
    elif isinstance(value, datetime):
        assert datetime.fromisoformat(told) == value
    else:
        assert told == value


def test_every_field_of_a_session_is_in_the_file_or_left_out_for_a_reason() -> None:
    parts = (FULL.flows[0], FULL.care, FULL.wishes, FULL.tracks[0], FULL.latest, FULL.coping)
    assert {type(one) for one in parts} == {FlowState, Care, Wishes, Track, Latest, Coping}
    held_against(FULL, exported(FULL)["session"])
    for kind, left in LEFT_OUT.items():
        assert set(left) <= {one.name for one in fields(kind)}
        assert all(reason.strip() for reason in left.values())


def test_the_page_tells_of_every_part_of_a_session_that_is_not_bare_settings() -> None:
    person = Person(replace(FULL, flows=()), content().library, afterwards=FULL)
    said = keys(person.give("mydata"))
    parts = ("care", "tracks", "coping", "practised", "exercises", "settings")
    assert set(said) >= {f"mydata-{one}" for one in parts}


def test_every_kind_is_in_the_file_with_what_it_is_for_and_read_in_both_languages() -> None:
    found = [Fact(n, kind, {"day": "2026-03-01"}, AT, 0) for n, kind in enumerate(KINDS, 1)]
    found = [replace(one, body={**one.body, "level": "crisis", "extra": 7}) for one in found]
    told = exported(FULL, *found)
    assert sorted(one["kind"] for one in told["facts"]) == KINDS
    assert sorted(told["kinds"]) == KINDS
    assert all(set(one) == {"what", "why", "until"} for one in told["kinds"].values())
    for language in content().library.languages:
        text = read(scene(replace(FULL, lang=language), Loaded(tuple(found))))
        assert text.count("2026") >= len(KINDS)


def test_every_wish_and_all_of_a_path_makes_a_difference_in_the_file_to_read() -> None:
    member = replace(FULL, flows=(), wishes=replace(FULL.wishes, discreet=False))
    told = read(scene(member, Loaded()))
    other = Wishes("Ben", True, 3, False, False, (), "", "", (), (), ())
    path = Track("smoking", "2026-01-02", 0, (), (), 0)
    for name in Wishes.__dataclass_fields__:
        wishes = replace(member.wishes, **{name: getattr(other, name)})
        assert read(scene(replace(member, wishes=wishes), Loaded())) != told, name
    for name in Track.__dataclass_fields__:
        track = replace(member.tracks[0], **{name: getattr(path, name)})
        assert read(scene(replace(member, tracks=(track,)), Loaded())) != told, name
    practised = Coping(practised="2026-03-02")
    later, last = AT + timedelta(days=1), AT + timedelta(days=2)
    hard = Coping(
        "anger", 9, later, ("wait",), "walk", "2026-03-02", ("leave",), "cool", last, "sigh", last
    )
    for name in Coping.__dataclass_fields__:
        coping = replace(member.coping, **{name: getattr(hard, name)})
        assert read(scene(replace(member, coping=coping), Loaded())) != told, name
    assert read(scene(replace(member, coping=practised), Loaded())) != told
    assert read(scene(replace(member, age="minor"), Loaded())) != told


def test_a_run_of_an_exercise_is_read_back_with_all_that_is_kept_of_it() -> None:
    body: dict[str, Answer]
    body = {"day": "2026-03-01", "skill": "surf", "state": "craving", "practice": False}
    body |= {"before": 8, "guide": "enough", "after": 6}
    told = read(scene(FULL, Loaded((Fact(1, "skill", body, AT),))))
    others: dict[str, Answer]
    others = {"skill": "walk", "state": "anger", "practice": True, "before": 7, "guide": "done"}
    for name, value in {**others, "after": 5, "partial": True}.items():
        fact = Fact(1, "skill", {**body, name: value}, AT)
        assert read(scene(FULL, Loaded((fact,)))) != told, name


@pytest.mark.parametrize("lang", content().library.languages)
def test_what_is_answered_is_read_back_whichever_form_it_was_in(lang: str) -> None:
    asks = (
        OwnQuestion("Calm?", "scale"),
        OwnQuestion("Went out?", "yes-no"),
        OwnQuestion("Pages?", "number"),
    )
    member = replace(
        FULL, lang=lang, flows=(), keep_checkins=True, keep_words=True, age="adult",
        wishes=Wishes(questions=asks),
    )  # fmt: skip
    flows = [one for one in content().library.flows.values() if one.records and one.command]
    for flow in flows:
        person = Person(member, content().library, afterwards=member)
        person.give(flow.command)
        texts = []
        while question := open_question(person.session, content().library):
            typed, tapped = apt(question)
            texts.append(read(scene(person.session, Loaded(tuple(person.memory.standing())))))
            person.tap(tapped) if tapped else person.say(typed)
        facts = tuple(person.memory.standing())
        assert flow.records in {one.kind for one in facts}
        texts.append(read(scene(person.session, Loaded(facts))))
        sorry = content().lexicon.render(text("answer-broken"), lang)
        assert all(plain(sorry) not in one for one in texts), flow.id
        if flow.id == "more":
            assert all(f"{one.words}: " in texts[-1] for one in asks)
            assert "own1" not in texts[-1]


def read(one: Scene) -> str:
    file = File("text", "x", lines=tuple(lines(one)))
    return attached(content().lexicon, file, one.session.lang, Unobserved()).content


answers = st.one_of(
    st.none(), st.booleans(), st.integers(-(1 << 62), 1 << 62), st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
)  # fmt: skip
facts_kept = st.lists(
    st.builds(
        Fact,
        st.integers(1, (1 << 62) - 1),
        st.sampled_from([*KINDS, "gratitude"]),
        st.dictionaries(st.text(max_size=8), answers, max_size=4).map(
            lambda body: {**body, "day": "2026-03-01", "level": "crisis"}
        ),
        st.integers(0, 10**9).map(lambda s: AT - timedelta(seconds=s)),
        st.integers(0, 9),
    ),
    max_size=6,
    unique_by=lambda fact: fact.id,
)


@settings(deadline=None)
@given(facts_kept)
def test_the_file_for_programs_holds_every_fact_as_it_is_kept(kept: list[Fact]) -> None:
    told = exported(FULL, *kept, promises=(Reminder(5, "crisis-note", AT),))
    assert (told["format"], told["version"]) == (FORMAT, VERSION)
    assert told["promises"] == [{"kind": "crisis-note", "due": AT.isoformat()}]
    back = [
        Fact(
            int(one["id"]),
            one["kind"],
            {k: tuple(v) if isinstance(v, list) else v for k, v in one["body"].items()},
            datetime.fromisoformat(one["time"]),
            int(one["replaces"] or 0),
        )
        for one in told["facts"]
    ]
    assert sorted(back, key=lambda fact: fact.id) == sorted(kept, key=lambda fact: fact.id)
    assert [one["day"] for one in told["facts"]] == [fact.body["day"] for fact in back]


@settings(deadline=None)
@given(facts_kept)
def test_the_file_to_read_can_be_written_of_anything(kept: list[Fact]) -> None:
    kept = [replace(one, body={**one.body, "day": "2026-03-01", "level": "crisis"}) for one in kept]
    text = read(scene(FULL, Loaded(tuple(kept))))
    assert text.count("\n· · ·\n") == len(kept) + 1
    assert "can't show you my answer" not in text


def test_the_file_holds_no_number_of_ours_and_no_button() -> None:
    session = replace(FULL, person=4611686018427387903)
    told = [str(one) for one in values(exported(session))]
    assert "4611686018427387903" not in told
    assert not {session.flows[0].run, session.flows[0].nonce} & set(told)


def test_whatever_is_somebodys_own_is_said_in_private_alone() -> None:
    member = replace(FULL, flows=(), wishes=replace(FULL.wishes, discreet=False))
    person = Person(member, content().library, afterwards=member)
    person.give("checkin")
    nonce, flows = person.open.nonce, person.session.flows
    person.place = Place(kind="room")
    own = "lookback progress paths questions more change noticed checkin yesterday note notes why"
    for command in (*own.split(), "resume", "forget", "join"):
        assert keys(person.give(command)) == ["only-in-private"], command
    assert keys(person.press(f"{nonce}.7")) == ["only-in-private"]
    for command in ("start", "menu", "help", "privacy"):
        assert not {"welcome-back-name", "only-in-private"} & set(keys(person.give(command)))
    assert person.session.flows == flows
    assert person.session.wishes.nickname == "Ana"


def test_files_only_where_a_place_takes_them_and_never_in_a_room() -> None:
    person = Person(replace(FULL, flows=()), content().library, afterwards=FULL)
    turn = person.give("mydata-files")
    handed = [one.file for one in turn.effects if isinstance(one, Attach)]
    assert [file.name for file in handed] == ["copy-2026-03-01.txt", "copy-2026-03-01.json"]
    person.place = Place(files=False)
    assert keys(person.give("mydata-files")) == ["mydata-no-files"]
    person.place = Place(kind="room")
    for command in ("mydata", "mydata-files", "settings", "kept", "nickname", "zone"):
        assert command in known_commands(content().library)
        assert keys(person.give(command)) == ["only-in-private"]
    for token in ("go.set-main", "go.set-kept", "go.drop-words", "go.discreet-off"):
        assert keys(person.press(token)) == ["only-in-private"]
    assert person.session.wishes.discreet
