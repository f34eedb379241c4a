"""Whatever is broken, a message that alarms is answered: once, short, in its language first."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fluent.syntax import FluentParser

from bot.cli.house import House
from bot.core.outgoing import Outgoing
from bot.core.text import plain, text
from bot.library.familyfiles import read_wordings
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.library.problems import ContentBroken
from bot.library.render import Lexicon
from tests.runtime.conftest import Opener
from tests.runtime.fakes import Disk, Person, Platform, Watcher
from tests.storage.people import counts, rows

LONGEST = 900

ALARMING = (
    "I want to die",
    "I swallowed all my pills",
    "he is hitting me",
    "everyone would be better off without me",
    "/i want to die",
    "help now",
)

WRITTEN_IN = {
    "en": "I want to die",
    "de": "Hilfe",
    "fr": "au secours",
    "pt": "preciso de ajuda",
    "ru": "помогите",
}


def page(content: Content, language: str) -> str:
    return plain(content.lexicon.render(text(f"crisis-page-{language}"), language))


def said(items: list[tuple[Outgoing, str]]) -> list[str]:
    return [plain(item.body) for item, _ in items]


def check_page(platform: Platform, first: str, times: int = 1) -> None:
    """Hold what was sent to the law: so many messages, short, this page first, in the fast lane."""
    assert len(platform.sent) == times
    for body in said(platform.sent):
        assert body.startswith(first)
        assert len(body) < LONGEST
    assert {item.lane for item, _ in platform.sent} == {"crisis"}


# --- the store -----------------------------------------------------------------------------------


@pytest.mark.parametrize("redelivers", [True, False])
@pytest.mark.parametrize("words", ALARMING)
async def test_when_nothing_can_be_saved(
    opened: Opener, disk: Disk, content: Content, words: str, redelivers: bool
) -> None:
    platform = Platform(redelivers=redelivers)
    cry = Person("ana").says(words)
    async with opened(platform) as house:
        disk.full = True
        for _ in range(3):
            assert not await house.runner.take(cry)
        disk.full = False
    check_page(platform, page(content, "en"))


@pytest.mark.parametrize("words", ALARMING)
async def test_when_the_store_cannot_even_be_read(
    opened: Opener, disk: Disk, content: Content, words: str
) -> None:
    platform = Platform(redelivers=True)
    cry = Person("ana").says(words)
    async with opened(platform) as house:
        disk.broken = ("FROM accounts",)
        for _ in range(3):
            assert not await house.runner.take(cry)
        disk.broken = ()
    check_page(platform, page(content, "en"))


async def test_when_no_transaction_can_begin(opened: Opener, disk: Disk, content: Content) -> None:
    platform = Platform(redelivers=True)
    async with opened(platform) as house:
        disk.broken = ("BEGIN",)
        await house.runner.take(Person("ana").says("I swallowed all my pills"))
        disk.broken = ()
    check_page(platform, page(content, "en"))


async def test_each_cry_of_an_outage_is_answered_and_everyday_words_are_told_the_truth(
    opened: Opener, disk: Disk, content: Content
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    async with opened(platform) as house:
        disk.full = True
        for words in ("hello", "I want to die", "this deadline is killing me", "I want to die"):
            assert not await house.runner.take(ana.says(words))
        disk.full = False
    bodies = said(platform.sent)
    assert [body.startswith(page(content, "en")) for body in bodies] == [False, True, True]


async def test_after_the_outage_a_member_has_the_talk_again(opened: Opener, disk: Disk) -> None:
    platform = Platform(redelivers=True)
    cry = Person("ana").says("I want to die")
    async with opened(platform) as house:
        disk.full = True
        assert not await house.runner.take(cry)
        disk.full = False
        for _ in range(2):
            assert await house.runner.take(cry)
        await house.outbox.idle()
    assert len(platform.sent) == 2
    assert platform.sent[-1][0].buttons


async def test_a_button_of_the_talk_leads_to_the_page(
    opened: Opener, disk: Disk, content: Content
) -> None:
    platform = Platform(redelivers=True)
    async with opened(platform) as house:
        disk.full = True
        await house.runner.take(Person("ana").taps("go.care-nothelp"))
        disk.full = False
    check_page(platform, page(content, "en"))


# --- the person ----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ALARMING)
async def test_when_nobody_knows_the_person(opened: Opener, database: Path, words: str) -> None:
    platform = Platform(redelivers=True)
    cry = Person("ana").says(words)
    async with opened(platform) as house:
        for _ in range(3):
            assert await house.runner.take(cry)
        await house.outbox.idle()
    assert len(platform.sent) == 1
    item, _ = platform.sent[0]
    assert item.lane == "crisis"
    assert item.buttons
    assert len(plain(item.body)) < LONGEST
    found = counts(database)
    assert found["records"] == found["reminders"] == 0


async def spoil(house: House, ana: Person, platform: Platform, database: Path) -> None:
    """Let `ana` be known, then make every turn of hers one that can never be taken."""
    await house.runner.take(ana.says("hello"))
    await house.outbox.idle()
    platform.sent.clear()
    rows(database, "UPDATE people SET state = x'00'")


@pytest.mark.parametrize("words", ALARMING)
async def test_when_a_turn_can_never_be_taken(
    opened: Opener, watcher: Watcher, database: Path, content: Content, words: str
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    async with opened(platform) as house:
        await spoil(house, ana, platform, database)
        cry = ana.says(words)
        for _ in range(3):
            assert await house.runner.take(cry)
        await house.outbox.idle()
    assert watcher.notes == ["quarantined Sealed"]
    check_page(platform, page(content, "en"))


async def test_when_the_turn_is_poison_and_the_store_is_down_as_well(
    opened: Opener, disk: Disk, database: Path, content: Content
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    async with opened(platform) as house:
        await spoil(house, ana, platform, database)
        disk.full = True
        cry = ana.says("I want to die")
        for _ in range(3):
            assert not await house.runner.take(cry)
        disk.full = False
    check_page(platform, page(content, "en"))


# --- the language --------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), WRITTEN_IN.items())
@pytest.mark.parametrize("client", ["en", "es", "xx", ""])
async def test_the_language_that_was_written_comes_first_in_an_outage(
    opened: Opener, disk: Disk, content: Content, language: str, words: str, client: str
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    ana.lang = client
    async with opened(platform) as house:
        disk.full = True
        await house.runner.take(ana.says(words))
        disk.full = False
    assert len(platform.sent) == 1
    body = said(platform.sent)[0]
    assert len(body) < LONGEST
    assert body.startswith(page(content, language))


async def test_the_page_of_a_language_that_everything_is_in_is_always_part_of_it(
    opened: Opener, disk: Disk, content: Content
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    ana.lang = "xx"
    async with opened(platform) as house:
        disk.full = True
        await house.runner.take(ana.says("ayuda ya"))
        disk.full = False
    assert len(said(platform.sent)[0]) < LONGEST
    assert page(content, "es") in said(platform.sent)[0]


@pytest.mark.parametrize("words", ["I want to die", "I swallowed all my pills"])
async def test_a_client_of_an_unknown_language_is_answered_all_the_same(
    opened: Opener, words: str
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    ana.lang = "xx"
    async with opened(platform) as house:
        assert await house.runner.take(ana.says(words))
        await house.outbox.idle()
    assert len(platform.sent) == 1
    assert platform.sent[0][0].lane == "crisis"
    assert platform.sent[0][0].buttons


@pytest.mark.parametrize("language", ["de", "fr", "pt", "ru"])
async def test_a_language_that_has_a_page_only_is_answered_with_it(
    opened: Opener, content: Content, language: str
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    ana.lang = language
    async with opened(platform) as house:
        assert await house.runner.take(ana.says(WRITTEN_IN[language]))
        await house.outbox.idle()
    check_page(platform, page(content, language))


# --- the content ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(content_folder(), tmp_path / "content"))


def refused(folder: Path) -> str:
    with pytest.raises(ContentBroken) as broken:
        load_content(folder)
    return "\n".join(str(one) for one in broken.value.problems)


def test_a_card_that_another_leads_to_may_not_be_missing(folder: Path) -> None:
    talk = folder / "crisis" / "talk.toml"
    source = talk.read_text(encoding="utf-8")
    talk.write_text(source.replace("[card.plan]", "[card.plans]"), encoding="utf-8")
    assert "leads to 'plan', which there is not" in refused(folder)


@pytest.mark.parametrize("words", ["I want to die", "I swallowed all my pills"])
async def test_where_a_card_is_missing_the_page_is_said(
    opened: Opener, content: Content, words: str
) -> None:
    platform = Platform(redelivers=True)
    bare = replace(content, library=replace(content.library, cards={}))
    cry = Person("ana").says(words)
    async with opened(platform, content=bare) as house:
        for _ in range(3):
            assert await house.runner.take(cry)
        await house.outbox.idle()
    check_page(platform, page(content, "en"))


def test_a_talk_that_cannot_be_read_is_refused_at_the_start(folder: Path) -> None:
    (folder / "crisis" / "talk.toml").write_text("[card.now\n", encoding="utf-8")
    assert "talk.toml" in refused(folder)


def test_a_wording_file_that_cannot_be_read_takes_no_other_away(folder: Path) -> None:
    """The check of the content names it; whoever writes meanwhile is still heard."""
    (folder / "safety" / "en" / "suicide.toml").write_text("[[family\n", encoding="utf-8")
    _, problems = read_wordings(folder)
    assert [one.file for one in problems] == ["safety/en/suicide.toml"]
    assert load_content(folder).library.screen("i took all my pills", "en").alarms


def test_a_page_may_not_be_missing(folder: Path) -> None:
    (folder / "en" / "crisis.toml").write_text("", encoding="utf-8")
    assert "en/crisis.toml" in refused(folder)


async def test_a_card_without_words_still_brings_the_page(
    opened: Opener, watcher: Watcher, content: Content
) -> None:
    """Content is checked at the start; should a sentence fail all the same, help comes anyway."""
    platform = Platform(redelivers=True)
    words = "".join(
        f"crisis-page-{one} = Call 112, 988 or 999 ({one}).\n" for one in content.library.pages
    )
    sources = {"en": [FluentParser().parse(f"answer-broken = I took that in.\n{words}")]}
    async with opened(platform, content=Content(content.library, Lexicon(sources))) as house:
        assert await house.runner.take(Person("ana").says("I want to die"))
        await house.outbox.idle()
    assert len(platform.sent) == 1
    assert "112" in said(platform.sent)[0]
