"""The screen face as a member meets it: keys, clicks, bubbles, over the whole house."""

from __future__ import annotations

import asyncio
import time

import pytest
from textual import events
from textual.color import Color

from adapters.rehearsal.talk import find_button
from adapters.terminal.app import ALWAYS, LONGER_PAUSE
from adapters.terminal.bubbles import Theirs
from adapters.terminal.themes import DARK, LIGHT
from bot.core.effects import Need
from bot.core.outgoing import Outgoing
from bot.core.text import Span
from bot.runtime.port import NotDelivered
from tests.terminal.conftest import Opens
from tests.terminal.world import TextualWorld
from tests.worlds import PATIENCE


async def kept(world: TextualWorld, kind: str) -> list[dict[str, object]]:
    """Return the facts of `kind` that the store holds of the one person here, newest first."""
    store = world.house.store
    account = store.account_hash("terminal", "me")
    async with store.unit(world.clock.now()) as unit:
        people, _ = await unit.load([account], [])
        loaded = await unit.facts(people[account], Need((kind,), newest=9))
    return [dict(fact.body) for fact in loaded.facts]


async def test_a_first_check_in_from_nothing_by_keys_alone(opened: Opens) -> None:
    async with opened("new") as me:
        assert "a program, not a person" in me.picture()
        assert "[Start] [I need help now] [Just a question]" in me.picture()
        await me.press("tab", "enter")
        assert "18 or over?" in me.picture()
        assert me.pressed() == ["Start"], "a slip is seen: what was pressed stands there"
        assert me.app.focused is me.app.line, "one Enter too many presses nothing"
        await me.press("up", "left", "enter")
        assert "[ ] Keep my check-ins" in me.picture()

        await me.press("tab", "enter")
        assert ">[x] Keep my check-ins<" in me.picture(), "a switch that was turned stays chosen"
        await me.press("down", "enter")
        assert ">[x] Keep my own words too<" in me.picture()
        await me.press("space")
        assert ">[ ] Keep my own words too<" in me.picture()
        await me.press("end", "enter")
        await me.press("tab", "enter")

        asked = me.app.live
        assert asked is not None
        assert "How's your mood?" in me.picture()
        assert "Press a number. For 10: 1, then 0" in me.picture()
        await me.press("5")
        await me.pilot.press("1")
        assert me.app.line.text == "1", "it may become a 10"
        (short,) = [seconds for seconds, _ in me.pauses.waiting]
        assert short == LONGER_PAUSE
        await me.press("0")
        assert me.app.line.text == ""
        await me.pilot.press("1")
        await me.press("enter")
        assert me.app.live is asked, "all questions stand in one message"
        assert "Since yesterday:" in me.picture()
        assert "How's your mood?" not in me.picture()
        await me.press("tab", "enter")
        assert "A pull of 10 is strong" in me.picture()
        (fact,) = await kept(me, "checkin")
        answers = {name: fact[name] for name in ("mood", "craving", "confidence", "used")}
        assert answers == {"mood": 5, "craving": 10, "confidence": 1, "used": "no"}
        assert me.mine() == [], "a number that is pressed is an answer, not a message"
        assert "5 · 10 · 1" in me.pressed()
        assert not [one for one in me.pressed() if "Keep my" in one], "a switch shows itself"


async def test_a_sentence_that_begins_with_a_digit_is_heard_whole(opened: Opens) -> None:
    sentence = "50 pills are here and 2 bottles"
    async with opened() as me:
        await me.press("f1")
        await me.pilot.press(*sentence)
        assert me.pauses.waiting == [], "what follows a digit makes it text"
        await me.press("enter")
        assert me.mine() == [sentence]
        assert await kept(me, "checkin") == []


async def test_a_long_breath_after_a_digit_loses_nothing(opened: Opens) -> None:
    async with opened() as me:
        await me.press("f1")
        await me.press("5")
        await me.press("0")
        await me.pilot.press(*" pills")
        assert me.app.line.text == "50 pills", "however long the breath before the next word"


async def test_a_paste_never_answers(opened: Opens) -> None:
    async with opened() as me:
        await me.press("f1")
        me.app.post_message(events.Paste("5"))
        await me.pilot.pause()
        await me.pilot.press("0")
        assert me.pauses.waiting == []
        assert me.app.line.text == "50"


async def test_numbers_typed_ahead_are_never_a_wrong_answer(opened: Opens) -> None:
    async with opened() as me:
        await me.press("f1")
        await me.pilot.press(*"738")
        assert me.app.line.text == "738"
        assert me.pauses.waiting == [], "it is no number of the scale"
        assert "How's your mood" in me.picture()
        await me.press("enter")
        assert me.mine() == ["738"]
        assert me.pressed() == []


