"""`python -m bot` is the console script `alongside`."""

from bot.cli.main import run

run()
