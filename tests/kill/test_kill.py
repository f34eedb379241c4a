"""Whatever instruction the program is killed at: nothing lost, nothing doubled, nothing wrong.

Each talk is played unharmed, then again and again with a real SIGKILL at a point, restarted, and
gone on with, the platform delivering what was not acknowledged once more. Then everything that is
kept must equal the unharmed run's, and everything that was sent too, in the same order; a message
comes twice exactly where the kill lay between sending it and committing its mark, and nowhere else.
"""

from __future__ import annotations

import inspect
import os
from typing import Any

import pytest

import bot.storage.statements as statements
from adapters.rehearsal.talk import Talk, read_talks
from tests.kill.driver import Driver
from tests.kill.faults import FAULTS
from tests.kill.points import kind
from tests.kill.trials import ROOT, Job, chosen
from tests.test_dialogues import PACED

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill needs POSIX")

OWN = "tests/kill/talks.toml"
ENGINES = ("sqlite", "postgres")
POISON = {
    "sqlite": """
CREATE TRIGGER poison BEFORE INSERT ON records WHEN NEW.kind = 'note'
BEGIN SELECT RAISE(ABORT, 'poison'); END;
""",
    "postgres": """
CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE 'poison' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER poison BEFORE INSERT ON records FOR EACH ROW WHEN (NEW.kind = 'note')
EXECUTE FUNCTION poison();
""",
}
"""Makes the store refuse one kind of record for good, as a fault in our data would."""

KILLS = 1
"""How many kills of a talk `make test` can afford, on one engine of the two, by turns: a point of
another kind for each talk. `make soak` tries every point of every talk on both.
"""

ABOUT_HEARING = ("crisis_levels.toml", "crisis_es.toml")
"""Talks about what is heard in a message; what is kept of it, crisis_talk.toml goes through."""


def talk_of(number: int) -> Talk:
    file, name = TALKS[number]
    source = (ROOT / file).read_text(encoding="utf-8")
    return next(talk for talk in read_talks(source, file) if talk.name == name)


def talks() -> list[tuple[str, str]]:
    """Return file and name of every talk in tests/dialogues, and of our own."""
    files = [*sorted((ROOT / "tests" / "dialogues").glob("*.toml")), ROOT / OWN]
    files = [file for file in files if file.name not in ABOUT_HEARING]
    return [
        (file.relative_to(ROOT).as_posix(), talk.name)
        for file in files
        for talk in read_talks(file.read_text(encoding="utf-8"), file.name)
        if PACED not in talk.needs
    ]


TALKS = talks()
SHORTEST_FIRST = sorted(
    (number for number, (file, _) in enumerate(TALKS) if file == OWN),
    key=lambda number: len(talk_of(number).lines),
)
"""Our own talks: a point that several of them pass is tried where that takes least."""


def job(number: int, engine: str, **changes: Any) -> Job:
    file, talk = TALKS[number]
    spoil = POISON[engine] if talk == "a turn that can never be taken" else ""
    return Job(file, talk, salt=number, spoil=spoil, engine=engine, **changes)


on_each_engine = pytest.mark.parametrize("engine", ENGINES)


@on_each_engine
def test_every_kind_of_statement_is_reached_and_killed(engine: str, driver: Driver) -> None:
    reached: set[str] = set()
    tried: set[str] = set()
    for number in SHORTEST_FIRST:
        report = driver.do(job(number, engine, most=1000, known=tuple(tried)))
        assert report.wrong == []
        assert all(times > 0 for times in report.points.values())
        reached |= report.points.keys()
        tried |= set(report.tried)
    hot = [sql for name, sql in inspect.getmembers(statements) if name.isupper()]
    kinds = {kind(sql) for sql in [*hot, "BEGIN", "COMMIT", "ROLLBACK"]} | {"send", "acknowledge"}
    if engine == "sqlite":
        kinds.add("PRAGMA wal_checkpoint")
    wanted = {f"{when} {one}" for when in ("before", "after") for one in kinds}
    assert wanted - reached == set(), "no talk reaches these"
    assert wanted - tried == set(), "these were reached, but never killed at"


@on_each_engine
@pytest.mark.parametrize(
    "most", [pytest.param(8, id="some"), pytest.param(0, id="all", marks=pytest.mark.soak)]
)
def test_killed_while_the_database_is_made(most: int, engine: str, driver: Driver) -> None:
    report = driver.do(Job(most=most, engine=engine))
    assert {"before CREATE", "after CREATE", "before COMMIT"} <= report.points.keys()
    assert report.tried
    assert report.wrong == []


@on_each_engine
@pytest.mark.parametrize("fault", FAULTS)
def test_harness_catches_planted_faults(fault: str, engine: str, driver: Driver) -> None:
    number = TALKS.index(("tests/dialogues/checkin.toml", "a check-in in four taps"))
    report = driver.do(job(number, engine, fault=fault, most=24))
    assert report.wrong, f"{fault}: not one of {len(report.tried)} kills showed it"
    assert all(one.startswith("point ") for one in report.wrong), "it must show by killing alone"


def some(talks: list[int]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("number", talks, ids=[TALKS[one][1] for one in talks])


@some([number for number, (file, _) in enumerate(TALKS) if file != OWN])
def test_killed_at_some_points_of_every_talk(number: int, driver: Driver) -> None:
    engine = ENGINES[number % len(ENGINES)]
    report = driver.do(job(number, engine, most=KILLS))
    assert report.tried
    assert report.wrong == []


@pytest.mark.soak
@on_each_engine
@some(list(range(len(TALKS))))
def test_killed_at_every_point(number: int, engine: str, driver: Driver) -> None:
    report = driver.do(job(number, engine))
    assert len(report.tried) == sum(report.points.values())
    assert report.wrong == []


def test_shares_reach_every_point_in_the_end() -> None:
    names = ["before a", "after a", "before b", "after b"] * 3
    assert chosen(names, 0, 0) == list(range(1, 13))
    assert all(len(chosen(names, 2, salt)) == 2 for salt in range(6))
    assert {at for salt in range(12) for at in chosen(names, 2, salt)} == set(range(1, 13))
