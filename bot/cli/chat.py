"""`alongside chat`: the terminal, from settings to the last line."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from babel import default_locale
from babel.localtime import get_localzone
from filelock import FileLock, Timeout

from adapters.terminal.background import is_light
from adapters.terminal.chat import Terminal
from adapters.terminal.client import CannotShow, Client
from adapters.terminal.saving import Files
from bot.cli.house import open_house
from bot.cli.start import CannotStart, Ready, make_ready
from bot.cli.tongue import Tongue
from bot.core.localtime import is_zone
from bot.core.text import plain, scrub, text
from bot.library.files import content_folder
from bot.library.load import Content
from bot.library.talk import page_alone
from bot.operations.config import Settings
from bot.operations.keys import find_keys
from bot.operations.log import LoggingObserver, TracingObserver, set_up_log
from bot.runtime.clock import Clock, SystemClock, random_seed
from bot.runtime.observer import Observer
from bot.runtime.pictures import draw
from bot.runtime.port import Inbox, Port
from bot.storage.migrate import SchemaUnusable, is_founded
from bot.storage.rows import DriverMissing, StoreDown
from bot.storage.vault import Keyring, KeyringUnusable, Sealed

if TYPE_CHECKING:
    from adapters.terminal.screen import Screen

PLAIN_VARIABLE = "ALONGSIDE_PLAIN"
"""Set to anything, it asks for the line face wherever it is."""

LOGS_KEYS = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_SCREENSHOT", "TEXTUAL_PRESS")
"""What has Textual log every key, or keep a picture of the screen: here those are words."""


def run_chat(
    config: Path | None, *, person: str, data: Path | None, lang: str, trace: bool, plain: bool
) -> int:
    """Chat until the person leaves, and return the exit code.

    On a screen where there is one, line by line elsewhere, and where `plain` or `trace` ask for it.
    0: all went well. 1: the store cannot be used. 2: settings, content or keys must be mended.
    """
    try:
        ready = make_ready(config, data)
    except CannotStart as error:
        sys.stderr.write("\n".join([*error.sentences, ""]))
        if error.content:
            known = error.content.library.languages
            _print(error.content, _language(lang, known), "crisis-page")
        else:
            page = page_alone(content_folder(), lang or _system_language())
            _write(sys.stdout, f"{page}\n" if page else "")
        return 2
    os.umask(0o077)
    client = _client(ready, person, lang)
    set_up_log(ready.settings.log_level)
    try:
        keyring = find_keys(ready.settings, asyncio.run(is_founded(ready.settings.database)))
        with _alone(ready.settings):
            asyncio.run(_chat(ready, keyring, client, trace=trace, plain=plain))
    except (KeyringUnusable, DriverMissing) as error:
        return _give_up(ready, client, str(error), code=2)
    except Timeout as error:
        folder = Path(error.lock_file).parent
        sentence = f"{folder} is in use: a chat is open in another window."
        return _give_up(ready, client, sentence, code=1)
    except Sealed:
        sentence = f"{ready.settings.database} was not sealed with the keys in use here."
        return _give_up(ready, client, sentence, code=2)
    except (StoreDown, SchemaUnusable, OSError) as error:
        sentence = f"The store cannot be opened, so I could not save what you say: {error}"
        return _give_up(ready, client, sentence, code=1)
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    except Exception as error:
        # A traceback would help nobody in front of this screen, and could hold their words.
        inner = error.exceptions[0] if isinstance(error, ExceptionGroup) else error
        sentence = f"Something broke here ({type(inner).__name__}). What was answered is kept."
        return _give_up(ready, client, sentence, code=1)
    return 0


def _alone(settings: Settings) -> ExitStack:
    """Keep other programs out of the folders with the keys and, in a file, the database.

    Raises Timeout where one of them is in there.
    """
    folders = [settings.data_dir]
    if isinstance(settings.database, Path):
        folders.append(settings.database.parent)
    with ExitStack() as locks:
        for folder in {os.path.realpath(one): one for one in folders}.values():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            locks.enter_context(FileLock(folder / "in-use.lock", blocking=False))
        return locks.pop_all()


async def _chat(
    ready: Ready, keyring: Keyring, client: Client, *, trace: bool, plain: bool
) -> None:
    """Talk on a screen where there is one and it comes up, else line by line."""
    watching = trace and sys.stderr.isatty()
    observer = TracingObserver() if watching else LoggingObserver()
    tongue = Tongue(ready.content, client.lang, observer)
    clock = SystemClock()
    files = Files(tongue, draw=draw)
    talk = partial(_talk, ready, keyring, tongue, clock)
    screen = None if plain or trace else _screen(client, tongue, files, clock)
    if screen:
        try:
            async with screen.shown():
                await talk(screen)
            _print(ready.content, tongue.lang, "terminal-closing")
            return
        except CannotShow:
            pass  # then line by line
    _print(ready.content, client.lang, "terminal-opening")
    await talk(
        Terminal(
            client,
            lines=sys.stdin,
            screen=sys.stdout,
            files=files,
            now=clock.now,
            seed=random_seed,
        )
    )
    _print(ready.content, tongue.lang, "terminal-closing")


class Face(Port, Protocol):
    """One of the terminal's two faces: a platform that is also where the talk goes on."""

    async def run(self, inbox: Inbox, settled: Callable[[], Awaitable[None]]) -> None:
        """Talk until the person leaves."""


