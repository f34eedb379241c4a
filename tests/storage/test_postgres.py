"""What only a server has: connections that break, settings of others, and messages that tell."""

from __future__ import annotations

import asyncio
import random
import secrets
import traceback
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from bot.core.effects import Need
from bot.storage import postgres as module
from bot.storage.rows import Change, Conflict, Person, StoreDown, StoreRefused
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import PostgresDatabase
from tests.postgres import PostgresServer
from tests.runtime.fakes import NOON
from tests.storage.people import (
    KEYRING,
    counts,
    facts,
    load,
    member,
    message,
    opened,
    record,
    rows,
    settle,
    write,
)

PASSWORD = "Quetzalcoatl-0451"

CUT = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'alongside'"
)

LONG = "popocatepetl" + random.Random(7).randbytes(4000).hex()
"""More than an index of the server holds, however it is compressed."""

SLOW_COMMIT = (
    "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN PERFORM pg_sleep(9); RETURN NULL; END'",
    "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON records DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION wait()",
)


@pytest.fixture
def engine() -> str:
    return "postgres"


def cut(database: PostgresDatabase) -> int:
    """Let the server end every connection of ours; return how many there were."""
    return len(rows(database, CUT))


async def happens(database: PostgresDatabase, what: str) -> None:
    """Wait until the server says `what` of one of our connections."""
    look = f"SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND {what}"
    for _ in range(1000):
        if rows(database, look):
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"never: {what}")


async def setting(store: Store, name: str) -> object:
    ((value,),) = await store._engine.look((f"SHOW {name}", ()))
    return value


# --- settings -------------------------------------------------------------------------------------


async def test_a_transaction_sees_one_moment(store: Store, database: PostgresDatabase) -> None:
    person = await settle(store, "ana", 7, records=(record(1),))
    async with store.unit(NOON) as unit:
        await unit.load([person.account], [])
        assert await setting(store, "transaction_isolation") == "repeatable read"
        rows(database, "DELETE FROM records")
        found = await unit.facts(person, Need(kinds=("checkin",), newest=9, counts=True))
        assert [fact.id for fact in found.facts] == [1]
        assert dict(found.counts) == {"checkin": 1}
    assert await facts(store, person, "checkin") == []


async def test_a_commit_waits_for_the_disk_whatever_the_server_is_told(
    database: PostgresDatabase,
) -> None:
    rows(database, f"ALTER DATABASE {database.name} SET synchronous_commit TO off")
    store = await opened(database)
    try:
        assert await setting(store, "synchronous_commit") == "on"
        cut(database)
        with pytest.raises(StoreDown):
            await setting(store, "synchronous_commit")
        assert await setting(store, "synchronous_commit") == "on"
    finally:
        await store.close()


async def test_a_server_that_may_not_be_written_is_down_and_refuses_no_turn(
    store: Store, database: PostgresDatabase, postgres: PostgresServer
) -> None:
    person = await settle(store, "ana", 7)
    name = f"ALTER DATABASE {database.name} SET default_transaction_read_only TO"
    postgres.sql(f"{name} on")
    cut(database)
    change = Change(b"1", NOON, person, person.session, (record(1),))
    for _ in range(2):
        with pytest.raises(StoreDown):
            await write(store, change)
    postgres.sql(f"{name} off")
    await write(store, change)
    assert counts(database)["records"] == 1


# --- connections that break -----------------------------------------------------------------------


async def test_a_connection_cut_between_two_turns(store: Store, database: PostgresDatabase) -> None:
    person = await settle(store, "ana", 7)
    assert cut(database) == 1
    change = Change(b"1", NOON, person, person.session, (record(1),))
    with pytest.raises(StoreDown):
        await write(store, change)
    await write(store, change)
    assert [fact.id for fact in await facts(store, person, "checkin")] == [1]


async def test_a_connection_cut_within_a_turn(store: Store, database: PostgresDatabase) -> None:
    person = await settle(store, "ana", 7)
    change = Change(b"1", NOON, person, person.session, (record(1),))

    async def turn() -> None:
        async with store.unit(NOON) as unit:
            await unit.load([person.account], [])
            assert cut(database) == 1
            unit.write([change])

    with pytest.raises(StoreDown):
        await turn()
    assert counts(database)["records"] == 0
    await write(store, change)
    assert counts(database)["records"] == 1


