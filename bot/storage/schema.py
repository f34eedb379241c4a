"""The tables: one description for every engine. What each is for stands in `docs/data.md`.

Imported only to migrate and to test: the running program speaks plain SQL, held to this by a
test, because importing SQLAlchemy costs more than opening the chat.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    column,
)

metadata = MetaData()

Id = BigInteger().with_variant(Integer, "sqlite")

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=True),
)

accounts = Table(
    "accounts",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Index("accounts_by_person", "person_id"),
)

records = Table(
    "records",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("replaces", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("records_by_person", "person_id", "kind", "at"),
    Index(
        "records_replaced",
        "person_id",
        "replaces",
        sqlite_where=column("replaces") != 0,
        postgresql_where=column("replaces") != 0,
    ),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("due", BigInteger, nullable=False),
    Index("reminders_by_person", "person_id", "kind", "due", unique=True),
    Index("reminders_by_time", "due"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Id, primary_key=True),
    Column("id", Id, nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=True),
    Column("platform", Text, nullable=False),
    Column("lane", SmallInteger, nullable=False),
    Column("day", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("outbox_by_person", "person_id"),
    sqlite_autoincrement=True,
)

shown = Table(
    "shown",
    metadata,
    Column("place", LargeBinary, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("day", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ref", LargeBinary, nullable=False),
    Index("shown_by_person", "person_id"),
)

seen = Table(
    "seen",
    metadata,
    Column("event", LargeBinary, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Index("seen_by_time", "at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("event", LargeBinary, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("why", Text, nullable=False),
)

day_keys = Table(
    "day_keys",
    metadata,
    Column("day", Text, primary_key=True),
    Column("wrapped_key", LargeBinary, nullable=False),
)
