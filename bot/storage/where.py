"""Where a store is: a SQLite file by its path, or a PostgreSQL database by its URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit


class WhereUnknown(Exception):
    """A URL that names no database of ours; the message says why, and never quotes the URL."""


@dataclass(frozen=True, slots=True, repr=False)
class PostgresDatabase:
    """A database on a PostgreSQL server. `url` may hold a password, so it is never shown."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        """Return host, port and name alone: enough to know which one is meant."""
        try:
            return _shown(self.url)
        except ValueError:
            return "postgresql://?"

    def __repr__(self) -> str:
        return f"PostgresDatabase({self})"

    @property
    def name(self) -> str:
        """The database's name on its server; raises ValueError for a URL `located` refuses."""
        return _name(_split(self.url))


Where = Path | PostgresDatabase

_READ = (
    "it cannot be read as a URL (in a user name or a password, the signs % / ? # @ [ ] and spaces "
    "are written as %25 %2F %3F %23 %40 %5B %5D %20)"
)
_HOST = re.compile(r"(?:\[[0-9A-Za-z:.%]+\]|[^\[\]:/]*)(?::(?P<port>[0-9]{1,5}))?")


def located(url: str) -> Where:
    """Return the database that `url` names; raises WhereUnknown.

    "sqlite:///" and a path (a fourth slash begins an absolute one), or "postgresql://" as every
    PostgreSQL program writes it.
    """
    url = url.strip()
    match url.partition(":")[0].lower():
        case "sqlite":
            return _file(url)
        case "postgresql" | "postgres":
            try:
                _shown(url)
                name = _name(_split(url))
            except ValueError:
                raise WhereUnknown(_READ) from None
            if not name:
                raise WhereUnknown("it names no database; it ends like this: @host:5432/name")
            return PostgresDatabase(url)
        case _:
            raise WhereUnknown('it must begin with "sqlite:///" or "postgresql://"')


def _file(url: str) -> Path:
    try:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)[1:]).expanduser()
    except (ValueError, RuntimeError):
        raise WhereUnknown("its path cannot be read") from None
    if parts.netloc or not parts.path.startswith("/") or path == Path() or "\0" in str(path):
        raise WhereUnknown('write "sqlite:///" and a path, such as sqlite:////srv/alongside.db')
    if "?" in url or "#" in url:
        raise WhereUnknown('in a path, "?" is written as %3F and "#" as %23')
    return path


def _split(url: str) -> SplitResult:
    """Return the parts of a PostgreSQL URL; raises ValueError where they could be mixed up.

    A sign of the password that is not written as %.. would end the part it stands in, so that the
    rest of the password looks like a host or a name, which are shown.
    """
    parts = urlsplit(url)
    elsewhere = parts.path + parts.query
    if parts.netloc.count("@") > 1 or "@" in elsewhere or "#" in url or not url.isprintable():
        raise ValueError
    if "://" not in url:
        raise ValueError
    return parts


def _shown(url: str) -> str:
    """Return the URL without user, password and parameters; raises ValueError for a bad one.

    Host and port are those the driver takes: before the "?", or where none is there, after it.
    """
    parts = _split(url)
    asked = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    host = parts.netloc.rpartition("@")[2]
    if host:
        place, ports = unquote(host), ",".join(_ports(host))
    else:
        place, ports = asked.get("host", [""])[-1], asked.get("port", [""])[-1]
        place += f":{ports}" if ports else ""
    if any(not 0 < int(port) <= 65535 for port in ports.split(",") if port):
        raise ValueError
    shown = f"postgresql://{place}/{_name(parts)}"
    if not shown.isprintable():
        raise ValueError
    return shown


def _ports(hosts: str) -> Iterator[str]:
    for host in hosts.split(","):
        found = _HOST.fullmatch(host)
        if not found:
            raise ValueError
        yield found["port"] or ""


def _name(parts: SplitResult) -> str:
    return unquote(parts.path[1:])
