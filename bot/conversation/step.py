"""What one event does to one conversation.

Laws: (1) a cry for help, asked or only heard, comes before everything else; (2) every turn
leaves a way out: a question on screen, or nothing open; (3) "stop" leaves within one turn; (4)
words held for one tap are let go of by every event, before anything else is done with it.
The order is: crisis, global words and commands, the open flow, small talk. Room rules and answers
to questions take their places between as their issues arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial

from bot.conversation import guided
from bot.conversation.intent import Wants, intent, is_crisis_door, screened
from bot.conversation.openflow import answer, go_back, leave, settle, skip
from bot.conversation.renamed import current, current_facts
from bot.conversation.saidlast import let_go, noted
from bot.core.asking import go
from bot.core.content import Library
from bot.core.effects import Ask, Edit, Loaded, Need, Record, Turn
from bot.core.events import Commanded, Due, Event, Said
from bot.core.flow import Question, open_question
from bot.core.heard import normalise
from bot.core.state import Latest, Session, with_flows
from bot.core.text import text
from bot.core.verdict import NOTHING, Verdict
from bot.features import FEATURES, care, chosen, hope, nohelp, smalltalk
from bot.features.scene import Command, Named, Page, Scene, after, begin, interject, resume, tell
from bot.features.settings import chosen as chosen_setting
from bot.features.settings import language_commands
from bot.features.welcome import members_only

ASIDE = frozenset({"start", "why", "skip", "back", "stop", "cope-ending"})
"""Commands that leave an open talk in a hard moment open: nothing else has been turned to yet."""

IN_ROOMS = frozenset({"start", "help", "menu", "privacy", "question"})
"""Commands that say nothing of who gives them, beside the talk in a hard moment."""


def step(
    session: Session, event: Event, library: Library, loaded: Loaded | None = None
) -> Turn | Need:
    """Return what becomes of `event`: a `Turn`, or a `Need` to be answered in `loaded`.

    Asked again with `loaded`, it always returns a `Turn`. It raises nothing: whatever a person
    sends, there is a sentence for it.
    """
    session, loaded = current(session, library), current_facts(loaded, library)
    if isinstance(event, Due):
        return noted(session, guided.due(Scene(session, event, library, loaded), event))
    return let_go(session, _done(session, event, library, loaded))


def _done(session: Session, event: Event, library: Library, loaded: Loaded | None) -> Turn | Need:
    """Return what becomes of what a person did."""
    held = session.latest
    if held.words:
        session = replace(session, latest=Latest(held.said))
    question = open_question(session, library)
    scene = Scene(session, event, library, loaded, held)
    wants = intent(event, None if care.has_the_word(scene) else question, library)
    if is_crisis_door(wants.command):
        return noted(session, care.open_door(scene, wants.command.partition("-")[2]))
    asked = _names_command(event, wants) or _is_an_answer(event, question)
    verdict = NOTHING if asked else screened(event, library, session.lang)
    if verdict.alarms:
        return noted(session, _hold(scene, question, wants, verdict))
    if _asks_for_person(scene, wants):
        return noted(session, care.to_person(scene, smalltalk.sentence(scene, smalltalk.PERSON)))
    if (talked := _talked(scene, wants)) is not None:
        return noted(session, talked)
    if event.place.kind == "room":
        return noted(session, _in_room(scene, wants, verdict))
    settled = settle(scene)
    result = _dispatch(scene.with_session(settled.session), wants, verdict)
    if isinstance(result, Need):
        return result
    turn = _on_screen(scene, after(settled, result))
    return turn if wants.command == "why" else noted(session, turn)


def _in_room(scene: Scene, wants: Wants, verdict: Verdict) -> Turn | Need:
    """Answer where others read: nothing of the person's own, and what is open waits as it is.

    Every command is private unless it stands in `IN_ROOMS`, also one that is added later.
    """
    session, command = scene.session, wants.command
    if command == "stop" and session.flows:
        return leave(scene)
    care_or_language = command.startswith(("care-", "lang-"))
    if wants.nonce or (command and not care_or_language and command not in IN_ROOMS):
        return tell(scene, text("only-in-private"))
    unnamed = replace(session.wishes, nickname="")
    result = _dispatch(
        scene.with_session(replace(session, flows=(), wishes=unnamed)), wants, verdict
    )
    if isinstance(result, Need):
        return result
    return Turn(replace(result.session, flows=session.flows, wishes=session.wishes), result.effects)


def _asks_for_person(scene: Scene, wants: Wants) -> bool:
    """Tell whether a person is asked for, in private; in a text too, where it is all of it."""
    private = scene.event.place.kind == "private"
    return private and bool(wants.words) and smalltalk.asks_for_person(scene, wants.words)


def _names_command(event: Event, wants: Wants) -> bool:
    """Tell whether the words are just the name of a command, such as "stop the notes".

    The labels of the talk in a hard moment name commands too, and are screened like any words.
    """
    return isinstance(event, Said) and bool(wants.command) and not wants.command.startswith("care-")


def _is_an_answer(event: Event, question: Question | None) -> bool:
    """Tell whether the words are exactly an option of the open question, as on its button."""
    if question is None or not isinstance(event, Said):
        return False
    return normalise(event.text) in question.step.heard


def _on_screen(scene: Scene, turn: Turn) -> Turn:
    """Return `turn`, with the open question asked if a changed flow file made it another one."""
    before, flows = scene.session.flows, turn.session.flows
    if not flows:
        return turn
    for effect in turn.effects:
        match effect:
            case Ask() | Edit() if effect.key == flows[-1].run:
                return turn
    if before and before[-1] == flows[-1]:
        return turn
    return after(turn, resume(scene.with_session(turn.session)))


def _hold(scene: Scene, question: Question | None, wants: Wants, verdict: Verdict) -> Turn | Need:
    """Return the talk that answers `verdict`; a note these words belong to is kept first.

    What would be shown again on a bad night waits until the person says it was no cry. Every other
    question stays exactly as it was, and waits: a cry is no answer to where someone
    lives, to what they are called or to what the day is for.
    """
    if question is None or question.step.kind != "text" or question.flow.keep != "words":
        return care.answer(scene, verdict)
    if not wants.words or scene.event.place.kind == "room":
        return care.answer(scene, verdict)
    if question.flow.id == hope.KIND:
        *parked, state = scene.session.flows
        state = replace(state, given={**state.given, hope.HELD: wants.words})
        scene = scene.with_session(with_flows(scene.session, (*parked, state)))
        return care.answer(scene, verdict)
    noted = answer(scene, said=wants.words)
    if isinstance(noted, Need):
        return noted
    kept = tuple(one for one in noted.effects if isinstance(one, Record))
    held = care.answer(scene.with_session(noted.session), verdict)
    return Turn(held.session, (*kept, *held.effects))


def _wrong_guess(scene: Scene) -> Turn | Need:
    """Take the guess back; words that were held for it are the answer they were meant to be."""
    turn = care.wrong_guess(scene)
    words = scene.session.flows[-1].given.get(hope.HELD) if scene.session.flows else None
    if not isinstance(words, str):
        return turn
    answered = answer(scene.with_session(turn.session), said=words)
    if isinstance(answered, Need):
        return answered
    return Turn(answered.session, (*turn.effects[:1], *answered.effects))


def _talked(scene: Scene, wants: Wants) -> Turn | Need | None:
    """Return the next card of the talk in a hard moment, if that is what this is about.

    What was open before stays exactly as it was, and waits. "Hello?" is no way out of it.
    """
    if wants.command == "start" and isinstance(scene.event, Said):
        return care.keep_talking(scene, scene.event.text)
    if wants.command:
        move = care.command(scene.library, wants.command)
        if move is None and wants.command.startswith("care-") and wants.command != "care-wrong":
            move = care.open_door  # the button of a card there is no more
        return move(scene) if move else None
    return None if wants.nonce else care.keep_talking(scene, wants.words)


def _dispatch(scene: Scene, wants: Wants, verdict: Verdict) -> Turn | Need:
    if (over := _stopped(scene, wants)) is not None:
        return over
    if _breaks_off(scene, wants, verdict):
        return care.answer(scene, verdict)
    if wants.command not in ASIDE:
        scene = scene.with_session(care.left(scene.session))
    if wants.command == "care-wrong":
        return _wrong_guess(scene)
    if wants.command:
        return _command(scene, wants.command)
    if wants.nonce:
        if scene.session.flows and scene.session.flows[-1].nonce == wants.nonce:
            return _answer(scene, tapped=wants.choice)
        return _stale(scene)
    if scene.session.flows:
        return _answer(scene, said=wants.words, verdict=verdict)
    if _needs_card(scene, wants.words, verdict):
        return care.answer(scene, verdict)
    private = scene.event.place.kind == "private"
    if private and (picked := chosen.chosen(scene, wants.words)) is not None:
        return picked
    return smalltalk.answer(scene, wants.words, distress=verdict.level == "distress")


def _breaks_off(scene: Scene, wants: Wants, verdict: Verdict) -> bool:
    """Tell whether words in an exercise get what they would get where nothing is open.

    The exercise waits as it is. What it takes itself stays in it: a move, a number, a feeling.
    """
    question = open_question(scene.session, scene.library) if wants.words else None
    if question is None or question.flow.id != hope.EXERCISE:
        return False
    if guided.takes(scene, question, wants.words, verdict):
        return False
    return _needs_card(scene, wants.words, verdict)


def _stopped(scene: Scene, wants: Wants) -> Turn | None:
    """Return the end of an exercise that hurts or is of no use, if that is what is said in it."""
    question = open_question(scene.session, scene.library) if wants.words else None
    if question is None or question.flow.id != hope.EXERCISE:
        return None
    why = smalltalk.stops(scene, wants.words)
    return nohelp.stopped(scene, question, *why) if why else None


def _needs_card(scene: Scene, words: str, verdict: Verdict) -> bool:
    """Tell whether a card answers `words`: they are hard to hear, or ask about the subject."""
    if verdict.level == "distress":
        return not smalltalk.knows_better(scene, words, verdict)
    return _asks(verdict, words)


def _answer(
    scene: Scene, *, said: str = "", tapped: str = "", verdict: Verdict = NOTHING
) -> Turn | Need:
    question = open_question(scene.session, scene.library)
    if question and guided.is_open(question):
        distress = verdict.level == "distress"
        return guided.answer(scene, question, said=said, tapped=tapped, distress=distress)
    return answer(scene, said=said, tapped=tapped, verdict=verdict)


def _command(scene: Scene, command: str) -> Turn | Need:
    question = open_question(scene.session, scene.library)
    if question and guided.is_open(question) and command in guided.WORDS:
        return guided.move(scene, question, guided.WORDS[command])
    match command:
        case "stop":
            return leave(scene)
        case "back" if scene.session.flows or not isinstance(scene.event, Commanded):
            return go_back(scene)
        case "back":
            command = "lookback"  # a slash with nothing open: decision record 13
        case "skip":
            return skip(scene)
    run = commands(scene.library.languages).get(command)
    run = run or _page(command) or _named(command) or chosen_setting(scene.library, command)
    flow = scene.library.flow_for_command(command) if run is None else None
    if run is None and flow is None:
        return _unknown(scene)
    keeps_nothing = flow is not None and not flow.records
    if not (scene.session.welcomed or keeps_nothing or _open_to_all(scene.library, command)):
        return members_only(scene)
    if run:
        return run(scene)
    return begin(scene, flow) if flow else _unknown(scene)


def _open_to_all(library: Library, command: str) -> bool:
    """Tell whether `command`, or the kind of command that names something, needs no welcome."""
    kind = command.partition("-")[0]
    open_to_all = visitors(library.languages)
    return command in open_to_all or (kind in named() and kind in open_to_all)


@lru_cache(maxsize=8)
def commands(languages: tuple[str, ...]) -> Mapping[str, Command]:
    """Return every command that is code, by name: the features', and one for each language."""
    found = dict(language_commands(languages))
    for feature in FEATURES:
        found.update(feature.commands)
    return found


