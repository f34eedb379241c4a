"""My path: the days a member counts, said so that a lapse zeroes nothing.

Belongs here: showing where each path stands, and telling a milestone once, also at the end of a
check-in. How a path is begun and changed is in paths.py. Without kept check-ins nothing is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.core.asking import go
from bot.core.days import Day, summaries
from bot.core.effects import Choice, Edit, Fact, Message, Need, Record, Say, Turn
from bot.core.progress import (
    QUIET_AFTER_LAPSE,
    YEAR,
    Progress,
    most_days,
    near,
    progress,
    reached,
    running,
)
from bot.core.state import MAIN, FlowState, Session, Track
from bot.core.text import Text, text
from bot.features.dates import named
from bot.features.scene import Feature, Scene, interject

MOST_FACTS = 10_000
MEMORY = Need(kinds=("checkin", "lapse"), newest=MOST_FACTS)

STAYS = timedelta(days=14)
"""For so long after a lapse the page says first what stays."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page about the paths says, and the paths with what was told noted in them."""

    body: tuple[Text, ...]
    tracks: tuple[Track, ...]


def show(scene: Scene) -> Turn | Need:
    """Show where every path stands, or how one is begun."""
    if off := nothing_kept(scene):
        return off
    tracks = scene.session.tracks
    if not running(tracks):
        return interject(scene, text("progress-none"), choices=(go("path-begin"), go("lookback")))
    if scene.loaded is None:
        return MEMORY
    shown = page(tracks, known_days(scene), scene)
    scene = scene.with_session(replace(scene.session, tracks=shown.tracks))
    return interject(scene, *shown.body, choices=buttons())


def buttons() -> tuple[Choice, ...]:
    """Return what the page leads on to."""
    return go("path-change"), go("lookback")


def nothing_kept(scene: Scene) -> Turn | None:
    """Say why no days are counted for this person, where none may be."""
    if scene.session.age == "minor":
        return interject(scene, text("progress-minor"))
    if not scene.session.keep_checkins:
        return interject(scene, text("progress-off"), choices=(go("settings"), go("privacy")))
    return None


def fresh_day(session: Session) -> date:
    """Return the day from which on things are shown; where all of them are, the first there is."""
    fresh = session.wishes.fresh
    return date.fromisoformat(fresh) if fresh else date.min


def known_days(scene: Scene, *records: Record) -> tuple[Day, ...]:
    """Return all days that are known, with `records` of this very turn among their facts."""
    corrected = {one.replaces for one in records}
    loaded = scene.loaded.facts if scene.loaded else ()
    facts = [fact for fact in loaded if fact.id not in corrected]
    facts += [Fact(one.id, one.kind, one.body, scene.event.at) for one in records]
    return summaries(facts)


# --- the page ---------------------------------------------------------------------------------


def page(tracks: tuple[Track, ...], days: Sequence[Day], scene: Scene) -> Page:
    """Return the page about `tracks`: new milestones, then each path, then what silence means."""
    today = scene.date()
    told, tracks = milestones(tracks, days, scene)
    body, quiet = list(told), _quiet(tracks, days, today)
    counted = running(tracks)
    for track in counted:
        where = progress(track, days, today, fresh_day(scene.session))
        body += _about(track, where, scene, several=len(counted) > 1, quiet=quiet)
    body.append(text("progress-silence"))
    if scene.session.wishes.fresh:
        body.append(text("progress-fresh", **named(fresh_day(scene.session), today)))
    return Page(tuple(body), tracks)


