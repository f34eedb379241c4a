"""What is said to small talk, to a feeling, and to what nothing else has an answer for.

Law: a person's words are held only where words may be kept, only while the button that notes them
is the last thing said, and gone with the next event, whatever it is (`step` lets go of them). That
button notes no other words, and none after the day they were said on and the one after it.
Finding out what was meant is `conversation/smalltalk.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core.asking import go
from bot.core.content import Overheard
from bot.core.effects import Choice, Need, Turn
from bot.core.events import Said
from bot.core.heard import normalise
from bot.core.ids import derive_id, derive_nonce
from bot.core.localtime import part_of_day, weekday
from bot.core.state import FlowState, Latest
from bot.core.strength import NOT_RATED, rates_only, rating_in
from bot.core.text import Text, text
from bot.core.verdict import Verdict
from bot.features import care, hope, nohelp, planned, whereabouts
from bot.features.about import FEATURE as ABOUT
from bot.features.coping import FEATURE as COPING
from bot.features.coping import cope, how_strong, offers
from bot.features.scene import Feature, Scene, after, finish, interject, record, resume, tell
from bot.features.welcome import introduce, introduced, join, unheard

NOTE = "note"
"""The offer that stands for keeping these very words."""

BOX = "hope-this"
"""The offer that puts these very words into the hope box."""

EXERCISE = "exercise"
"""The entry for who asks for a way through: in private they are led to one at once."""

CLOSING = "bye"
"""The entry that says how the chat is closed."""

PUT_IN = "flow-hope-closing-kept"
"""What was said last where the next line may be one more thing for the hope box."""

PERSON = "person"
"""The entry for who asks for a person: in private they are shown whom they can reach at once."""

YOU_THERE = "you-there"
"""The entry for who asks whether anybody is there."""

UNSURE = "dont-know"
"""The entry for who does not know."""

UNHEARD = (NOTE, "reachout")
"""What is offered to someone who told something that no entry knows."""

TO_HELP = ("crisis", "lapse", "reachout")
"""Offers that lead to a person, or to what is safe now."""


def answer(scene: Scene, said: str, *, distress: bool = False) -> Turn | Need:
    """Return what a member hears to `said`, where no question is open.

    A visitor is told first what this is, but for a feeling, a wish for a person and a question we
    do know: those are answered, and once it was told, so is the rest.
    Where the crisis floor heard `distress` in it, "help now" stands with the exercises.
    """
    heard = scene.library.overhear(said, scene.session.lang)
    entry = scene.library.smalltalk.get(heard.entry)
    private = scene.event.place.kind == "private"
    if heard.entry == EXERCISE and private:
        return cope(scene, sentence(scene, EXERCISE))
    if not scene.session.welcomed and (first := _stranger(scene, said, heard)) is not None:
        return first
    if entry is not None and entry.id in nohelp.NOT_OVER and private and nohelp.lately(scene):
        return nohelp.after_one(scene, sentence(scene, nohelp.NO_HELP))
    rated = rating_in(said, scene.library.phrases)
    if entry is not None and entry.state and private:
        also = (go("crisis"),) if distress and entry.state != "ending" else ()
        return offers(scene, entry.state, sentence(scene, entry.id), rated=rated, also=also)
    if entry is None and private and rates_only(said, scene.library.phrases):
        return how_strong(scene, rated)
    if private and scene.session.keep_checkins and not (entry and entry.offers):
        if scene.loaded is None:
            return planned.NEED
        if plan := planned.told(scene):
            return _with_plan(scene, plan, *([sentence(scene, entry.id)] if entry else []))
    if entry is not None:
        return _say(scene, said, sentence(scene, entry.id), entry.offers)
    if heard.asks:
        return tell(scene, text("cannot-answer"), choices=(go("privacy"), go("reachout")))
    if PUT_IN in scene.session.latest.said and _may_hold(scene, said, hope.KIND):
        return _say(scene, said, text("hope-another"), (BOX, *UNHEARD))
    if not scene.session.welcomed:
        return unheard(scene)
    return _say(scene, said, text("heard-you"), UNHEARD)


def _with_plan(scene: Scene, plan: planned.Plan, *lead: Text) -> Turn:
    """Return the turn that reads `plan` back to who tells of its situation, and leads on."""
    choices = (*planned.ways(scene, plan), go("cope"), go("reachout"))
    body = (*lead, planned.beside(scene, plan))
    return tell(scene, *body, choices=tuple(dict.fromkeys(choices)))


def _stranger(scene: Scene, said: str, heard: Overheard) -> Turn | None:
    """Return what comes before an answer to a stranger's words; None where they are answered.

    Of a stranger it is not known that they were asked for a country: one that is all they
    write is the answer to that. "Hello? Anybody?" is a greeting like any.
    """
    entry = scene.library.smalltalk.get(heard.entry)
    wants_a_person = entry is not None and entry.id != YOU_THERE and "reachout" in entry.offers
    if entry and (entry.feeling or heard.asks or wants_a_person):
        return None
    if (there := whereabouts.country_alone(scene, said)) is not None:
        return there
    if normalise(said).split(" ", 1)[0] in scene.library.phrases.yes:
        return join(scene)
    return None if introduced(scene) else introduce(scene)


def leaving(scene: Scene) -> Turn | None:
    """Return what someone hears who wants to close the chat by "exit" or the like, if it is that.

    Words that stop a flow may mean the window where none is open.
    """
    event = scene.event
    said = event.text if isinstance(event, Said) else ""
    heard = scene.library.overhear(said, scene.session.lang)
    return tell(scene, sentence(scene, CLOSING)) if heard.entry == CLOSING else None


def knows_better(scene: Scene, said: str, verdict: Verdict) -> bool:
    """Tell whether an entry was written for what the crisis floor heard as distress."""
    heard = scene.library.overhear(said, scene.session.lang)
    entry = scene.library.smalltalk.get(heard.entry)
    return entry is not None and bool(verdict.category) and entry.instead_of == verdict.category


def instead(scene: Scene, said: str, verdict: Verdict) -> Turn | Need | None:
    """Return what comes before the open question to `said`, or None where that may be asked again.

    Distress, as anywhere; and exercises for a craving, or for what is told with how strong it is.
    The question waits.
    """
    heard = scene.library.overhear(said, scene.session.lang)
    entry = scene.library.smalltalk.get(heard.entry)
    if verdict.level == "distress" and not knows_better(scene, said, verdict):
        return care.answer(scene, verdict)
    if entry is None or not entry.state or scene.event.place.kind != "private":
        return None
    rated = rating_in(said, scene.library.phrases)
    if entry.state != "craving" and rated < 0:
        return None
    return offers(scene, entry.state, sentence(scene, entry.id), rated=rated)


def in_passing(scene: Scene, said: str) -> Text | None:
    """Return the sentence that hears the feeling in `said`, or None where there is none."""
    heard = scene.library.overhear(said, scene.session.lang)
    entry = scene.library.smalltalk.get(heard.entry)
    return sentence(scene, entry.id) if entry is not None and entry.feeling else None


def in_an_exercise(
    scene: Scene, said: str, *, distress: bool
) -> tuple[Text | None, tuple[Choice, ...]]:
    """Return what answers `said` in an exercise, if more than one line for all, and ways out of it.

    An entry that leads to help says its own sentence there, and so does a feeling in which the
    crisis floor heard `distress`. Any other is what the exercise asked for.
    """
    heard = scene.library.overhear(said, scene.session.lang)
    entry = scene.library.smalltalk.get(heard.entry)
    offers = [one for one in entry.offers if one in TO_HELP] if entry else []
    ways = [one for offer in offers if (one := _offer(scene, said, offer))] or [go("reachout")]
    ways += [go("crisis")] if distress else []
    own = entry is not None and (offers or (distress and entry.feeling))
    return sentence(scene, entry.id) if entry and own else None, tuple(dict.fromkeys(ways))


def stops(scene: Scene, said: str) -> tuple[str, Text] | None:
    """Return the entry in `said` that ends an exercise, and its sentence; None where none does."""
    heard = scene.library.overhear(said, scene.session.lang)
    return (heard.entry, sentence(scene, heard.entry)) if heard.entry in nohelp.STOPS else None


def rated_along(scene: Scene, said: str, state: str) -> int:
    """Return the number that `said` rates what is hard with ("craving 9"), or `NOT_RATED`.

    Not where it tells of something else than `state`: that is no rating of this.
    """
    heard = scene.library.overhear(said, scene.session.lang)
    entry = scene.library.smalltalk.get(heard.entry)
    rated = rating_in(said, scene.library.phrases)
    other = entry is not None and entry.state not in ("", state)
    return NOT_RATED if other else rated


def asks_for_person(scene: Scene, said: str) -> bool:
    """Tell whether `said` asks for a person and tells nothing else."""
    return scene.library.overhear(said, scene.session.lang).entry == PERSON


def is_unsure(scene: Scene, said: str) -> bool:
    """Tell whether `said` is that somebody does not know."""
    return scene.library.overhear(said, scene.session.lang).entry == UNSURE


def sentence(scene: Scene, entry: str) -> Text:
    """Return the sentence of `entry`; it may choose its wording by what `KNOWN` of the lint has."""
    session = scene.session
    return text(
        f"smalltalk-{entry}",
        part=part_of_day(scene.event.at, session.zone),
        path=session.path,
        checked="yes" if _checked(scene) else "no",
        discreet="yes" if session.wishes.discreet else "no",
    )


def _checked(scene: Scene) -> bool:
    return scene.session.checked.partition(" ")[0] == scene.today()


def _say(scene: Scene, said: str, body: Text, offers: tuple[str, ...]) -> Turn:
    choices = [one for offer in offers if (one := _offer(scene, said, offer))]
    if not scene.session.welcomed:
        choices = [*choices[:1], go("join")]
    turn = tell(scene, body, choices=tuple(choices))
    if all(one.token != _note_button(scene).token for one in choices):
        return turn
    latest = Latest(scene.session.latest.said, said.strip(), scene.today(), _mark(scene))
    return Turn(replace(scene.session, latest=latest), turn.effects)


def _offer(scene: Scene, said: str, offer: str) -> Choice | None:
    """Return the button for `offer`, or None where it would lead nowhere."""
    if offer == NOTE:
        return _note_button(scene) if _may_note(scene, said) else None
    if offer == BOX:
        return replace(go("hope-this"), token=f"go.hope-this-{_mark(scene)}")
    if offer == "checkin" and _checked(scene):
        return None
    flow = scene.library.flow_for_command(offer)
    open_to_all = (
        offer == "crisis"
        or offer in ABOUT.visitors | COPING.visitors
        or (flow is not None and not flow.records)
    )
    return go(offer) if scene.session.welcomed or open_to_all else None


def _note_button(scene: Scene) -> Choice:
    """Return the button that notes the words of this event and no others."""
    return replace(go("note-this"), token=f"go.note-this-{_mark(scene)}")


def _mark(scene: Scene) -> int:
    return 1000 + derive_id(scene.event.seed, "note this") % 9000


def _may_note(scene: Scene, said: str) -> bool:
    return _may_hold(scene, said, "note")


def _may_hold(scene: Scene, said: str, flow: str) -> bool:
    """Tell whether `said` may be kept by a tap as what the flow called `flow` asks for."""
    session, place = scene.session, scene.event.place
    step = scene.library.flows[flow].step(flow)
    fits = step is not None and 0 < len(said.strip()) <= step.longest
    private = place.kind == "private" and place.keeps_text
    phrases, word = scene.library.phrases, normalise(said)
    chooses = word.isdigit() or word in phrases.numbers or word in phrases.places
    return session.welcomed and session.keep_words and private and fits and not chooses


def note_this(scene: Scene) -> Turn:
    """Keep the words of the message before, where that is asked for in words."""
    return _note(scene, scene.held.mark if isinstance(scene.event, Said) else 0)


def note_those(scene: Scene, *, page: int) -> Turn:
    """Keep the words whose button carries the mark `page`."""
    return _note(scene, page)


def _note(scene: Scene, mark: int) -> Turn:
    """Keep the words held under `mark` as a note of their day; say so where they are gone."""
    last, flow = scene.held, scene.library.flows["note"]
    held = last.words if mark == last.mark and _still_near(scene, last) else ""
    step = flow.step("note")
    state = FlowState(
        flow=flow.id,
        version=flow.version,
        run=derive_nonce(scene.event.seed, "note this"),
        day=last.day if held else scene.today(),
        started=scene.event.at,
        answers={step.name: held} if step else {},
        given=scene.given(),
    )
    facts = record(scene, state, complete=True) if _may_note(scene, held) else ()
    if not facts:
        return interject(scene, text("note-this-gone"), choices=(go("note"), go("menu")))
    today = "yes" if last.day == scene.today() else "no"
    day = weekday(date.fromisoformat(last.day))
    kept = tell(scene, text("note-this-kept", today=today, weekday=day))
    return after(after(Turn(scene.session, facts), kept), resume(scene))


def hope_this(scene: Scene) -> Turn:
    """Put the words of the message before into the hope box, where that is asked for in words."""
    return _hope(scene, scene.held.mark if isinstance(scene.event, Said) else 0)


def hope_those(scene: Scene, *, page: int) -> Turn:
    """Put the words whose button carries the mark `page` into the hope box."""
    return _hope(scene, page)


def _hope(scene: Scene, mark: int) -> Turn:
    """Put the words held under `mark` into the hope box; ask for them where they are gone."""
    last, flow = scene.held, scene.library.flows[hope.KIND]
    held = last.words if mark == last.mark and _still_near(scene, last) else ""
    if not held or not _may_hold(scene, held, hope.KIND):
        return hope.put(scene)
    run = derive_nonce(scene.event.seed, "hope this")
    state = FlowState(flow.id, flow.version, run, scene.today(), scene.event.at)
    state = replace(state, answers={hope.KIND: held}, given=scene.given())
    return finish(scene, state)


def _still_near(scene: Scene, last: Latest) -> bool:
    """Tell whether what was held is of today or the day before."""
    return bool(last.day) and scene.date() - date.fromisoformat(last.day) <= timedelta(days=1)


FEATURE = Feature(
    name="smalltalk",
    commands={"note-this": note_this, "hope-this": hope_this},
    pages={"note-this": note_those, "hope-this": hope_those},
)
