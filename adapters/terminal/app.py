"""The screen: what is seen, which key does what, and nothing of what any word means.

Laws: (1) nothing a person said is markup, and no error is shown with its variables; (2) the way to
help is always in sight; (3) what is done here is handed on as a `Wish`, in order, one at a time.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.driver import Driver
from textual.message import Message
from textual.widgets import Static

from adapters.base import Words
from adapters.terminal.bubbles import Mine, Pressed, Theirs, question_of
from adapters.terminal.choices import Choices, Way
from adapters.terminal.client import QUIT
from adapters.terminal.line import Line
from adapters.terminal.talk import Talk
from adapters.terminal.themes import DARK, LIGHT
from bot.core.outgoing import Button, Outgoing

ALWAYS: Mapping[str, tuple[str, str]] = {
    "f1": ("checkin", "terminal-checkin"),
    "f2": ("cope", "terminal-cope"),
    "f3": ("question", "terminal-ask"),
    "f4": ("crisis", "terminal-help"),
}
"""The four buttons that never go away: key, command, words."""

MOST_SHOWN = 200
"""Messages that stay on the screen; older ones scroll out of reach."""

PAUSE = 0.6
"""Seconds without another key after which a number in the line is taken as an answer."""

LONGER_PAUSE = 1.2
"""The same, where a longer number may follow: 1, before it becomes a 10."""

LONGEST_KEY = 1.0
"""Seconds the next key waits for the one before."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the member did: said words, pressed a token, or typed a number that a scale may take."""

    kind: Literal["said", "pressed", "number"]
    what: str = field(repr=False)
    label: str = field(repr=False, default="")
    """What stood on the button that was pressed; "" shows nothing."""


