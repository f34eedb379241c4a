"""What a turn changes in the store, and what it promises to say: its effects, sorted."""

from __future__ import annotations

from bot.core.effects import Forget, Record, Remind, Turn, Unremind
from bot.core.outgoing import Outgoing
from bot.runtime.port import Arrival
from bot.storage.rows import Change, Person, Waiting


def change_of(
    event: bytes, person: Person, arrival: Arrival, turn: Turn, messages: tuple[Outgoing, ...]
) -> Change:
    """Return what the `turn` of `person` writes, under the hash `event` of what caused it."""
    records: list[Record] = []
    reminders: list[Remind] = []
    unremind: dict[str, None] = {}
    forget = False
    forget_kinds: dict[str, None] = {}
    forget_facts: dict[int, None] = {}
    for effect in turn.effects:
        match effect:
            case Record():
                records.append(effect)
            case Remind():
                reminders.append(effect)
            case Unremind(kind=kind):
                # It lets go of the promises before it, those of this turn too.
                reminders = [one for one in reminders if one.kind != kind]
                unremind[kind] = None
            case Forget(kinds=kinds, facts=facts):
                forget = forget or not (kinds or facts)
                forget_kinds.update(dict.fromkeys(kinds))
                forget_facts.update(dict.fromkeys(facts))
    return Change(
        event=event,
        at=arrival.event.at,
        person=person,
        session=turn.session,
        records=tuple(records),
        outgoing=messages,
        forget=forget,
        forget_kinds=tuple(forget_kinds),
        forget_facts=tuple(forget_facts),
        reminders=tuple(reminders),
        unremind=tuple(unremind),
    )


def promised(change: Change) -> list[Waiting]:
    """Return what `change` promises, and to whom; a receipt for leaving belongs to nobody."""
    person = None if change.forget else change.session.person
    return [Waiting(person, item) for item in change.outgoing]
