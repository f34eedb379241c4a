"""What one message costs, beside the yardstick and named peers: `make bench`.

    python -m tests.bench.turn [--quick] [--folder FOLDER]

Writes the sections "One message" and "Where the microseconds of a turn go" of docs/benchmarks.md.
Every figure is the median of three runs, taken in turn with the others so that a slow minute is
shared, each in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from tests.bench import page, postgres, started
from tests.bench.measure import Spread, child, interleaved, say
from tests.bench.programs import FEW, MANY, MOST, QUICK, Bench, Size

PARTS = {
    "arriving": ("making the event", "what an adapter does: an id, a seed, a frozen value"),
    "hashing": ("hashing ids", "two keyed hashes, of who and of which event"),
    "opening": ("opening the session", "their key unwrapped, their row decrypted and decoded"),
    "thinking": ("the step", "the pure core, from event to effects, without the screen"),
    "screening": ("the crisis screen", "only words that are no option or command are read"),
    "rendering": ("rendering the reply", "Fluent patterns filled, buttons labelled"),
    "sealing": ("sealing", "session, record, reply and platform id, encoded and encrypted"),
}
SQLITE = "the yardstick: the same rows in the same statements, and a commit per 64"
REST = "not measured alone: event loop, futures, threads, rows put together, cold caches"


Cells = tuple[str, ...]


def ratio(
    what: str, ours: str, beside: str, value: float | None = None, aim: float | None = None
) -> Cells:
    """Return a line of the table; `value` says how many times better than `beside` we are."""
    found = "" if value is None else f"{short(value)}x"
    if value is None or aim is None:
        return (what, ours, beside, found, "", "")
    return (what, ours, beside, found, f">= {short(aim)}x", _met(value >= aim))


def bound(what: str, value: float, most: float, unit: str) -> Cells:
    """Return a line of the table for what must stay below `most`, in the same unit."""
    aim = f"<= {short(most)} {unit}"
    return (what, f"{short(value)} {unit}", "", "", aim, _met(value <= most))


def _met(yes: bool) -> str:
    return "yes" if yes else "**no**"


def short(value: float) -> str:
    """Return `value` with no more digits than it deserves."""
    return f"{value:,.0f}" if abs(value) >= 20 else f"{value:.2f}"


def micro(found: Spread) -> str:
    """Return the CPU time of a message, with the least and the most of the runs."""
    return f"{found.cpu:,.0f} µs ({found.cpu_range()})"


def wall(found: Spread) -> str:
    """Return the time of a message by the clock on the wall."""
    return f"{found.wall:,.0f} µs wall"


def beside_the_yardstick(runs: Mapping[str, Spread], screen: float) -> list[Cells]:
    """Return what a durable turn costs beside its bare statements."""
    ours, bare = runs["ours"], runs["yardstick"]
    lone, bare_lone = runs["ours, alone"], runs["yardstick, alone"]
    twice = runs["yardstick, alone, twice"]
    less = f"{ours.cpu - screen:,.0f} µs"
    return [
        ratio(
            "64 at once, crisis screen subtracted",
            less,
            f"yardstick {micro(bare)}",
            bare.cpu / (ours.cpu - screen),
            0.40,
        ),
        ratio("64 at once", micro(ours), f"yardstick {bare.cpu:,.0f} µs", bare.cpu / ours.cpu),
        ratio(
            "a lone message",
            micro(lone),
            f"yardstick {micro(bare_lone)}",
            bare_lone.cpu / lone.cpu,
            0.35,
        ),
        ratio(
            "the same, beside two commits a message",
            micro(lone),
            f"yardstick {micro(twice)}",
            twice.cpu / lone.cpu,
        ),
        bound("a lone message, to its reply, p50", lone.p50, 3.0, "ms"),
        ratio("a lone message, to its reply, p99", f"{short(lone.p99)} ms", ""),
        ratio(
            "64 at once, to the reply, p50 and p99",
            f"{short(ours.p50)} and {short(ours.p99)} ms",
            "",
        ),
    ]


def beside_peers(runs: Mapping[str, Spread]) -> list[Cells]:
    """Return what a turn costs beside libraries that bots are built on."""
    ours, few, lone = runs["ours"], runs["ours, few"], runs["ours, alone"]
    steps, steps_alone = runs["aiosqlite"], runs["aiosqlite, alone"]
    pickled, pickled_few = runs["pickled"], runs["pickled, few"]
    telegram = "ConversationHandler, stored each step"
    return [
        ratio("64 at once", micro(ours), f"aiosqlite {micro(steps)}", steps.cpu / ours.cpu, 8),
        ratio("the same", wall(ours), f"aiosqlite {wall(steps)}", steps.wall / ours.wall),
        ratio(
            "a lone message",
            micro(lone),
            f"aiosqlite {micro(steps_alone)}",
            steps_alone.cpu / lone.cpu,
        ),
        ratio(
            f"{MANY:,} members",
            micro(ours),
            f"{telegram} {micro(pickled)}",
            pickled.cpu / ours.cpu,
            5_000,
        ),
        ratio(
            f"{FEW:,} members",
            micro(few),
            f"{telegram} {micro(pickled_few)}",
            pickled_few.cpu / few.cpu,
            1_000,
        ),
    ]


def growing(runs: Mapping[str, Spread], first_reply: float) -> list[Cells]:
    """Return what a million members change; nothing where they were not measured."""
    if "ours, most" not in runs:
        return [ratio(f"{MANY:,} members: start to first reply", f"{first_reply:.2f} s", "")]
    few, most = runs["ours, few"], runs["ours, most"]
    return [
        ratio(
            f"{MOST:,} members",
            micro(most),
            f"{FEW:,} members {micro(few)}",
            few.cpu / most.cpu,
            0.45,
        ),
        ratio("the same", wall(most), f"{FEW:,} members {wall(few)}", few.wall / most.wall),
        bound(f"{MOST:,} members: memory over {FEW:,}", most.peak - few.peak, 25, "MB"),
        bound(f"{MOST:,} members: start to first reply", first_reply, 1.5, "s"),
    ]


def on_postgres(runs: Mapping[str, Spread]) -> list[Cells]:
    """Return how we do on PostgreSQL; by the clock on the wall, for the server works too."""
    if not runs:
        return [ratio("PostgreSQL", "not measured", "no server here")]
    ours, steps = runs["ours, PostgreSQL"], runs["steps, PostgreSQL"]
    batches = runs["batches, PostgreSQL"]
    peer = "one transaction a step on 16 connections"
    return [
        ratio("PostgreSQL", wall(ours), f"{peer} {wall(steps)}", steps.wall / ours.wall, 5),
        ratio(
            "the same, its statements alone",
            wall(batches),
            f"{peer} {wall(steps)}",
            steps.wall / batches.wall,
        ),
        ratio(
            "the same, CPU of the bot alone",
            micro(ours),
            f"{peer} {micro(steps)}",
            steps.cpu / ours.cpu,
        ),
    ]


def starting() -> list[Cells]:
    """Return how long it takes to start."""
    help_page = started.verb("--help") / 1000
    return [
        bound("importing the core rooms, CPU", started.importing(), 150, "ms"),
        bound("`alongside --help`", help_page, 0.2, "s"),
    ]


def where_it_goes(parts: Mapping[str, float], runs: Mapping[str, Spread]) -> str:
    """Return the section on the parts of a turn."""
    whole, bare = runs["ours"].cpu, runs["yardstick"].cpu
    rest = whole - bare - sum(parts.values())
    lines = [(*PARTS[name], cost) for name, cost in parts.items()]
    lines += [("SQLite", SQLITE, bare), ("the rest", REST, rest), ("**together**", "", whole)]
    rows = [(what, f"{cost:.1f}", f"{cost / whole:.0%}", why) for what, why, cost in lines]
    return (
        f"64 messages at once of {MANY:,} members, in microseconds of CPU time a message. Each part"
        " is measured alone, over the values of real check-ins; the rest is what is left of the"
        " whole.\n\n" + page.table("part", "µs", "share", "what it is", rows=rows)
    )


def versions(server: str) -> str:
    """Return the versions of whatever was measured."""
    names = ("aiosqlite", "python-telegram-bot", "asyncpg", "cryptography", "msgspec")
    found = [f"{name} {version(name)}" for name in names]
    return ", ".join([*found, f"PostgreSQL {server}"])


INTRODUCTION = """\
A member types a check-in: "check in", "6", "3", "8", "didn't use". Every message is recognised if
it comes twice, loaded, opened, thought about, answered, sealed and committed with full durability,
and its reply handed over and taken off the outbox; only the platform is missing. The **yardstick**
is a plain loop over `sqlite3` that issues the same statements with the same rows, 64 messages (or
one) a commit, and does nothing else. aiosqlite and PostgreSQL issue them step by step, 64 and 16
side by side; python-telegram-bot's persistence is told to store after each message, where by itself
it would once a minute. All members say the same in one language, so every cache is warm. Times are
CPU time a message unless they say otherwise: the median of three runs taken in turn, with the least
and the most. The programs are in `tests/bench/`.
"""


def measure(bench: Bench, url: str) -> None:
    """Run everything, and write both sections."""
    start = starting()
    found: list[dict[str, float]] = []

    def part_by_part() -> None:
        found.append(json.loads(child("tests.bench.parts")))

    runs = interleaved(bench.programs(), beside=part_by_part)
    parts = {name: statistics.median(one[name] for one in found) for name in found[0]}
    first_reply = bench.first_reply()
    server, postgres_runs = "not measured", {}
    if url:
        server = postgres.version(url)
        with bench.on_postgres(url) as programs:
            postgres_runs = interleaved(programs)
    rows = [
        *beside_the_yardstick(runs, parts["screening"]),
        *beside_peers(runs),
        *growing(runs, first_reply),
        *on_postgres(postgres_runs),
        *start,
    ]
    heads = ("what", "ours", "beside it", "ratio", "aim", "met")
    size = bench.size
    command = "make bench" if size == Size() else "QUICK=1 make bench"
    about = (
        f"`{command}`. {page.machine()}. {versions(server)}. Messages a run: {size.ours:,} of ours"
        f" and of the yardstick at 64 ({size.lone:,} alone), {size.peers:,} of aiosqlite and of"
        f" PostgreSQL's peer, {size.pickled_few} and {size.pickled_many} of python-telegram-bot."
    )
    body = "\n\n".join([about, INTRODUCTION.strip(), page.table(*heads, rows=rows)])
    page.put("One message", body)
    page.put("Where the microseconds of a turn go", where_it_goes(parts, runs))


def main() -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="no million members, fewer messages")
    parser.add_argument("--folder", type=Path, help="where the databases may be while it runs")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=asked.folder) as folder,
        postgres.server(Path(folder) / "postgres") as url,
    ):
        measure(Bench(Path(folder), QUICK if asked.quick else Size()), url)
    say(f"written to {page.PAGE}")


if __name__ == "__main__":
    main()
