"""A process that forks, and its handle: it reads a job a line as JSON and answers with a report.

Forking is done there and not inside pytest, because a fork copies one thread only and a worker of
pytest has several. That process stays small: what a fork costs grows with what it copies.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, astuple, replace
from pathlib import Path
from types import TracebackType

from adapters.rehearsal.talk import read_talks
from bot.core.verdict import Verdict
from bot.library.familyfiles import lazy_screen
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.safety.crisis import Screen
from tests.kill.founding import Founding
from tests.kill.homes import Homes
from tests.kill.trials import ROOT, Job, Report, Settled, Trials, fork
from tests.postgres import PostgresServer


class Driver:
    """The forking process, as a test uses it."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        """Let it work in `folder` and on `server`; entering the context starts it."""
        self._folder = folder
        self._server = server
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Driver:
        where = map(str, astuple(self._server))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.driver", str(self._folder), *where],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process:
            self._process.communicate()

    def do(self, job: Job) -> Report:
        """Return what came of `job`."""
        process = self._process
        assert process
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(asdict(job)) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, f"the driver ended with {process.wait()}"
        return Report(**json.loads(answer))


class KnownVerdicts:
    """The crisis floor's screen, asked beforehand about everything that is said in any talk.

    The floor itself is larger than all the rest of the program. It says the same of the same words
    always, so one child reads it for all the others.
    """

    def __init__(self, languages: Sequence[str], folder: Path) -> None:
        """Ask the floor, and leave its answers in `folder`."""
        self._languages = languages
        answers = folder / "verdicts"

        async def ask() -> None:
            screen = self._floor()
            found = {one: screen(*one) for one in everything_said(languages)}
            answers.write_bytes(pickle.dumps(found))

        assert fork(ask, folder) == 0, (folder / "trouble").read_text()
        self._known: dict[tuple[str, str], Verdict] = pickle.loads(answers.read_bytes())

    def __call__(self, words: str, language: str) -> Verdict:
        """Return what `words` may mean."""
        known = self._known.get((words, language))
        return self._floor()(words, language) if known is None else known

    def _floor(self) -> Screen:
        return lazy_screen(content_folder(), only=self._languages)


def everything_said(languages: Sequence[str]) -> set[tuple[str, str]]:
    """Return what is typed in any talk, in every language: as a message, and as a command.

    Of a command, all of it is screened, and what stands behind its name alone.
    """
    files = [*(ROOT / "tests" / "dialogues").glob("*.toml"), ROOT / "tests/kill/talks.toml"]
    typed = {
        line.rest
        for file in files
        for talk in read_talks(file.read_text(encoding="utf-8"), file.name)
        for line in talk.lines
        if line.verb == "me"
    }
    typed |= {said.removeprefix("/") for said in typed}
    typed |= {rest for said in typed if (rest := said.partition(" ")[2].strip())}
    typed |= {f"{said} " for said in typed if " " not in said}
    return {(said, language) for said in typed for language in languages}


def serve(base: Path, server: PostgresServer) -> None:
    """Do one job after the other until there are no more."""
    content = load_content(content_folder())
    verdicts = KnownVerdicts(content.library.languages, base)
    content = replace(content, library=replace(content.library, screen=verdicts))
    for language in content.library.languages:
        content.library.overhear("hello", language)  # read once, and not in every child
    homes = {"sqlite": Homes(None), "postgres": Homes(server)}
    settled = {name: Settled(base / name, content, home) for name, home in homes.items()}
    for line in sys.stdin:
        folder = base / "job"
        folder.mkdir()
        try:
            job = Job(**json.loads(line))
            if job.talk:
                report = Trials(job, content, settled[job.engine], folder).run()
            else:
                report = Founding(job, folder, homes[job.engine]).run()
        except Exception as error:
            report = Report(wrong=[f"the harness itself: {error!r}"])
        sys.stdout.write(json.dumps(asdict(report)) + "\n")
        sys.stdout.flush()
        shutil.rmtree(folder)


if __name__ == "__main__":
    programs, home, port, pid = sys.argv[2:]
    serve(Path(sys.argv[1]), PostgresServer(Path(programs), Path(home), int(port), int(pid)))