async def _talk(
    ready: Ready, keyring: Keyring, observer: Observer, clock: Clock, face: Face
) -> None:
    async with open_house(
        database=ready.settings.database,
        keyring=keyring,
        content=ready.content,
        ports={face.platform: face},
        clock=clock,
        observer=observer,
    ) as house:
        await face.run(house.runner, house.outbox.idle)


def _screen(client: Client, words: Tongue, files: Files, clock: Clock) -> Screen | None:
    """Return the screen face, or None where it cannot be drawn or is not wanted.

    It needs a terminal at both ends. What draws it is imported only here.
    """
    able = os.environ.get("TERM", "") not in ("", "dumb") and not os.environ.get(PLAIN_VARIABLE)
    if not (able and sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    for name in LOGS_KEYS:
        os.environ.pop(name, None)
    try:
        from adapters.terminal.screen import Screen
    except ImportError:
        return None
    return Screen(
        client,
        words=words,
        files=files,
        light=is_light(os.environ),
        now=clock.now,
        seed=random_seed,
    )


def _give_up(ready: Ready, client: Client, sentence: str, *, code: int) -> int:
    """Say what is wrong; and, because someone may need it this minute, show where help is."""
    _write(sys.stderr, f"{sentence}\n\n")
    _print(ready.content, client.lang, "crisis-page")
    return code


def _print(content: Content, lang: str, key: str) -> None:
    _write(sys.stdout, plain(content.lexicon.render(text(key), lang)) + "\n")


def _write(stream: TextIO, words: str) -> None:
    """Write `words`, or nothing where nobody is reading any more."""
    with suppress(OSError, ValueError):
        stream.write(words)
        stream.flush()


def _client(ready: Ready, person: str, lang: str) -> Client:
    """Return what this terminal tells of the person: language, country and zone of the system."""
    known = ready.content.library.languages
    if lang and lang not in known:
        sys.stderr.write(f"--lang {lang}: known are {', '.join(known)}.\n")
    _, _, country = (default_locale("LC_MESSAGES") or "").partition("_")
    return Client(
        person=scrub(person),
        lang=_language(lang, known),
        zone=_zone(),
        country=country if len(country) == 2 else "",
    )


def _language(wanted: str, known: tuple[str, ...]) -> str:
    """Return the language to begin in: the one asked for, the system's, or the first there is."""
    return next((one for one in (wanted, _system_language()) if one in known), known[0])


def _system_language() -> str:
    return (default_locale("LC_MESSAGES") or "").partition("_")[0]


def _zone() -> str:
    """Return the system's time zone, or UTC where it names none that there is."""
    name = getattr(get_localzone(), "key", "")
    return name if name and is_zone(name) else "UTC"