def _page(command: str) -> Command | None:
    """Return the command behind a button that turns a page, such as "notes-2"."""
    name, _, number = command.rpartition("-")
    turn = pages().get(name)
    if turn is None or not (number.isascii() and number.isdigit() and len(number) <= 4):
        return None
    return partial(turn, page=max(int(number), 1))


def _named(command: str) -> Command | None:
    """Return the command behind a button that names something, such as "do-surf"."""
    kind, _, name = command.partition("-")
    about = named().get(kind)
    return partial(about, name=name) if about and name else None


@lru_cache(maxsize=1)
def named() -> Mapping[str, Named]:
    """Return the commands that take a name, by what stands before it."""
    return {kind: about for feature in FEATURES for kind, about in feature.named.items()}


@lru_cache(maxsize=1)
def pages() -> Mapping[str, Page]:
    """Return the commands that take a page, by the name before its number."""
    return {name: turn for feature in FEATURES for name, turn in feature.pages.items()}


@lru_cache(maxsize=8)
def visitors(languages: tuple[str, ...]) -> frozenset[str]:
    """Return the commands that need no welcome first; choosing a language is one of them."""
    chosen = frozenset(language_commands(languages))
    return chosen.union(*(feature.visitors for feature in FEATURES))


def _stale(scene: Scene) -> Turn:
    return interject(scene, text("stale-tap"), choices=(go("menu"), go("crisis")))


def _unknown(scene: Scene) -> Turn:
    return interject(scene, text("unknown-command"), choices=(go("menu"), go("crisis")))


def _asks(verdict: Verdict, words: str) -> bool:
    """Tell whether `words` ask about the subject rather than tell of it."""
    asking = "?" in words or any("ask" in signal for signal in verdict.signals)
    return verdict.level == "info" and asking