async def test_numbers_sent_ahead_answer_one_question_each(opened: Opens) -> None:
    async with opened() as me:
        await me.press("f1")
        for key in ("7", "enter", "3", "enter", "8", "enter"):
            me.app.post_message(events.Key(key, key if key.isdigit() else "\r"))
        await me.until("Since yesterday:")
        assert me.pressed() == ["7 · 3 · 8"], "with Enter, each answers one question"
        me.app.wish("pressed", "go.note")
        me.app.post_message(events.Key("7", "7"))
        me.app.post_message(events.Key("p", "p"))
        await me.answered()
        assert me.app.line.text == "7p"


async def test_old_buttons_can_be_pressed_and_change_nothing(opened: Opens) -> None:
    async with opened() as me:
        await me.press("f1")
        old = me.app.live
        assert old is not None
        await me.say("6")
        assert me.mine() == [], "a number of the open scale is its button, with Enter too"
        await me.say("about a four")
        assert me.mine() == ["about a four"]
        assert old.has_class("over")
        assert not old.choices.can_focus
        assert me.picture().count("[6]") == 1, "what answers nothing any more does not look it"
        await me.tap(old.choices.buttons[2])
        assert "That button belongs to an earlier question" in me.picture()
        assert "Back to where we were" in me.picture()
        assert me.app.live is not old
        button = find_button("Check in", me.screen())
        assert button is not None


async def test_only_what_can_still_be_pressed_looks_it(opened: Opens) -> None:
    async with opened() as me:
        await me.say("/cope")
        await me.press("tab", "enter")
        offered = me.screen()[-1].buttons
        await me.press("tab", "enter")
        await me.press("7")
        assert "[Next]" in me.picture()
        await me.say("it is in my chest")
        assert me.picture().count("[Next]") == 1, "the one that goes on"
        assert " Next " in me.picture()
        *_, offers, step, last = me.app.query(Theirs)
        assert offers.choices.buttons == offered
        assert offers.choices.spent == frozenset(), "another one can be begun at any time"
        assert step.choices.spent
        assert last is me.app.live
        await me.pilot.press("tab")
        assert last.choices.has_focus


async def test_a_typed_number_chooses_what_shows_it(opened: Opens) -> None:
    async with opened("new") as me:
        await me.pilot.press("2")
        await me.pilot.pause()
        assert "[1 Start] [2 I need help now] [3 Just a question]" in me.picture()
        await me.pilot.press("backspace")
        await me.pilot.pause()
        assert "[Start] [I need help now] [Just a question]" in me.picture()
        assert me.app.live is not None
        await me.pilot.press("1")
        assert me.pauses.waiting == [], "without Enter it chooses nothing"
        await me.press("enter")
        assert me.pressed() == ["Start"]
        await me.press("1", "enter")
        await me.pilot.press("1")
        await me.pilot.pause()
        assert "1 [ ] Keep my check-ins" in me.picture()
        await me.press("enter")
        assert "[x] Keep my check-ins" in me.picture()
        await me.press("9", "enter")
        assert me.mine() == ["9"], "what no button shows is said"


async def test_a_button_out_of_sight_is_shown_before_a_key_presses_it(opened: Opens) -> None:
    async with opened("new") as me:
        assert "Type, click, or Tab and then Enter" in me.picture()
        for n in range(8):
            item = Outgoing(10 + n, "terminal", "me", "reply", "send", "", (Span("word " * 60),))
            await me.face.send(item, "")
        await me.pilot.press("tab")
        for key in ("space", "enter"):
            me.app.talk.scroll_end(animate=False, immediate=True)
            await me.pilot.pause()
            assert ">Start<" not in me.picture()
            await me.pilot.press(key)
            await me.pilot.pause()
            assert ">Start<" in me.picture()
            assert me.pressed() == []
        await me.press("space")
        assert me.pressed() == ["Start"]


async def test_the_four_lasting_buttons_work_from_anywhere(opened: Opens) -> None:
    async with opened() as me:
        answers = {
            "f1": "How's your mood",
            "f2": "What is hardest",
            "f3": "sign up",
            "f4": "call now",
        }
        assert answers.keys() == ALWAYS.keys()
        for key, answer in answers.items():
            await me.press(key)
            assert answer in me.picture()
            assert "[F1 Check in] [F2 Cope] [F3 Ask] [F4 Help now]" in me.picture()
        await me.press("shift+tab", "enter")
        assert me.screen()[-1].text.startswith("I'm glad you said so"), "with Tab and Enter as well"
        place = len(ALWAYS) - 1
        await me._do(lambda: me.click(me.app.always, place))
        await me.say("resume")
        assert "Back to where we were" in me.picture(), "and what was open waits"


