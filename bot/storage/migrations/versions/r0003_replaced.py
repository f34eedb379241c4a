"""An index of what was corrected: without it each fact that is read looked at all others."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CORRECTS = sa.column("replaces") != 0


def upgrade() -> None:
    """Make it; the facts stay as they are."""
    op.create_index(
        "records_replaced",
        "records",
        ["person_id", "replaces"],
        sqlite_where=CORRECTS,
        postgresql_where=CORRECTS,
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_index("records_replaced", "records")