async def test_a_read_that_meets_a_cut_connection_undoes_the_turn(
    store: Store, database: PostgresDatabase
) -> None:
    person = await settle(store, "ana", 7)

    async def turn() -> None:
        async with store.unit(NOON) as unit:
            await unit.load([person.account], [])
            assert cut(database) == 1
            await unit.load([person.account], [])

    with pytest.raises(StoreDown):
        await turn()
    assert await load(store, "ana")


async def test_a_connection_cut_during_the_commit(store: Store, database: PostgresDatabase) -> None:
    person = await settle(store, "ana", 7)
    for statement in SLOW_COMMIT:
        rows(database, statement)
    change = Change(b"1", NOON, person, person.session, (record(1),))
    turn = asyncio.create_task(write(store, change))
    await happens(database, "query = 'COMMIT' AND wait_event = 'PgSleep'")
    assert cut(database) == 1
    with pytest.raises(StoreDown):
        await turn
    rows(database, "DROP TRIGGER slow ON records")
    assert counts(database)["records"] == 0
    await write(store, change)
    assert counts(database)["records"] == 1


class LosesTheAnswer(asyncpg.Connection):  # type: ignore[misc]  # asyncpg is typed in part
    """A connection that breaks once, right after the server has committed a record."""

    lost = False
    wrote = False

    async def execute(self, query: str, *values: Any, **rest: Any) -> Any:
        done = await super().execute(query, *values, **rest)
        kind = type(self)
        kind.wrote |= "INTO records" in query
        if query == "COMMIT" and kind.wrote and not kind.lost:
            kind.lost = True
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle")
        return done


async def test_a_commit_whose_answer_is_lost_is_found_when_the_turn_is_taken_again(
    database: PostgresDatabase,
) -> None:
    store = await Store.open(database, Vault(KEYRING), connection_class=LosesTheAnswer)
    try:
        person = await settle(store, "ana", 7)
        change = Change(b"1", NOON, person, person.session, (record(1),))
        with pytest.raises(StoreDown):
            await write(store, change)
        async with store.unit(NOON) as unit:
            _, seen = await unit.load([], [b"1"])
        assert seen == {b"1"}
        assert counts(database)["records"] == 1
    finally:
        await store.close()


async def test_a_turn_given_up_while_the_server_works_lets_the_next_one_be(
    store: Store, database: PostgresDatabase
) -> None:
    person = await settle(store, "ana", 7)
    blocker = await asyncpg.connect(database.url)
    await blocker.execute("BEGIN; LOCK TABLE records")
    change = Change(b"1", NOON, person, person.session, (record(1),))
    turn = asyncio.create_task(write(store, change))
    await happens(database, "query LIKE 'INSERT INTO records%' AND wait_event_type = 'Lock'")
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await blocker.close()
    assert counts(database)["records"] == 0
    await write(store, change)
    assert counts(database)["records"] == 1


