"""The same check-in on python-telegram-bot: a ConversationHandler, stored at each step.

    python -m tests.bench.peers.ptb FILE MEMBERS --messages 5

Everything is the library's own: raw update in, handlers, reply out, and PicklePersistence written
after each update, because a step that is not stored is lost with the process. Only Telegram itself
is missing: requests are answered at once. Every member already has one check-in; nobody is inside
one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PersistenceInput,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest

from tests.bench.checkin import LINES, in_turn, picked
from tests.bench.measure import Figures, Stopwatch

MOOD, CRAVING, SLEEP, USE = range(4)
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
BEFORE = {"mood": 6, "craving": 3, "sleep": 8, "use": "didn't use", "at": 1_795_455_930}


class Telegram(BaseRequest):
    """Telegram's side: takes every request at once."""

    @property
    def read_timeout(self) -> float | None:
        """Nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Answer as Telegram does."""
        result = ME if url.endswith("/getMe") else message(1, "How are you?", sender=ME)
        return 200, json.dumps({"ok": True, "result": result}).encode()


def message(chat: int, words: str, sender: dict[str, Any]) -> dict[str, Any]:
    """Return a message as Telegram writes it."""
    where = {"id": chat, "type": "private", "first_name": "Ana"}
    return {"message_id": 7, "date": 1_795_455_930, "chat": where, "from": sender, "text": words}


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Ask the first question."""
    context.user_data["open"] = {}
    await update.message.reply_text("How are you today, from 0 to 10?")
    return MOOD


async def mood(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the mood, ask about craving."""
    context.user_data["open"]["mood"] = int(update.message.text)
    await update.message.reply_text("How strong is the craving, from 0 to 10?")
    return CRAVING


async def craving(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the craving, ask about sleep."""
    context.user_data["open"]["craving"] = int(update.message.text)
    await update.message.reply_text("How was your sleep, from 0 to 10?")
    return SLEEP


async def sleep(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the sleep, ask about use."""
    context.user_data["open"]["sleep"] = int(update.message.text)
    await update.message.reply_text("Did you use?")
    return USE


async def use(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the check-in."""
    done = {**context.user_data.pop("open"), "use": update.message.text, "at": int(time.time())}
    context.user_data["checkins"].append(done)
    await update.message.reply_text("Thank you. That is kept.")
    return int(ConversationHandler.END)


def application(file: Path) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the bot, with its members in `file`."""
    kept = PicklePersistence(
        file,
        store_data=PersistenceInput(bot_data=False, chat_data=False, callback_data=False),
    )
    builder = ApplicationBuilder().token("1:bench").request(Telegram())
    bot = builder.get_updates_request(Telegram()).updater(None).persistence(kept).build()
    typed = filters.TEXT & ~filters.COMMAND
    bot.add_handler(
        ConversationHandler(
            entry_points=[
                CommandHandler("checkin", begin),
                MessageHandler(filters.Regex("^check in$"), begin),
            ],
            states={
                MOOD: [MessageHandler(typed, mood)],
                CRAVING: [MessageHandler(typed, craving)],
                SLEEP: [MessageHandler(typed, sleep)],
                USE: [MessageHandler(typed, use)],
            },
            fallbacks=[],
            name="checkin",
            persistent=True,
        )
    )
    return bot


async def fill(file: Path, members: int) -> None:
    """Write `file` as the library does, with `members` who have checked in once."""
    kept = PicklePersistence(file, on_flush=True)
    await kept.get_user_data()
    for member in range(members):
        await kept.update_user_data(member, {"checkins": [dict(BEFORE)]})
    await kept.flush()


async def measured(file: Path, members: int, *, messages: int) -> Figures:
    """Return what a message costs, one after another, as this library takes them."""
    waits: list[float] = []
    async with application(file) as bot:
        watch = Stopwatch()
        for number, (member, words) in enumerate(in_turn(picked(members, messages))):
            sender = {"id": member, "is_bot": False, "first_name": "Ana", "language_code": "en"}
            raw = json.dumps({"update_id": number, "message": message(member, words, sender)})
            begun = time.perf_counter()
            await bot.process_update(Update.de_json(json.loads(raw), bot.bot))
            await bot.update_persistence()
            waits.append(time.perf_counter() - begun)
        return watch.figures(waits)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("members", type=int)
    parser.add_argument("--messages", type=int, default=len(LINES))
    asked = parser.parse_args()
    if not asked.file.exists():
        asyncio.run(fill(asked.file, asked.members))
    found = measured(asked.file, asked.members, messages=asked.messages)
    sys.stdout.write(asyncio.run(found).line())


if __name__ == "__main__":
    main()
