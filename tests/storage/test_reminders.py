"""A promise is one row a person, kind and time; it is let go of by kind, or with the person."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.core.effects import Need, Reminder
from bot.storage.rows import Change, StoreRefused
from bot.storage.store import Store
from bot.storage.where import Where
from tests.runtime.fakes import NOON
from tests.storage.people import (
    MOMENT,
    asked,
    counts,
    member,
    promise,
    promises,
    record,
    settle,
    write,
)


async def test_reminders_come_back_soonest_first_and_only_their_persons(store: Store) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    hours = {1: 9, 2: -3, 3: 26, 4: 9}
    made = tuple(promise(n, kind=f"k{n}", due=NOON + timedelta(hours=h)) for n, h in hours.items())
    await write(store, Change(b"1", NOON, ana, ana.session, reminders=made))
    await write(store, Change(b"2", NOON, ben, ben.session, reminders=(promise(5),)))
    assert await promises(store, ana) == [2, 1, 4, 3], "one that is overdue too"
    assert await promises(store, ben) == [5]
    assert await asked(store, ana, Need(counts=True)) == await asked(store, ana, Need())


@pytest.mark.parametrize(
    ("due", "back"),
    [
        (NOON + timedelta(microseconds=123999), NOON + timedelta(milliseconds=123)),
        (NOON.replace(microsecond=3000), NOON.replace(microsecond=3000)),
        (NOON.astimezone(timezone(timedelta(hours=-7))), NOON),
        (datetime.max.replace(tzinfo=NOON.tzinfo), None),
        (datetime.min.replace(tzinfo=NOON.tzinfo), datetime.min.replace(tzinfo=NOON.tzinfo)),
    ],
)
async def test_a_time_comes_back_in_utc_to_the_millisecond(
    store: Store, due: datetime, back: datetime | None
) -> None:
    back = back or due.replace(microsecond=999000)
    ana = await settle(store, "ana", 7, reminders=(promise(1, due=due),))
    (found,) = (await asked(store, ana, Need(reminders=True))).reminders
    assert found == Reminder(1, "after", back)
    assert found.due.utcoffset() == timedelta(0)


async def test_the_same_reminder_again_does_nothing(store: Store, database: Where) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    later = NOON + timedelta(hours=1)
    for event, change in (
        (b"1", (promise(1), promise(1))),
        (b"2", (promise(1), promise(2))),
        (b"3", (promise(3, kind="other"), promise(4, due=later), promise(5, due=NOON + MOMENT))),
    ):
        await write(store, Change(event, NOON, ana, ana.session, reminders=change))
    await write(store, Change(b"4", NOON, ben, ben.session, reminders=(promise(6),)))
    assert await promises(store, ana) == [1, 3, 5, 4]
    assert await promises(store, ben) == [6]
    one_id = (promise(7, kind="a"), promise(7, kind="b"))
    with pytest.raises(StoreRefused):
        await write(store, Change(b"5", NOON, ana, ana.session, reminders=one_id))
    assert counts(database)["reminders"] == 5


async def test_letting_go_takes_one_kind_of_one_person_and_what_is_new_stays(store: Store) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    made = (promise(1), promise(2, due=NOON + MOMENT), promise(3, kind="other"))
    await write(store, Change(b"1", NOON, ana, ana.session, reminders=made))
    await write(store, Change(b"2", NOON, ben, ben.session, reminders=(promise(4),)))
    again = Change(b"3", NOON, ana, ana.session, reminders=(promise(5),), unremind=("after", "no"))
    await write(store, again)
    assert await promises(store, ana) == [3, 5]
    assert await promises(store, ben) == [4]
    await write(store, Change(b"4", NOON, ana, ana.session, unremind=("other", "after")))
    assert await promises(store, ana) == []


async def test_nobody_is_promised_anything_once_they_are_forgotten(
    store: Store, database: Where
) -> None:
    ana = await settle(store, "ana", 7, reminders=(promise(1),))
    gone = Change(
        b"1", NOON, ana, member(7), records=(record(2),), reminders=(promise(2),), forget=True
    )
    await write(store, gone)
    assert [counts(database)[table] for table in ("people", "records", "reminders")] == [0, 0, 0]
    with pytest.raises(StoreRefused):
        await write(store, Change(b"2", NOON, ana, ana.session, reminders=(promise(3),)))
