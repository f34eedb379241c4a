"""The settings: a TOML file, nothing required, every mistake reported at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

KEYS_VARIABLE = "ALONGSIDE_KEYS"
LOG_LEVELS = ("debug", "info", "warning", "error")


class ConfigBroken(Exception):
    """The settings cannot be used; `problems` holds one sentence for each reason."""

    def __init__(self, problems: list[str]) -> None:
        """Keep `problems` in the order of the file."""
        self.problems = problems
        super().__init__(f"{len(problems)} problem(s) in the settings")


def default_data_dir() -> Path:
    """Return where a person's data goes unless they say otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "alongside"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. `config.example.toml` explains each, and a test holds the two together.

    `data_dir`: where the database lives. `key_file`: the keys that unlock it; empty means
    `master.key` in `data_dir`. `content_dir`: the words; empty means those that came along.
    `helplines_file`: the operator's own helplines, laid over those that came along.
    `log_level`: the least urgent thing worth a line.
    """

    data_dir: Path
    key_file: Path | None = None
    content_dir: Path | None = None
    helplines_file: Path | None = None
    log_level: str = "warning"

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.data_dir / "alongside.db"

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.key_file or self.data_dir / "master.key"


def read_settings(path: Path | None, *, data_dir: Path | None = None) -> Settings:
    """Return the settings in the file at `path` (None: all as they come).

    `data_dir`, from the command line, wins over the file. Raises ConfigBroken.
    """
    raw: Mapping[str, Any] = {}
    if path is not None:
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigBroken([f"{path}: cannot be read ({error.strerror})."]) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigBroken([f"{path}: is not valid TOML: {error}."]) from error
    known = {field.name for field in fields(Settings)}
    problems = [
        f"{path}, {key}: there is no such setting. Known: {', '.join(sorted(known))}."
        for key in raw
        if key not in known
    ]
    paths: dict[str, Path | None] = {}
    for key in ("data_dir", "key_file", "content_dir", "helplines_file"):
        value = raw.get(key, "")
        if not isinstance(value, str):
            problems.append(f'{path}, {key}: must be a path in quotes, like "/srv/alongside".')
            continue
        try:
            paths[key] = Path(value).expanduser() if value else None
        except RuntimeError:
            problems.append(f"{path}, {key}: there is no home folder behind {value!r}.")
    level = raw.get("log_level", "warning")
    if level not in LOG_LEVELS:
        problems.append(f"{path}, log_level: must be one of {', '.join(LOG_LEVELS)}.")
    if problems:
        raise ConfigBroken(problems)
    return Settings(
        data_dir=data_dir or paths["data_dir"] or default_data_dir(),
        key_file=paths["key_file"],
        content_dir=paths["content_dir"],
        helplines_file=paths["helplines_file"],
        log_level=str(level),
    )