async def test_a_cry_for_help_is_answered_from_its_first_line(opened: Opens) -> None:
    async with opened(size=(40, 20)) as me:
        await me.say("I want to kill myself tonight")
        shown = me.picture().splitlines()
        answer = me.screen()[-1]
        first = answer.text.split()[:3]
        (top,) = [n for n, line in enumerate(shown) if " ".join(first) in line]
        assert top <= 3, "its beginning is in sight, however long it is"
        assert "More below" in shown[0]
        assert "Help now]" in shown[-1]
        assert me.app.live is not None
        assert me.app.live.has_class("urgent")
        await me.pilot.press("pagedown", "pagedown")
        await me.pilot.pause()
        assert "More below" not in me.picture()
        assert f"[{answer.buttons[-1].label}]" in me.picture()


def buttons_in_sight(me: TextualWorld) -> bool:
    """Tell whether all buttons that can be pressed in the talk now are on the screen."""
    assert me.app.live is not None
    choices = me.app.live.choices
    seen = me.app.screen.find_widget(choices).visible_region
    return bool(choices.buttons) and choices.region == seen


SMALL = [(80, 24), (60, 20)]


@pytest.mark.parametrize("size", SMALL)
async def test_the_buttons_of_every_message_are_in_sight(
    opened: Opens, size: tuple[int, int]
) -> None:
    async with opened("new", size=size) as me:
        await me.press("tab", "enter")
        await me.press("tab", "enter")
        assert "[ ] Keep my check-ins" in me.picture()
        assert buttons_in_sight(me)
        await me.press("tab", "enter")
        assert buttons_in_sight(me), "a switch that was turned moves nothing"
        await me.pilot.press("tab", *"some words of mine", "shift+enter", "shift+enter")
        await me.pilot.pause()
        assert me.app.line.size.height > 1
        assert buttons_in_sight(me), "the line has grown into the talk"
        me.app.line.clear()
        await me.pilot.resize_terminal(size[0] - 8, size[1] - 2)
        await me.pilot.pause()
        assert buttons_in_sight(me), "and the window became smaller"


async def test_a_message_taller_than_the_screen_shows_its_end_and_says_so(opened: Opens) -> None:
    async with opened("new", size=(60, 20)) as me:
        await me.say("craving 8")
        assert buttons_in_sight(me)
        assert "That pull is real" not in me.picture()
        assert "More above: PgUp" in me.picture().splitlines()[0]
        assert "More below" not in me.picture()
        await me.pilot.press("pageup")
        await me.pilot.pause()
        assert "That pull is real" in me.picture()
        assert "More above" not in me.picture()
        assert "More below: PgDn" in me.picture().splitlines()[0]


