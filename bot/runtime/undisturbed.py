"""Work that a cancellation waits for: what has begun to be written or sent is finished first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


async def undisturbed(work: Coroutine[Any, Any, None], leave: Callable[[], None]) -> None:
    """Let `work` run to its end. Cancelled meanwhile, tell it to `leave`, and wait until it has."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        leave()
        await asyncio.wait([task])
        if not task.cancelled():
            # Look at it, or asyncio prints it with its traceback, which could hold words.
            task.exception()
        raise