class ChatApp(App[None]):
    """One person's chat as a screen of bubbles."""

    CSS_PATH = Path(__file__).with_name("look.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Alongside"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 (as Textual has it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "leave", show=False, priority=True),
        Binding("f5", "other_theme", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        *(Binding(key, f"give('{key}')", show=False, priority=True) for key in ALWAYS),
    ]

    class Arrived(Message):
        """A message is to be shown; `shown` is told when it is."""

        def __init__(self, item: Outgoing, ref: str, shown: asyncio.Future[None]) -> None:
            super().__init__()
            self.item = item
            self.ref = ref
            self.shown = shown

    def __init__(
        self,
        *,
        words: Words,
        light: bool,
        wish: Callable[[Wish | None], None],
        driver: type[Driver],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Speak with `words`; hand what is done to `wish`, and None when the member leaves.

        `sleep` waits for so many seconds.
        """
        super().__init__(driver_class=driver)
        self.broken: Exception | None = None
        self.ready = asyncio.Event()
        self.gone = asyncio.Event()
        self._words = words
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = (LIGHT if light else DARK).name
        self._wish = wish
        self._pending = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._sleep = sleep
        self._number: asyncio.Task[None] | None = None
        self._label = ""
        self.refs: dict[str, Theirs] = {}
        self.live: Theirs | None = None
        self._asked = self._answered = ""
        self._offered: tuple[Button, ...] = ()

    # --- what is there -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out the head, the talk, the line and the four lasting buttons."""
        with Vertical(id="page"):
            yield Static(id="head", markup=False)
            yield Talk(moved=self._speak_head, id="talk")
            yield Line(digits=self._typed_digits, leaves=self._from_line, id="line")
            yield Choices(leaves=self._from_buttons, id="always")

    def on_mount(self) -> None:
        """Begin with the focus in the line."""
        self.talk = self.query_one(Talk)
        self.line = self.query_one(Line)
        self.always = self.query_one("#always", Choices)
        self.always.can_focus = True
        self.screen.set_focus(self.line)
        self.speak()

    def on_ready(self) -> None:
        """Say that the screen is up."""
        self.ready.set()

    def on_unmount(self) -> None:
        """Say that the screen is gone."""
        self._typed_digits("")
        self.gone.set()

    def on_resize(self) -> None:
        """Fit the head to the new width, and stay where the talk is."""
        self.call_after_refresh(self.speak)

    def speak(self) -> None:
        """Say everything on the screen's edges, in the language of now."""
        buttons = tuple(
            Button(f"{key.upper()} {self._words(words)}", f"go.{command}")
            for key, (command, words) in ALWAYS.items()
        )
        if buttons != self.always.buttons:
            self.always.show(buttons)
        self.line.placeholder = Content(self._hint())
        self._speak_head()

    def _hint(self) -> str:
        if scale := self._scale():
            return self._words("terminal-hint-scale", highest=max(map(int, scale)))
        pressable = self.live is not None and self.live.item.buttons
        return self._words("terminal-hint" if pressable else "terminal-hint-plain")

    def _speak_head(self) -> None:
        """Write the name, and on the right as many of the keys as there is room for."""
        room = max(self.size.width, 20)
        room = min(room, 100) - 2 - len(self.TITLE or "")
        marks = [self._words("terminal-more")] if self.talk.is_more_below() else []
        marks += [self._words("terminal-more-above")] if self.talk.is_more_above() else []
        shown = ""
        for key in (*marks, self._words("terminal-leave"), self._words("terminal-theme")):
            longer = f"{shown} · {key}" if shown else key
            if len(longer) + 2 <= room:
                shown = longer
        head = Content(f"{self.TITLE}{shown.rjust(room)}")
        for mark in marks:
            head = head.highlight_regex(re.escape(mark), style="bold $foreground")
        self.query_one("#head", Static).update(head)

    # --- what arrives --------------------------------------------------------------------------

    async def on_chat_app_arrived(self, message: Arrived) -> None:
        """Show a message, in place of the one it changes where that is still here.

        What changes by itself, while nothing was done, takes neither the focus from a button that
        is still there, nor someone who reads further up away from that.
        """
        item, bubble = message.item, self.refs.get(message.ref)
        by_itself = bubble is not None and not self._pending
        kept = bubble is not None and bubble.asks_the_same(item, whatever_it_says=by_itself)
        reading_above = by_itself and not self.talk.is_followed()
        label, self._label = ("", "") if kept else (self._label, "")
        before = bubble if bubble and bubble.item.body != item.body else None
        await self._show_pressed(label, before)
        if bubble is None:
            bubble = Theirs(item, leaves=self._from_buttons)
            await self._add(bubble)
            self.refs[message.ref] = bubble
        else:
            bubble.show(item)
        if item.buttons or item.key:
            self._enliven(bubble, keep_focus=kept)
        self._spend(bubble)
        if bubble not in self.talk.turn:
            self.talk.turn.append(bubble)
        if not message.shown.done():
            message.shown.set_result(None)
        if not reading_above:
            self.call_after_refresh(self.talk.show_turn)

    async def _show_pressed(self, label: str, before: Theirs | None) -> None:
        """Show what was pressed above what answers it: `before`, that changes, or what is to come.

        Numbers answered in one message stand in one line.
        """
        if not label:
            return
        children = list(self.talk.children)
        place = children.index(before) if before in children else len(children)
        above = children[place - 1] if place else None
        if label.isdigit() and isinstance(above, Pressed) and above.goes_on:
            above.add(label)
        else:
            await self._add(Pressed(label), before=before)

    async def _add(self, bubble: Theirs | Mine, *, before: Theirs | None = None) -> None:
        await self.talk.mount(bubble, before=before)
        for old in list(self.talk.children)[:-MOST_SHOWN]:
            self.refs = {ref: one for ref, one in self.refs.items() if one is not old}
            await old.remove()

    def _enliven(self, bubble: Theirs, *, keep_focus: bool) -> None:
        """Make the buttons of `bubble` the live ones.

        The focus stays on a switch that was turned, and on a button that only the words above it
        changed; else it goes back to the line, so that one Enter too many presses nothing.
        """
        held = self.live is not None and self.live.choices.has_focus
        if self.live and self.live is not bubble:
            self.live.live(False)
        self.live = bubble
        bubble.live(True)
        if held and not keep_focus:
            self.screen.set_focus(self.line)
        self.speak()

    def _spend(self, bubble: Theirs) -> None:
        """Let the buttons of all questions but the one that is open look spent.

        `bubble` asks that one, or tells what came of the answer to it.
        """
        if question := bubble.question():
            self._asked = question
        elif bubble is self.live and self._answered == self._asked:
            self._asked = ""
        for one in self.query(Theirs):
            one.spend(self._asked)

    def begun(self, label: str) -> None:
        """Note what was pressed: it is shown with the answer."""
        self._label = label

    def settled(self) -> None:
        """Note that all a wish caused is on the screen."""
        self._pending -= 1
        self._label = ""
        if not self._pending:
            self._calm.set()
        self.speak()

    # --- what is done --------------------------------------------------------------------------

    def wish(self, kind: Literal["said", "pressed", "number"], what: str, label: str = "") -> None:
        """Hand on what the member did, on the button `label` where it was one."""
        self._pending += 1
        self._calm.clear()
        self._answered = question_of(what) if kind == "pressed" else ""
        self.talk.turn = []
        self._wish(Wish(kind, what, label))

    async def on_line_sent(self, message: Line.Sent) -> None:
        """Take the line: a number presses its button, anything else is said.

        Its button is the one on the open scale, or the one that showed this number as it was typed.
        While an answer is under way it is not known yet what is open: then a number waits.
        """
        text, (offered, self._offered) = message.text, (self._offered, ())
        if text.strip().lower() in QUIT:
            self.leave()
        elif self._pending and text.strip().isdigit():
            self.wish("number", text.strip(), text.strip())
        elif token := self._scale().get(text.strip()):
            self.wish("pressed", token, text.strip())
        elif not self._pending and self.live and (button := self.live.numbered(text, offered)):
            self._press(button)
        elif text.strip():
            await self.show_said(text)
            self.wish("said", text)

    async def show_said(self, text: str) -> None:
        """Show what the member said."""
        await self._add(Mine(text))
        self.talk.scroll_end(animate=False)

    def _typed_digits(self, digits: str) -> None:
        """Begin to wait whether `digits` is all that is typed; "" ends the waiting.

        Meanwhile the buttons that a number may choose show theirs.
        """
        if self.live:
            self.live.choices.number(bool(digits) and not self.live.item.typed)
        if self.live and digits:
            self._offered = self.live.item.buttons
        if self._number:
            self._number.cancel()
        self._number = asyncio.create_task(self._answer(digits)) if digits else None

    async def _answer(self, digits: str) -> None:
        """Press `digits` on the open scale once nothing followed it for a moment.

        A number that no scale has stays in the line, and so does one whose question went away.
        """
        await self._calm.wait()
        scale = self._scale()
        if digits not in scale:
            return
        longer = any(one != digits and one.startswith(digits) for one in scale)
        await self._sleep(LONGER_PAUSE if longer else PAUSE)
        if self._calm.is_set() and self._scale() == scale and self.line.text == digits:
            self.line.take()
            self.wish("pressed", scale[digits], digits)

    async def waiting_number(self, digits: str) -> str:
        """Return the token that a number sent ahead stands for now; "" if it is but words."""
        token = self._scale().get(digits, "")
        if not token:
            self._label = ""
            await self.show_said(digits)
        return token

    def _scale(self) -> Mapping[str, str]:
        """Return the token of each number that may be pressed now."""
        return self.live.scale() if self.live else {}

    def on_choices_pressed(self, message: Choices.Pressed) -> None:
        """Hand on the press of a button, old or new."""
        button = message.button
        if message.choices is self.always:
            self.screen.set_focus(self.line)
            self.wish("pressed", button.token)
        else:
            self._press(button)

    def _press(self, button: Button) -> None:
        self.wish("pressed", button.token, button.label if button.picked is None else "")

    def action_give(self, key: str) -> None:
        """Give the command of one of the four lasting buttons."""
        self.wish("pressed", f"go.{ALWAYS[key][0]}")

    def action_page(self, by: int) -> None:
        """Scroll the talk by a page."""
        height = max(self.talk.scrollable_content_region.height - 1, 1)
        self.talk.scroll_relative(y=by * height, animate=False, immediate=True)

    def action_other_theme(self) -> None:
        """Change from dark to light, or back."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_leave(self) -> None:
        """Leave by a key."""
        self.leave()

    def leave(self) -> None:
        """Hide what was said at once; the rest settles behind it."""
        if self.ready.is_set():
            self.talk.display = False
            self.line.disabled = True
        self._wish(None)

    # --- keys and focus ------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Hand on a key only when the one before is dealt with, so that what is typed ahead counts.

        What is typed or pasted while a button has the focus belongs into the line.
        """
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        is_text = isinstance(event, events.Paste) or (event.is_printable and event.key != "space")
        if is_text and isinstance(self.focused, Choices):
            self.screen.set_focus(self.line)
        target = self.focused
        await super().on_event(event)
        dealt_with = asyncio.Event()
        if target and target.call_later(dealt_with.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(dealt_with.wait(), LONGEST_KEY)

    def _from_line(self, way: Way) -> None:
        """Take the focus from the line to the buttons above or below it."""
        live = self._live_choices()
        if live and way in ("up", "next"):
            live.enter(last=way == "up")
        elif way == "up":
            self.action_page(-1)
        else:
            self.always.enter(last=way == "previous")

    def _from_buttons(self, choices: Choices, way: Way) -> None:
        """Take the focus from the buttons to the line, or around."""
        below, live = choices is self.always, self._live_choices()
        if below and way == "previous" and live:
            live.enter(last=True)
        elif not below and way == "next":
            self.always.enter()
        elif not below and way == "up":
            self.action_page(-1)
        elif not (below and way == "down"):
            self.screen.set_focus(self.line)

    def _live_choices(self) -> Choices | None:
        """Return the buttons that keys reach in the talk, if there are any."""
        return self.live.choices if self.live and self.live.choices.can_focus else None

    # --- when something breaks -----------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """End the app, and keep `error` for whoever started it."""
        self.broken = self.broken or error
        self.gone.set()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without Textual's traceback: it shows the values of variables, here words."""
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End without printing anything."""
        self._close_messages_no_wait()
