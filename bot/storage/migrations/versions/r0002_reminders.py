"""Promises to write to someone at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create an empty table: nothing was promised before it."""
    op.create_table(
        "reminders",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("person_id", Id, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
    )
    op.create_index("reminders_by_person", "reminders", ["person_id", "kind", "due"], unique=True)
    op.create_index("reminders_by_time", "reminders", ["due"])


def downgrade() -> None:
    """Remove it; what was promised is lost, and nothing else."""
    op.drop_table("reminders")
