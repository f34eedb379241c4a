"""The console script `alongside`: its verbs, each imported only when it is used."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.core.localtime import is_zone

app = typer.Typer(
    help="Alongside: a peer-support companion for people in recovery.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
content_app = typer.Typer(help="The words people read.", no_args_is_help=True)
app.add_typer(content_app, name="content")

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="A settings file; see config.example.toml.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"alongside {__version__}")
        raise typer.Exit


@app.callback()
def alongside(
    context: typer.Context,
    config: ConfigFile = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Keep the settings file's path for the verb that follows."""
    context.obj = config


@app.command()
def chat(
    context: typer.Context,
    person: Annotated[str, typer.Option(help="Who is chatting, on a shared computer.")] = "me",
    data: Annotated[Path | None, typer.Option(help="Where to keep what is kept.")] = None,
    lang: Annotated[str, typer.Option(help="Language to begin in, such as en or es.")] = "",
    trace: Annotated[
        bool,
        typer.Option("--trace", help="Show events and turns, on a terminal only; implies --plain."),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Line by line, for a screen reader or a log. So it is by itself where input or "
            "output is no terminal, and where ALONGSIDE_PLAIN is set to anything.",
        ),
    ] = False,
) -> None:
    """Talk to it in this terminal. Needs no account and no settings."""
    from bot.cli.chat import run_chat

    raise typer.Exit(
        run_chat(context.obj, person=person, data=data, lang=lang, trace=trace, plain=plain)
    )


@app.command()
def play(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Dialogue files.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="Print differences only.")] = False,
) -> None:
    """Play dialogue files against a throw-away store; exit 1 where what was said differs."""
    from bot.cli.play import run_play

    raise typer.Exit(run_play(context.obj, files, quiet=quiet))


@app.command()
def screen(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    lang: Annotated[str, typer.Option(help="Language of the lines, or auto.")] = "auto",
    score: Annotated[
        Path | None, typer.Option(help="Score this file of labelled lines (JSONL) instead.")
    ] = None,
) -> None:
    """Read lines from standard input and say how urgent each one is, and why."""
    from bot.cli.screen import run_screen

    raise typer.Exit(run_screen(context.obj, as_json=as_json, lang=lang, score=score))


@content_app.command("check")
def content_check(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="Another content folder.")] = None,
) -> None:
    """Check every content file; print every problem at once, exit 1 on any."""
    from bot.cli.content import run_check
    from bot.runtime.clock import SystemClock

    raise typer.Exit(run_check(context.obj, folder, clock=SystemClock()))


def run() -> None:
    """Run the console script; its words are UTF-8 wherever it runs."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if not is_zone(os.environ.get("TZ", "UTC").removeprefix(":")):
        # Babel opens whatever file TZ names as soon as it is imported, and fails on what is none.
        del os.environ["TZ"]
    app(prog_name="alongside")
