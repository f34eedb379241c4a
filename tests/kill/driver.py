"""A process that forks, and its handle: it reads a job a line as JSON and answers with a report.

Forking is done there and not inside pytest, because a fork copies one thread only and a worker of
pytest has several.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType

from bot.library.familyfiles import lazy_screen
from bot.library.files import content_folder
from bot.library.load import load_content
from tests.kill.founding import Founding
from tests.kill.trials import ROOT, Job, Report, Settled, Trials


class Driver:
    """The forking process, as a test uses it."""

    def __init__(self, folder: Path) -> None:
        """Let it work in `folder`; entering the context starts it."""
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Driver:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.driver", str(self._folder)],
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


def serve(base: Path) -> None:
    """Do one job after the other until there are no more."""
    content = load_content(content_folder())
    screen = lazy_screen(content_folder(), only=content.library.languages)
    for language in content.library.languages:
        screen("hello hola", language)  # reads the wordings before any fork
    content = replace(content, library=replace(content.library, screen=screen))
    settled = Settled(base, content)
    for line in sys.stdin:
        folder = base / "job"
        folder.mkdir()
        try:
            job = Job(**json.loads(line))
            work = Trials(job, content, settled, folder) if job.talk else Founding(job, folder)
            report = work.run()
        except Exception as error:
            report = Report(wrong=[f"the harness itself: {error!r}"])
        sys.stdout.write(json.dumps(asdict(report)) + "\n")
        sys.stdout.flush()
        shutil.rmtree(folder)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
