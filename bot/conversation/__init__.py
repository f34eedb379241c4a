"""The one door: every event goes in here, and what should happen comes out."""

from bot.conversation.step import step

__all__ = ["step"]
