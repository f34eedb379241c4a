"""A database that another program uses is refused with a sentence, and left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.migrate import SchemaUnusable
from bot.storage.where import Where
from tests.storage.conftest import Fresh
from tests.storage.people import opened, rows


def table_names(database: Where) -> set[str]:
    listed = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if isinstance(database, Path)
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    return {name for (name,) in rows(database, listed)}


@pytest.mark.parametrize("table", ["invoices", "people"])
async def test_tables_of_another_program_are_refused_and_left_alone(
    fresh: Fresh, table: str
) -> None:
    database = fresh()
    rows(database, f"CREATE TABLE {table} (id INTEGER)")
    rows(database, f"INSERT INTO {table} VALUES (42)")
    with pytest.raises(SchemaUnusable) as caught:
        await opened(database)
    assert str(caught.value) == (
        f"{database} holds tables of another program. Give Alongside a database of its own."
    )
    assert table_names(database) == {table}
    assert rows(database, f"SELECT * FROM {table}") == [(42,)]


@pytest.mark.parametrize("revision", ["0001", "ab12cd"])
async def test_its_own_alembic_makes_no_difference(fresh: Fresh, revision: str) -> None:
    database = fresh()
    rows(database, "CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
    rows(database, f"INSERT INTO alembic_version VALUES ('{revision}')")
    rows(database, "CREATE TABLE invoices (id INTEGER)")
    with pytest.raises(SchemaUnusable, match="holds tables of another program"):
        await opened(database)
    assert table_names(database) == {"alembic_version", "invoices"}