async def test_a_server_that_does_not_answer_is_down(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS_TO_ANSWER", 0.3)
    store = await opened(database)
    try:
        person = await settle(store, "ana", 7)
        blocker = await asyncpg.connect(database.url)
        await blocker.execute("BEGIN; LOCK TABLE records")
        change = Change(b"1", NOON, person, person.session, (record(1),))
        with pytest.raises(StoreDown):
            await write(store, change)
        await blocker.close()
        await write(store, change)
    finally:
        await store.close()


async def test_trouble_within_the_driver_is_an_outage_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise asyncpg.InternalClientError("got result for unknown protocol state")

    with monkeypatch.context() as now:
        now.setattr(asyncpg.Connection, "fetch", broken)
        with pytest.raises(StoreDown):
            await load(store, "ana")
    assert await load(store, "ana") is None


# --- what is told ---------------------------------------------------------------------------------


@pytest.fixture
def guest(postgres: PostgresServer, database: PostgresDatabase) -> Iterator[PostgresDatabase]:
    """The database as someone reaches it who has a name and a password, over the network."""
    user = f"xipetotec_{secrets.token_hex(4)}"
    postgres.sql(f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'")
    for what in ("TABLES", "SEQUENCES"):
        postgres.sql(f"GRANT ALL ON ALL {what} IN SCHEMA public TO {user}", database.name)
    yield postgres.for_user(user, PASSWORD, database.name)
    postgres.sql(f"DROP OWNED BY {user}", database.name)
    postgres.sql(f"DROP ROLE {user}")


def told(error: BaseException | None) -> str:
    """Return everything that a traceback or a log could show of `error`."""
    if error is None:
        return ""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    own = [str(error), repr(error), repr(error.args), *getattr(error, "__notes__", ())]
    return "\n".join([*own, *traceback.format_exception(error), told(cause)])


def user_of(where: PostgresDatabase) -> str:
    return where.url.partition("//")[2].partition(":")[0]


@pytest.mark.parametrize("trouble", ["password", "locked out", "database", "cut", "forbidden"])
async def test_no_trouble_with_the_server_tells_who_we_are_there(
    guest: PostgresDatabase,
    database: PostgresDatabase,
    trouble: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    user = user_of(guest)
    store = await opened(guest)
    caught: list[BaseException] = []
    try:
        await settle(store, "ana", 7)
        where = guest
        match trouble:
            case "password":
                where = PostgresDatabase(guest.url.replace(PASSWORD, f"{PASSWORD}x"))
            case "locked out":
                rows(database, f"ALTER ROLE {user} NOLOGIN")
            case "database":
                where = PostgresDatabase(f"{guest.url}x")
            case "forbidden":
                rows(database, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {user}")
        cut(database)
        for _ in range(2):
            try:
                await load(store, "ana")
            except StoreDown as error:
                caught.append(error)
        try:
            await (await opened(where)).close()
        except StoreDown as error:
            caught.append(error)
    finally:
        await store.close()
    assert len(caught) == {"cut": 1, "locked out": 3, "forbidden": 3}.get(trouble, 2)
    assert [found for one in caught for found in shown_in(told(one), (user, PASSWORD))] == []
    assert not shown_in(caplog.text, (user, PASSWORD))


def shown_in(text: str, private: tuple[str, ...]) -> list[str]:
    return [one for one in private if one in text]


@pytest.mark.parametrize(
    ("spoiled", "raised"),
    [
        ({"records": (record(424242424242, kind="popocatepetl"),) * 2}, StoreRefused),
        ({"records": (record(1, kind=None),)}, StoreRefused),  # type: ignore[arg-type]  # no kind
        ({"records": (record(1, kind="popocatepetl\0"),)}, StoreRefused),
        ({"records": (record(1 << 63, kind="popocatepetl"),)}, StoreRefused),
        ({"records": (record(1), record(1 << 63, kind="popocatepetl"))}, StoreRefused),
        ({"records": (record(1, kind=LONG),)}, StoreRefused),
        ({"outgoing": (message(424242424242), message(424242424242))}, StoreRefused),
        ({"event": b"settled ana"}, Conflict),
    ],
    ids=[
        "id twice",
        "no kind",
        "nul",
        "too large",
        "among others",
        "too long",
        "message twice",
        "event twice",
    ],
)
async def test_no_refusal_quotes_the_row(
    guest: PostgresDatabase,
    spoiled: dict[str, Any],
    raised: type[Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    store = await opened(guest)
    try:
        person = await settle(store, "ana", 727272727272)
        with pytest.raises(raised) as caught:
            await write(store, Change(**{**plain_turn(person), **spoiled}))
        await write(store, Change(**plain_turn(person)))
    finally:
        await store.close()
    numbers = ("424242424242", "727272727272", str(1 << 63))
    events = ("settled ana", b"settled ana".hex())
    private = ("popocatepetl", *numbers, *events, PASSWORD, user_of(guest))
    assert not shown_in(told(caught.value), private)
    assert not shown_in(caplog.text, private)


def plain_turn(person: Person) -> dict[str, Any]:
    return {"event": b"e", "at": NOON, "person": person, "session": person.session}


async def test_someone_else_who_is_gone_is_not_quoted_either(
    guest: PostgresDatabase,
) -> None:
    store = await opened(guest)
    try:
        person = await settle(store, "ana", 727272727272)
        await write(store, Change(b"1", NOON, person, member(727272727272), forget=True))
        with pytest.raises(StoreRefused) as caught:
            await write(store, Change(**plain_turn(person), records=(record(1),)))
    finally:
        await store.close()
    assert not shown_in(told(caught.value), ("727272727272",))
