"""The first tables: people, what they told us, and what is still to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "people",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=True),
    )
    op.create_table(
        "accounts",
        sa.Column("hash", sa.LargeBinary, primary_key=True),
        _person(),
    )
    op.create_index("accounts_by_person", "accounts", ["person_id"])
    op.create_table(
        "records",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        _person(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("replaces", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("records_by_person", "records", ["person_id", "kind", "at"])
    op.create_table(
        "outbox",
        sa.Column("seq", Id, primary_key=True),
        sa.Column("id", Id, nullable=False, unique=True),
        _person(nullable=True),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("lane", sa.SmallInteger, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_by_person", "outbox", ["person_id"])
    op.create_table(
        "shown",
        sa.Column("place", sa.LargeBinary, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        _person(),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("ref", sa.LargeBinary, nullable=False),
    )
    op.create_index("shown_by_person", "shown", ["person_id"])
    op.create_table(
        "seen",
        sa.Column("event", sa.LargeBinary, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("seen_by_time", "seen", ["at"])
    op.create_table(
        "quarantine",
        sa.Column("event", sa.LargeBinary, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_table(
        "day_keys",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Remove everything, those that refer to others first."""
    for table in ("day_keys", "quarantine", "seen", "shown", "outbox", "records", "accounts"):
        op.drop_table(table)
    op.drop_table("people")


def _person(*, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(
        "person_id", Id, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=nullable
    )
