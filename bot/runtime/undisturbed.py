"""Work that a cancellation waits for: what has begun to be written or sent is finished first."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def undisturbed(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns. Cancelled meanwhile, let it end first, and be cancelled then."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        if not task.cancelled():
            # Look at it, or asyncio prints it with its traceback, which could hold words.
            task.exception()
        raise
