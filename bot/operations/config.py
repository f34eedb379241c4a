"""The settings: a TOML file, nothing required, every mistake reported at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.storage.where import Where, WhereUnknown, located

KEYS_VARIABLE = "ALONGSIDE_KEYS"
DATABASE_VARIABLE = "ALONGSIDE_DATABASE"
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

    `data_dir`: where the database and the keys live. `database_url`: another database; it may hold
    a password, so it is in no `repr`. `key_file`: the keys that unlock it; empty means
    `master.key` in `data_dir`. `content_dir`: the words; empty means those that came along.
    `helplines_file`: the operator's own helplines, laid over those that came along.
    `log_level`: the least urgent thing worth a line.
    """

    data_dir: Path
    database_url: Where | None = field(default=None, repr=False)
    key_file: Path | None = None
    content_dir: Path | None = None
    helplines_file: Path | None = None
    log_level: str = "warning"

    @property
    def database(self) -> Where:
        """The database: a file, or a place on a server. Its `str` holds no credentials."""
        return self.database_url or self.data_dir / "alongside.db"

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.key_file or self.data_dir / "master.key"


def read_settings(path: Path | None, *, data_dir: Path | None = None) -> Settings:
    """Return the settings in the file at `path` (None: all as they come).

    `data_dir`, from the command line, wins over the file, and so does the database that the
    environment names. Raises ConfigBroken.
    """
    raw: Mapping[str, Any] = {}
    if path is not None:
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigBroken([f"{path}: cannot be read ({error.strerror})."]) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            # `from None`: the error holds the whole file, in which a password may be.
            raise ConfigBroken([f"{path}: is not valid TOML: {error}."]) from None
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
    database = _database(raw.get("database_url", ""), f"{path}, database_url", problems)
    named = _database(os.environ.get(DATABASE_VARIABLE, ""), DATABASE_VARIABLE, problems)
    level = raw.get("log_level", "warning")
    if level not in LOG_LEVELS:
        problems.append(f"{path}, log_level: must be one of {', '.join(LOG_LEVELS)}.")
    if problems:
        raise ConfigBroken(problems)
    return Settings(
        data_dir=data_dir or paths["data_dir"] or default_data_dir(),
        database_url=named or database,
        key_file=paths["key_file"],
        content_dir=paths["content_dir"],
        helplines_file=paths["helplines_file"],
        log_level=str(level),
    )


def _database(url: object, source: str, problems: list[str]) -> Where | None:
    """Return the database that `url` names, None where it is empty; adds to `problems`."""
    if not isinstance(url, str):
        problems.append(f"{source}: must be a URL in quotes.")
        return None
    try:
        return located(url) if url.strip() else None
    except WhereUnknown as error:
        problems.append(f"{source}: {error}.")
        return None
