"""What is forgotten goes whole, with all that is of it, and takes nothing of anyone else."""

from __future__ import annotations

from bot.core.effects import Need
from bot.storage.rows import Change, Sent, Waiting
from bot.storage.store import Store
from bot.storage.where import Where
from tests.runtime.fakes import NOON
from tests.storage.people import (
    counts,
    facts,
    load,
    member,
    message,
    promise,
    promises,
    record,
    settle,
    write,
)


async def test_forgetting_takes_everything_of_one_person_and_nothing_of_another(
    store: Store, database: Where
) -> None:
    for n, user in ((7, "ana"), (8, "ben")):
        await settle(
            store,
            user,
            n,
            records=(record(n),),
            reminders=(promise(n),),
            outgoing=(message(n, key="k", address=user),),
        )
    waiting = await store.waiting()
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(one, "m") for one in waiting], NOON)
    ana = await load(store, "ana")
    assert ana is not None
    receipt = message(99, "all gone", address="ana", key="k")
    await write(store, Change(b"f", NOON, ana, member(7), outgoing=(receipt,), forget=True))

    assert await load(store, "ana") is None
    assert await load(store, "ben") is not None
    left = counts(database)
    theirs = ("people", "accounts", "records", "reminders", "shown", "outbox")
    assert [left[table] for table in theirs] == [1] * 6
    (promised,) = await store.waiting()
    assert promised == Waiting(None, receipt)
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(promised, "m9")], NOON)
    assert counts(database)["shown"] == 1, "a receipt leaves no trace of whom it was for"


async def test_forgetting_one_kind_leaves_all_of_the_others(store: Store) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    for n in range(8):
        for person, kind in ((ana, "plan"), (ana, "note"), (ben, "plan")):
            number = 1000 * person.session.person + 2 * n + (kind == "plan")
            # Each fourth corrects the one before it: what was replaced goes too.
            one = record(number, kind=kind, replaces=number - 2 if n % 4 == 3 else 0, n=n)
            event = f"{kind} {number}".encode()
            await write(store, Change(event, NOON, person, person.session, (one,)))
    await write(store, Change(b"p", NOON, ana, ana.session, reminders=(promise(1, kind="plan"),)))
    notes, bens = await facts(store, ana, "note"), await facts(store, ben, "plan")
    assert len(await facts(store, ana, "plan")) == len(notes) == len(bens) == 6

    fresh = record(9, kind="plan", words="a new one")
    change = Change(b"f", NOON, ana, ana.session, (fresh,), forget_kinds=("plan", "nothing"))
    await write(store, change)
    assert [fact.id for fact in await facts(store, ana, "plan")] == [9]
    assert await facts(store, ana, "note") == notes
    assert await facts(store, ben, "plan") == bens
    assert await promises(store, ana) == [1], "a promise is no fact"
    again = await load(store, "ana")
    assert again is not None
    assert again.session == ana.session


async def test_one_fact_goes_with_what_it_corrected_and_nothing_else(store: Store) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    for number, replaces in ((1, 0), (2, 1), (3, 2), (4, 0)):
        change = Change(
            b"%d" % number, NOON, ana, ana.session, (record(number, replaces=replaces),)
        )
        await write(store, change)
    await write(store, Change(b"5", NOON, ben, ben.session, (record(5),)))
    foreign = Change(b"6", NOON, ana, ana.session, forget_facts=(5,))
    await write(store, foreign, Change(b"7", NOON, ben, ben.session))
    assert [fact.id for fact in await facts(store, ben, "checkin")] == [5]
    await write(store, Change(b"8", NOON, ana, ana.session, forget_facts=(3,)))
    assert [fact.id for fact in await facts(store, ana, "checkin")] == [4]
    everything = Need(kinds=("checkin",), newest=9, replaced=True)
    async with store.unit(NOON) as unit:
        assert [fact.id for fact in (await unit.facts(ana, everything)).facts] == [4]


async def test_several_are_forgotten_in_one_go_with_what_others_say(
    store: Store, database: Where
) -> None:
    people = [await settle(store, f"user {n}", n, records=(record(n),)) for n in range(1, 7)]
    await write(
        store,
        *(
            Change(
                b"%d" % n,
                NOON,
                one,
                one.session,
                records=(record(10 + n),),
                forget=n < 4,
                forget_kinds=("checkin",),
            )
            for n, one in enumerate(people, 1)
        ),
    )
    left = counts(database)
    assert [left[table] for table in ("people", "accounts", "records")] == [3, 3, 3]
    assert [fact.id for fact in await facts(store, people[3], "checkin")] == [14]
