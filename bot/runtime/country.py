"""Guesses the country a person is in from their time zone, where their client does not tell."""

from __future__ import annotations

from babel.core import get_global


def country_of(zone: str) -> str:
    """Return the ISO code of the country the IANA zone `zone` lies in; "" where it tells none."""
    code = str(get_global("zone_territories").get(zone, ""))
    return code if len(code) == 2 and code.isalpha() else ""