def _about(
    track: Track, where: Progress, scene: Scene, *, several: bool, quiet: bool
) -> list[Text]:
    today = scene.date()
    head = [path_name(track, scene)] if several else []
    body = [*head, *_figures(where, today)]
    if several:
        body[1] = replace(body[1], tight=True)
    if track.most:
        body.append(_line("progress-limit", most=track.most))
    if where.total:
        share = round(100 * where.strength)
        body.append(_line("progress-strength", share=share, band=_band(share)))
    if where.paused:
        body.append(Text("progress-paused", tuple(named(where.paused, today).items()), True))
    elif (coming := near(where.total)) and not quiet:
        body.append(_line("progress-near", n=coming, years=coming // YEAR))
    lately = where.last_off is not None and today - where.last_off <= STAYS
    shown = (
        0 if scene.session.wishes.fresh else track.earned
    )  # what a fresh page hides may be in it
    if where.total and (lately or shown > where.total):
        earned = 0 if shown == where.total else shown
        years = earned // YEAR
        body.append(_line("progress-stays", total=where.total, n=earned, years=years))
    return body


def _figures(where: Progress, today: date) -> list[Text]:
    """Return the days in words; a figure that would only repeat another is left out."""
    since = named(where.since, today)
    here = where.total - where.before
    body = [text("progress-total", total=here, otherwise=where.otherwise, **since)]
    if where.before:
        body.append(_line("progress-before", before=where.before, total=where.total))
    if where.longest < where.total:
        body.append(_line("progress-longest", longest=where.longest))
    if where.last_90 not in (where.total, here):
        body.append(_line("progress-last", n=where.last_90))
    return body


def _line(key: str, **args: str | int) -> Text:
    return replace(text(key, **args), tight=True)


def _band(share: int) -> str:
    bands = ("young", "growing", "steady", "strong")
    return bands[min(3, share // 25)]


def path_name(track: Track, scene: Scene) -> Text:
    """Return the name of a path, one that tells nothing where the member wants it so."""
    discreet = "yes" if scene.session.wishes.discreet else "no"
    return text("path-name", which=track.name, discreet=discreet)


# --- milestones -------------------------------------------------------------------------------


def milestones(
    tracks: tuple[Track, ...], days: Sequence[Day], scene: Scene
) -> tuple[tuple[Text, ...], tuple[Track, ...]]:
    """Return a line for each milestone reached and not told yet, and the paths with it noted.

    Soon after a lapse none is told; it waits.
    """
    today = scene.date()
    if _quiet(tracks, days, today):
        return (), tracks
    lines: list[Text] = []
    after: list[Track] = []
    for track in tracks:
        best = reached(progress(track, days, today, fresh_day(scene.session)).total)
        if best > track.earned and not track.ended:
            which = track.name if len(running(tracks)) > 1 else "only"
            discreet = "yes" if scene.session.wishes.discreet else "no"
            years = best // YEAR
            lines.append(text("milestone", n=best, years=years, which=which, discreet=discreet))
            track = replace(track, earned=best)
        after.append(track)
    return tuple(lines), tuple(after)


def settled(tracks: tuple[Track, ...], days: Sequence[Day], scene: Scene) -> tuple[Track, ...]:
    """Return `tracks` with what they reach now noted as told: no news, and nothing to cheer."""
    today, fresh = scene.date(), fresh_day(scene.session)
    best = (reached(progress(track, days, today, fresh).total) for track in tracks)
    return tuple(
        track if track.ended else replace(track, earned=max(track.earned, one))
        for track, one in zip(tracks, best, strict=True)
    )


def _quiet(tracks: Sequence[Track], days: Sequence[Day], today: date) -> bool:
    """Tell whether a lapse, on any path, is too near for cheer; no pause or fresh page hides it."""
    since = today - QUIET_AFTER_LAPSE
    if not any(track.name == MAIN for track in tracks) and any(
        one.said.get(MAIN) == "used" for one in days if one.day >= since
    ):
        return True
    bare = (replace(track, pauses=()) for track in tracks)
    lapses = (progress(track, days, today).last_off for track in bare)
    return any(last is not None and last >= since for last in lapses)


def marked(scene: Scene, state: FlowState, turn: Turn) -> Turn | Need:
    """Return `turn`, which closes a check-in, with a line more where it reaches a milestone."""
    if state.replaces or not _may_reach(scene):
        return turn
    if scene.loaded is None:
        return MEMORY
    records = [one for one in turn.effects if isinstance(one, Record)]
    days = known_days(scene, *records)
    lines, tracks = milestones(turn.session.tracks, days, scene)
    if not lines:
        return turn
    return Turn(replace(turn.session, tracks=tracks), _closed_with(turn, state.run, lines).effects)


def _may_reach(scene: Scene) -> bool:
    """Tell whether any path can be at a new milestone, before a single fact is read."""
    session, today = scene.session, scene.date()
    counted = running(session.tracks) if _counts(session) else ()
    fresh = fresh_day(session)
    return any(reached(most_days(one, today, fresh)) > one.earned for one in counted)


def _counts(session: Session) -> bool:
    return session.keep_checkins and session.age != "minor"


def _closed_with(turn: Turn, run: str, lines: tuple[Text, ...]) -> Turn:
    """Return `turn` with `lines` at the end of the closing of `run`."""
    effects = list(turn.effects)
    for place, effect in enumerate(effects):
        if isinstance(effect, Say | Edit) and effect.key == run:
            said = effect.message
            message = Message((*said.body, *lines), said.choices, said.columns, said.typed)
            effects[place] = replace(effect, message=message)
    return Turn(turn.session, tuple(effects))


FEATURE = Feature(name="progress", commands={"progress": show})