@pytest.mark.parametrize("size", [(40, 20), (200, 50)])
async def test_everything_fits_a_narrow_and_a_wide_window(
    opened: Opens, size: tuple[int, int]
) -> None:
    async with opened("new", lang="es", size=size) as me:
        for keys in (("tab", "enter"), ("tab", "enter"), ("f4",), ("f2",)):
            await me.press(*keys)
            lines = me.picture().splitlines()
            assert len(lines) <= size[1]
            assert any("Ayuda ya]" in line for line in lines)
            for bubble in me.app.query(Theirs):
                assert bubble.region.width <= min(68, size[0] - 2)
                chips = bubble.choices.chips(bubble.choices.content_size.width)
                assert len(chips) == len(bubble.choices.buttons)
                assert all(c.x + c.width <= bubble.choices.content_size.width for c in chips)
        await me.say("palabra " * 40)
        mine = list(me.app.query("Mine > Static"))[-1].region
        assert mine.right <= size[0]
        assert mine.width <= 80


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG counts it."""

    def light(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        red, green, blue = (p / 12.92 if p <= 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_pair_of_colours_is_easy_to_read(theme: object) -> None:
    assert theme in (DARK, LIGHT)
    look = DARK if theme is DARK else LIGHT
    colours = {**look.variables, "text": look.foreground or "", "page": look.background or ""}
    words = [("text", under) for under in ("page", "theirs", "mine", "chip")]
    words += [("muted", "page"), ("muted", "theirs"), ("on-chosen", "chosen")]
    poor = [(a, b) for a, b in words if ratio(colours[a], colours[b]) < 4.5]
    assert poor == []
    assert min(ratio(colours["text"], colours[b]) for b in ("page", "theirs", "mine")) >= 7


async def test_the_look_follows_the_terminal_and_a_key_changes_it(opened: Opens) -> None:
    async with opened(light=True) as me:
        live = me.app.live
        assert live is not None
        assert live.styles.background == Color.parse(LIGHT.variables["theirs"])
        await me.pilot.press("f5")
        await me.pilot.pause()
        assert live.styles.background == Color.parse(DARK.variables["theirs"])
        before = me.picture()
        await me.pilot.press("tab")
        await me.pilot.pause()
        assert before != me.picture(), "what is chosen shows without any colour"


HEBREW = "\u05e9\u05dc\u05d5\u05dd"
STRANGE = f"[bold]x[/] [@click=app.bell]y[/] {{0}} \x1b[2J\x1b]0;t\x07 \u202eabc {HEBREW} 漢字🙂"
LITERAL = f"[bold]x[/] [@click=app.bell]y[/] {{0}} [2J]0;t abc {HEBREW} 漢字🙂"


async def test_what_is_said_stays_literal(opened: Opens) -> None:
    async with opened() as me:
        await me.say("/note")
        me.app.line.focus()
        me.app.post_message(events.Paste(f"{STRANGE}\nsecond line"))
        await me.pilot.pause()
        await me.press("enter")
        assert me.mine() == ["/note", f"{LITERAL}\nsecond line"], "what is pasted is one message"
        (note,) = await kept(me, "note")
        assert note["note"] == f"{LITERAL}\nsecond line"
        item = Outgoing(1, "terminal", "me", "reply", "send", "", (Span(STRANGE, "bold"),))
        await me.face.send(item, "")
        await me.pilot.pause()
        assert me.screen()[-1].text == LITERAL
        drawn = "".join(
            segment.text for strip in me.app.screen._compositor.render_strips() for segment in strip
        )
        assert not [c for c in drawn if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c == "\u202e"]
        assert "[bold]x[/]" in drawn


async def test_a_very_long_paste_does_not_hang(opened: Opens) -> None:
    async with opened() as me:
        begun = time.monotonic()
        me.app.post_message(events.Paste("word " * 20_000))
        await me.pilot.pause()
        await me.press("enter")
        assert "read that" in me.picture()
        me.app.post_message(events.Paste("x" * 100_000))
        await me.pilot.pause()
        await me.press("enter")
        assert time.monotonic() - begun < PATIENCE / 2
        assert len(me.mine()[-1]) < 3000


async def test_it_speaks_the_language_the_member_changes_to(opened: Opens) -> None:
    async with opened("new") as me:
        assert "[F4 Help now]" in me.picture()
        await me.say("español")
        assert "[F1 Cómo estoy] [F2 Un mal rato] [F3 Pregunta] [F4 Ayuda ya]" in me.picture()
        assert "Ctrl+Q cierra" in me.picture()
        await me.press("f4")
        assert "llama ya" in me.picture()


async def test_leaving_settles_everything_and_hides_what_was_said(opened: Opens) -> None:
    async with opened() as me:
        await me.press("f1")
        me.app.line.insert("7")
        await me.pilot.press("enter", "ctrl+c")
        async with asyncio.timeout(PATIENCE):
            await me.chat
        assert "How's your mood" not in me.picture()
        assert me.app.live is not None
        assert "the pull to use" in str(me.app.live.words.content), "the answer before it was taken"
        await me._stack.aclose()
        mine = Outgoing(2, "terminal", "me", "reply", "send", "", (Span("late"),))
        with pytest.raises(NotDelivered):
            await me.face.send(mine, "")


async def test_quit_leaves_and_what_is_for_others_is_not_shown(opened: Opens) -> None:
    async with opened() as me:
        theirs = Outgoing(3, "terminal", "ana", "reply", "send", "", (Span("for ana"),))
        with pytest.raises(NotDelivered):
            await me.face.send(theirs, "")
        assert "for ana" not in me.picture()
        await me.say("stop")
        assert "Nothing is open" in me.picture()
        await me.type(" /QUIT ")
        async with asyncio.timeout(PATIENCE):
            await me.chat
        assert "/QUIT" not in "".join(me.mine())


async def test_an_edit_whose_message_is_not_there_is_shown_anew(opened: Opens) -> None:
    async with opened() as me:
        before = len(me.screen())
        one = Outgoing(4, "terminal", "me", "reply", "edit", "k", (Span("first"),))
        ref = await me.face.send(one, "of an earlier run")
        two = Outgoing(5, "terminal", "me", "reply", "edit", "k", (Span("second"),))
        assert await me.face.send(two, ref) == ref
        assert await me.face.send(two, ref) == ref, "sent twice, shown once"
        assert [one.text for one in me.screen()[before:]] == ["second"]
