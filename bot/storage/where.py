"""Where a store is: a SQLite file by its path, or a PostgreSQL database by its URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit


class WhereUnknown(Exception):
    """A URL that names no database of ours; the message says why, and never quotes the URL."""


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A database on a PostgreSQL server. `url` may hold a password, so it is never shown."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        """Return host and name alone: enough to know which one is meant."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{parts.hostname or ''}{port}{parts.path}"


Where = Path | PostgresDatabase


def located(url: str) -> Where:
    """Return the database that `url` names; raises WhereUnknown.

    "sqlite:///" and a path (a fourth slash begins an absolute one), or "postgresql://" as every
    PostgreSQL program writes it.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise WhereUnknown("it cannot be read as a URL") from None
    match parts.scheme:
        case "sqlite":
            path = unquote(parts.path)[1:]
            if parts.netloc or not path:
                raise WhereUnknown('write "sqlite:///" and a path, such as sqlite:////srv/a.db')
            return Path(path).expanduser()
        case "postgresql" | "postgres":
            return PostgresDatabase(url)
        case _:
            raise WhereUnknown('it must begin with "sqlite:///" or "postgresql://"')
