"""What is known of one helpline: whom it serves, how it is reached, and how well we know it.

Facts only, so that a sentence about it can be made in any language. Who reads them from the files
is bot/library/helplines.py; who chooses among them is bot/safety/helplines.py.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

HelplineKind = Literal[
    "emergency", "crisis", "drugs", "poison", "abuse", "child", "gambling", "directory"
]
Cost = Literal["", "free", "local"]
Evidence = Literal["seen", "unverified"]


@dataclass(frozen=True, slots=True)
class Helpline:
    """One service that people can reach; empty texts are what it does not have, or we do not know.

    `countries` are ISO 3166 codes of two capitals, none: anywhere. `call` is a number to dial as it
    is written, and `call_option` the key to press then. `text_to` is a number to text, and
    `text_word` what to text there (none: anything). `chat` is an address without "https://".
    `hours` is "24/7" or spans like "Mo-Fr 09:00-17:00", "; " between them, in local time.
    `languages` are the codes it is known to speak. `topics` say what it is for, such as
    "using-alone" or "women". `checked_on` is the day somebody saw the number in `source`; only
    a line whose `evidence` is "seen" may ever reach a member.
    """

    id: str
    kind: HelplineKind
    service: str
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    call: str = ""
    call_option: str = ""
    text_to: str = ""
    text_word: str = ""
    chat: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    cost: Cost = ""
    source: str = ""
    checked_on: datetime.date | None = None
    evidence: Evidence = "unverified"
