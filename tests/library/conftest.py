"""What the tests of the content share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from fluent.syntax import FluentParser


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Let Fluent parse each text once: hundreds of mistakes are planted in the same content."""
    kept = {name: getattr(FluentParser, name) for name in ("parse", "parse_entry")}

    def once(parse: Any) -> Any:
        parsed = lru_cache(maxsize=8192)(lambda source: parse(FluentParser(), source))
        return lambda _, source: parsed(source)

    with pytest.MonkeyPatch.context() as patch:
        for name, parse in kept.items():
            patch.setattr(FluentParser, name, once(parse))
        yield
