"""What an engine must do for the store: read, then write and commit in one go.

A batch of turns crosses to the database twice, however many statements it has: once to begin and
read, once to write everything and commit. Statements are plain SQL with `?` for values, the same
for every engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Row = Sequence[Any]
Query = tuple[str, Row]


@dataclass(frozen=True, slots=True)
class Order:
    """One statement to carry out for each of `rows`.

    `exact`: each row must change exactly one in the database, or another writer was quicker and
    nothing at all is written. `forgets`: what it removes must not stay readable anywhere.
    """

    statement: str
    rows: Sequence[Row] = field(repr=False)
    exact: bool = False
    forgets: bool = False


class Engine(Protocol):
    """One database with one connection, used by one task at a time.

    Everything but `undo` and `close` raises StoreDown, StoreRefused or Conflict.
    """

    async def read(self, queries: Sequence[Query]) -> list[Sequence[Row]]:
        """Return the rows of each query, inside a transaction that is begun if need be."""

    async def finish(self, orders: Sequence[Order]) -> list[int]:
        """Carry out `orders` and commit; return how many rows each one changed.

        The count is sure for an order of one row, and for one that is `exact` or `forgets`.
        """

    async def undo(self) -> None:
        """Roll back whatever is open; raises nothing."""

    async def look(self, query: Query) -> Sequence[Row]:
        """Return the rows of `query`, outside any transaction."""

    async def look_if_alone(self, query: Query) -> Sequence[Row]:
        """Return the rows of `query`, or none where another program that sends has the store open.

        From now on this program counts as one that sends. Can be asked again later.
        """

    async def close(self) -> None:
        """Let go of the database."""
