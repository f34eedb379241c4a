"""Beginning a path to count days on, and changing it, all in taps; nothing here is ever deleted.

The questions are content (flows/pathbegin.toml, flows/pathchange.toml). A start day may lie as far
back as the member likes, and a change of it counts the same days anew: no figure is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.core.asking import go, words
from bot.core.effects import Edit, Effect, Message, Need, Say, Turn
from bot.core.events import Tapped
from bot.core.flow import facts, with_open
from bot.core.progress import running
from bot.core.state import Answer, FlowState, Session, Track
from bot.core.text import Text, text
from bot.features.dates import named
from bot.features.progress import (
    MEMORY,
    buttons,
    fresh_day,
    known_days,
    nothing_kept,
    page,
    settled,
)
from bot.features.scene import Feature, Scene, after, ask, begin, close, interject, resume

EARLIEST = date(1900, 1, 1)
MOST_SPANS = 50
_DAY = timedelta(days=1)


def begin_path(scene: Scene) -> Turn | Need:
    """Ask what to count and from which day on."""
    return nothing_kept(scene) or begin(scene, scene.library.flows["pathbegin"])


def change_path(scene: Scene) -> Turn | Need:
    """Ask what should be different; where no path is counted yet, begin one."""
    tracks = running(scene.session.tracks)
    if not tracks:
        return begin_path(scene)
    extra = {"several": len(tracks) > 1}
    return nothing_kept(scene) or begin(scene, scene.library.flows["pathchange"], extra=extra)


def fresh_page(scene: Scene) -> Turn | Need:
    """Begin a fresh page today, or show all there is again; it needs no path that is counted."""
    if scene.session.age == "minor":
        return nothing_kept(scene) or Turn(scene.session)
    if scene.loaded is None:
        return MEMORY
    session = _turned(scene)
    scene = scene.with_session(session)
    tracks = settled(session.tracks, known_days(scene), scene)
    scene = scene.with_session(replace(session, tracks=tracks))
    said = text("fresh-off")
    if session.wishes.fresh:
        said = text("progress-fresh", **named(fresh_day(session), scene.date()))
    return interject(scene, said, choices=(go("path-fresh"), go("lookback")))


def begun(scene: Scene, state: FlowState) -> Turn | Need:
    """Count from the day that was named on; a path that is there already only moves its start."""
    if scene.loaded is None:
        return MEMORY
    known = facts(state)
    since = past_day(known.get("since"), scene.date())
    if since is None:
        return _day_again(scene, state, "since")
    name = str(known.get("which") or known.get("which_else"))
    before = _again(_named(scene, name) or Track(name, since.isoformat()))
    asked = _number(known.get("most")) if known.get("limit") == "some" else 0
    most = asked if "limit" in known else before.most
    track = replace(before, since=since.isoformat(), most=most)
    return _done(scene, state, _with(scene, track))


def changed(scene: Scene, state: FlowState) -> Turn | Need:
    """Put what was answered into effect, and show where the paths stand now."""
    known = facts(state)
    do = str(known.get("do"))
    if do == "another":
        return begin_path(scene)
    if scene.loaded is None:
        return MEMORY
    if do == "fresh":
        turned = scene.with_session(_turned(scene))
        return _done(turned, state, turned.session.tracks)
    tracks = running(scene.session.tracks)
    name = str(known.get("which") or (tracks[0].name if tracks else ""))
    track = _named(scene, name)
    if track is None or track.ended:
        return interject(scene, text("path-not-counted"), choices=buttons())
    if do == "end" and known.get("sure") is not True:
        return close(scene, state)
    for asked in ("since", "first", "last"):
        if asked in known and past_day(known[asked], scene.date()) is None:
            return _day_again(scene, state, asked)
    return _done(scene, state, _with(scene, _CHANGES[do](track, known, scene.date())))


# --- the changes ------------------------------------------------------------------------------


def _start(track: Track, known: Mapping[str, Answer], today: date) -> Track:
    since = past_day(known.get("since"), today) or today
    return replace(track, since=since.isoformat())


def _earlier(track: Track, known: Mapping[str, Answer], today: date) -> Track:
    days = sorted(past_day(known.get(one), today) or today for one in ("first", "last"))
    span = f"{days[0].isoformat()}/{days[1].isoformat()}"
    spans = (*(one for one in track.earlier if one != span), span)
    return replace(track, earlier=spans[-MOST_SPANS:])


def _pause(track: Track, known: Mapping[str, Answer], today: date) -> Track:
    """Begin a pause today; where one lasts, end it with yesterday."""
    if track.paused():
        return _gone_on(track, today)
    return replace(track, pauses=(*track.pauses, f"{today.isoformat()}/")[-MOST_SPANS:])


def _gone_on(track: Track, day: date) -> Track:
    """Return `track` with a pause that lasts, if there is one, ended with the day before `day`."""
    lasting = next((one for one in track.pauses if one.endswith("/")), "")
    last = (day - _DAY).isoformat()
    ended = (f"{lasting}{last}",) if lasting and lasting[:-1] <= last else ()
    return replace(track, pauses=(*(one for one in track.pauses if one != lasting), *ended))


def _limit(track: Track, known: Mapping[str, Answer], today: date) -> Track:
    return replace(track, most=_number(known.get("most")))


def _end(track: Track, known: Mapping[str, Answer], today: date) -> Track:
    """Stop counting; earlier times, pauses and what was reached wait for another time."""
    return replace(track, ended=today.isoformat())


def _again(track: Track) -> Track:
    """Return `track` as one that is counted, with what it had when it ended."""
    if not track.ended:
        return track
    return replace(_gone_on(track, date.fromisoformat(track.ended)), ended="")


_CHANGES: Mapping[str, Callable[[Track, Mapping[str, Answer], date], Track]] = {
    "start": _start,
    "earlier": _earlier,
    "pause": _pause,
    "limit": _limit,
    "end": _end,
}


def _turned(scene: Scene) -> Session:
    """Return the session with a fresh page that begins today, or with all there is on it again.

    What was reached stays reached on either: no milestone is told twice.
    """
    session = scene.session
    fresh = "" if session.wishes.fresh else scene.today()
    return replace(session, wishes=replace(session.wishes, fresh=fresh))


def _number(answer: Answer) -> int:
    return answer if isinstance(answer, int) else 0


# --- what they share --------------------------------------------------------------------------


def past_day(answer: Answer, today: date) -> date | None:
    """Return the day that `answer` means, or None where it cannot be one that has been.

    A day of this year that is still to come, typed without a year, is last year's.
    """
    if not isinstance(answer, str):
        return None
    day = date.fromisoformat(answer)
    if day > today and day.year == today.year and (day.month, day.day) != (2, 29):
        day = day.replace(year=day.year - 1)
    return day if EARLIEST <= day <= today else None


def _day_again(scene: Scene, state: FlowState, asked: str) -> Turn:
    """Ask for a day again that is still to come, or too long ago."""
    flow = scene.library.flows[state.flow]
    answers = {name: given for name, given in state.answers.items() if name != asked}
    again = with_open(state, flow.step(asked), answers)
    return ask(scene, (*scene.session.flows, again), text("path-day-odd"))


def _named(scene: Scene, name: str) -> Track | None:
    """Return the path of that name, counted now or ended."""
    return next((one for one in scene.session.tracks if one.name == name), None)


def _with(scene: Scene, track: Track) -> tuple[Track, ...]:
    """Return the paths with `track` in the place of the one of its name, or at the end."""
    tracks = scene.session.tracks
    if _named(scene, track.name) is None:
        return *tracks, track
    return tuple(track if one.name == track.name else one for one in tracks)


def _done(scene: Scene, state: FlowState, tracks: tuple[Track, ...]) -> Turn:
    """Return a turn that keeps `tracks` and shows them; milestones they pass now are no news."""
    days = known_days(scene)
    tracks = settled(tracks, days, scene)
    session = replace(scene.session, tracks=tracks)
    scene = scene.with_session(session)
    flow = scene.library.flows[state.flow]
    body: tuple[Text, ...] = (words(flow, "closing-done", state),)
    body += page(tracks, days, scene).body if running(tracks) else (text("path-ended"),)
    message = Message(body, buttons())
    edits = isinstance(scene.event, Tapped) and scene.event.place.edits
    said: Effect = Edit(message, state.run) if edits else Say(message, state.run)
    return after(Turn(session, (said,)), resume(scene))


FEATURE = Feature(
    name="paths",
    commands={"path-begin": begin_path, "path-change": change_path, "path-fresh": fresh_page},
    endings={"pathbegin": begun, "pathchange": changed},
)
