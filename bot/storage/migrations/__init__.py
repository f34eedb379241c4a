"""Alembic's scripts, run in-process by `bot.storage.migrate`."""
