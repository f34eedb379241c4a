"""What a member may change, a page at a time: each shows how things are, and a tap changes them.

The pages' words and their values are content (`page-...`); every change can be asked for in words
too. What is kept has its page in kept.py, which exercises are left out in cautions.py, and which
clock runs in clock.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.core.asking import go
from bot.core.content import Library
from bot.core.effects import Choice, Need, Turn
from bot.core.flow import facts
from bot.core.heard import normalise
from bot.core.localtime import in_words, wall_clock, weekday
from bot.core.state import FlowState, Session, Wishes
from bot.core.text import Text, text
from bot.core.verdict import height
from bot.features import care, cautions, clock, kept, smalltalk
from bot.features.calendar import lives_by
from bot.features.nearest import LANGUAGES_OF
from bot.features.pages import DONE, back, button, form, show, without_forms
from bot.features.quiet import FOR_EVER
from bot.features.scene import Command, Feature, Scene, ask_again, interject, resume
from bot.features.welcome import introduce

STARTS: Mapping[str, int] = {"midnight": 0, "two": 2, "four": 4, "six": 6, "noon": 12}
"""When a day may begin: the option of the form, and the hour."""

# --- the pages --------------------------------------------------------------------------------


def settings(scene: Scene) -> Turn | Need:
    """Show all settings in a message of their own."""
    return main(scene, in_place=False)


def main(scene: Scene, *lead: Text, in_place: bool = True) -> Turn:
    """Show how everything is set, with a button for each group."""
    choices = (
        button(text("page-kept"), "set-kept"),
        button(text("page-language"), "language"),
        button(text("page-where"), "set-where"),
        button(text("page-how"), "set-how"),
        button(text("page-checkins"), "set-checkins"),
        button(text("page-unasked"), "set-unasked"),
        DONE,
    )
    return show(scene, *lead, overview(scene), choices=choices, in_place=in_place)


def overview(scene: Scene) -> Text:
    """Return how everything is set, a line for each."""
    return text("settings-page", **_where(scene), **_how(scene.session), **_keeping(scene.session))


def where(scene: Scene, *lead: Text) -> Turn:
    """Show where the member is, what time it is there and when their day begins."""
    choices = (
        button(text("page-country"), "country"),
        button(text("page-zone"), "zone"),
        button(text("page-day"), "day"),
        back(),
    )
    return show(scene, *lead, text("settings-where", **_where(scene)), choices=choices)


def how(scene: Scene, *lead: Text) -> Turn:
    """Show how the member is spoken to."""
    discreet = scene.session.wishes.discreet
    choices = (
        button(text("page-path"), "reason"),
        button(text("page-nickname"), "nickname"),
        _switch("discreet", discreet),
        button(text("page-cautions"), "set-cautions"),
        back(),
    )
    return show(scene, *lead, text("settings-how", **_how(scene.session)), choices=choices)


def of_checkins(session: Session) -> Text:
    """Return what comes with a check-in."""
    wishes = session.wishes
    return text("settings-checkins", pair=_said(wishes.pair), more=_said(wishes.more))


def of_unasked(scene: Scene) -> Text:
    """Return what is written without being asked."""
    for_ever = scene.session.wishes.quiet == FOR_EVER
    said = "off" if for_ever else _said(_is_quiet(scene))
    return text("settings-unasked", quiet=said, **_until(scene.session))


def checkins(scene: Scene, *lead: Text) -> Turn:
    """Show what comes with a check-in."""
    wishes = scene.session.wishes
    body = of_checkins(scene.session)
    choices = (
        _page_switch(text("page-pair"), "pair", wishes.pair),
        _page_switch(text("page-more"), "more", wishes.more),
        go("questions"),
        back(),
    )
    return show(scene, *lead, body, choices=choices)


def _page_switch(label: Text, what: str, on: bool) -> Choice:
    return Choice(label, f"go.set-{what}-{'off' if on else 'on'}", on)


def unasked(scene: Scene, *lead: Text) -> Turn:
    """Show what is written without being asked."""
    quiet = _is_quiet(scene)
    again = (button(text("page-again"), "set-again"),)
    leave = (go("pause"), go("off"))
    return show(scene, *lead, of_unasked(scene), choices=(*(again if quiet else leave), back()))


def _switch(what: str, on: bool) -> Choice:
    return Choice(text(f"button-{what}-on"), f"go.{what}-{'off' if on else 'on'}", on)


def done(scene: Scene) -> Turn:
    """Close the page, and go on with whatever is open."""
    scene = without_forms(scene)
    shown = show(scene, text("settings-done"))
    following = resume(scene)
    return Turn(following.session, (*shown.effects, *following.effects))


# --- how things are, in words -----------------------------------------------------------------


def _said(on: bool) -> str:
    return "yes" if on else "no"


def _where(scene: Scene) -> dict[str, str | int]:
    session = scene.session
    local = wall_clock(scene.event.at, session.zone)
    places = scene.library.places()
    return {
        "country": places.name(session.country, session.lang) if session.country else "none",
        "clock": f"{local:%H:%M}",
        "weekday": weekday(local.date()),
        "city": "none"
        if session.zone == "UTC" or session.zone.startswith("Etc/")
        else places.name(session.zone, session.lang),
        "starts": next((k for k, h in STARTS.items() if h == session.wishes.day_starts), "four"),
    }


def _how(session: Session) -> dict[str, str | int]:
    wishes = session.wishes
    return {
        "path": session.path,
        "named": _said(bool(wishes.nickname)),
        "name": wishes.nickname,
        "discreet": _said(wishes.discreet),
    }


def _keeping(session: Session) -> dict[str, str | int]:
    return {
        "language": session.lang,
        "checkins": _said(session.keep_checkins),
        "words": _said(session.keep_words),
    }


def _is_quiet(scene: Scene) -> bool:
    return scene.today() < scene.session.wishes.quiet


def _until(session: Session) -> dict[str, str]:
    """Return the day before which nothing is written unasked, for a sentence that names it."""
    try:
        day = date.fromisoformat(session.wishes.quiet)
    except ValueError:
        day = date.min
    return in_words(day)


# --- what a form is for -----------------------------------------------------------------------


def opens(flow: str) -> Command:
    """Return the command that opens the form `flow`."""
    return lambda scene: form(scene, flow)


def ask_country(scene: Scene, found: str = "no") -> Turn:
    """Ask for a country, with a button for those likely by language."""
    places = scene.library.places()
    likely = [code for code, spoken in LANGUAGES_OF.items() if scene.session.lang in spoken]
    choices = tuple(
        button(text("number", n=places.name(code, scene.session.lang)), f"set-in-{code.lower()}")
        for code in likely
    )
    return form(scene, "country", extra={"found": found}, choices=choices)


def ask_nickname(scene: Scene) -> Turn:
    """Ask what to call the member; a place that keeps no words keeps no name."""
    if not scene.event.place.keeps_text:
        return interject(scene, text("nickname-not-here"))
    remove = (button(text("page-noname"), "set-noname"),) if scene.session.wishes.nickname else ()
    return form(scene, "nickname", choices=remove)


def language_chosen(scene: Scene, state: FlowState) -> Turn:
    """Go on in the language that was chosen."""
    language = str(facts(state).get("language"))
    if language not in scene.library.languages:
        return main(scene)
    return main(scene.with_session(replace(scene.session, lang=language)), text("settings-changed"))


def path_chosen(scene: Scene, state: FlowState) -> Turn:
    """Go by the path that was chosen from now on."""
    path = state.answers.get("path")
    if not path:
        return how(scene)
    session = replace(scene.session, path=str(path))
    return how(scene.with_session(session), text("settings-changed"))


def day_chosen(scene: Scene, state: FlowState) -> Turn:
    """Let days begin at the hour that was chosen."""
    starts = STARTS.get(str(facts(state).get("starts")))
    if starts is None:
        return where(scene)
    session = lives_by(scene, day_starts=starts)
    return where(scene.with_session(session), text("settings-changed"))


def country_told(scene: Scene, state: FlowState) -> Turn:
    """Take the country that was typed, by name or code, in any language there is."""
    said = facts(state).get("country")
    if not isinstance(said, str):
        return where(scene)
    known = scene.library.places().countries
    code = known.get(clock.longest(normalise(said).split(), known), "")
    return in_country(code)(scene) if code else ask_country(scene, "nothing")


def in_country(code: str) -> Callable[[Scene], Turn]:
    """Return the command that makes `code` the member's country."""

    def run(scene: Scene) -> Turn:
        there = scene.with_session(replace(scene.session, country=code.upper()))
        zones = clock.distinct(scene.library.places().zones.get(code.upper(), ()), scene.event.at)
        if len(zones) == 1 and scene.session.zone == "UTC":
            there = clock.living(there, zones[0])  # nothing better was known
        return where(there, text("settings-changed"))

    return run


def zone_told(scene: Scene, state: FlowState) -> Turn | Need:
    """Take the city, or the time, that was typed."""
    said = facts(state).get("place")
    return clock.told(scene, said, clock_set) if isinstance(said, str) else where(scene)


def zone_confirmed(scene: Scene, state: FlowState) -> Turn | Need:
    """Take the clock that was read out, if it is right."""
    return clock.confirmed(scene, state, clock_set)


def clock_set(scene: Scene) -> Turn:
    """Show the clock that runs now; one without summer time is said to be that."""
    fixed = scene.session.zone.startswith("Etc/")
    return where(scene, text("zone-fixed" if fixed else "settings-changed"))


def nickname_told(scene: Scene, state: FlowState) -> Turn:
    """Take the name that was typed, as it is, but for spaces and line breaks around it.

    A cry for help is answered as one, and "I hate myself" is nobody's name either: it is heard.
    """
    said = facts(state).get("nickname")
    if not isinstance(said, str) or not scene.event.place.keeps_text:
        return how(scene)
    verdict = scene.library.screen(said, scene.session.lang)
    if height(verdict.level) >= height("distress"):
        return care.answer(scene, verdict)
    if len(said.split()) > 1 and (heard := smalltalk.in_passing(scene, said)):
        return how(scene, heard)
    wishes = replace(scene.session.wishes, nickname=" ".join(said.split()))
    return how(_wishing(scene, wishes), text("settings-changed"))


def _wishing(scene: Scene, wishes: Wishes) -> Scene:
    return scene.with_session(replace(scene.session, wishes=wishes))


def wish(change: Callable[[Wishes], Wishes], page: Callable[..., Turn]) -> Command:
    """Return the command that makes `change` to the wishes and shows `page`."""
    return lambda scene: page(
        _wishing(scene, change(scene.session.wishes)), text("settings-changed")
    )


def with_kept(command: Command, missing: Text) -> Command:
    """Return `command`, or the page with `missing` where no check-in is kept: it would be idle."""
    return lambda scene: command(scene) if scene.session.keep_checkins else checkins(scene, missing)


# --- buttons ----------------------------------------------------------------------------------

_PAGES: Mapping[str, Command] = {
    "main": main,
    "where": where,
    "how": how,
    "checkins": checkins,
    "unasked": unasked,
    "kept": kept.page,
    "cautions": cautions.page,
    "done": done,
    "noname": wish(lambda w: replace(w, nickname=""), how),
    "again": wish(lambda w: replace(w, quiet=""), unasked),
    "pair-on": with_kept(
        wish(lambda w: replace(w, pair=True), checkins), text("pair-needs-keeping")
    ),
    "pair-off": wish(lambda w: replace(w, pair=False), checkins),
    "more-on": with_kept(
        wish(lambda w: replace(w, more=True), checkins), text("more-needs-keeping")
    ),
    "more-off": wish(lambda w: replace(w, more=False), checkins),
}


def chosen(library: Library, name: str) -> Command | None:
    """Return the command of a button on a page: `set-` and a page, a country or a clock."""
    kind, _, rest = name.partition("-")
    if kind != "set":
        return None
    found = _PAGES.get(rest) or clock.chosen(rest, clock_set)
    if found is None and rest.startswith("in-"):
        code = rest.removeprefix("in-").upper()
        found = in_country(code) if code in library.places().countries.values() else None
    return found


def speak(language: str) -> Command:
    """Return the command that goes on in `language` from now on."""

    def go_on(scene: Scene) -> Turn:
        scene = scene.with_session(replace(scene.session, lang=language))
        return ask_again(scene) if scene.session.flows else introduce(scene)

    return go_on


def language_commands(languages: tuple[str, ...]) -> Mapping[str, Command]:
    """Return one command per language, "lang-en" and so on, for the languages content has."""
    return {f"lang-{one}": speak(one) for one in languages}


FEATURE = Feature(
    name="settings",
    commands={
        "settings": settings,
        "language": opens("language"),
        "country": ask_country,
        "zone": clock.ask_zone,
        "day": opens("day"),
        "reason": opens("path"),
        "nickname": ask_nickname,
        "discreet-on": wish(lambda w: replace(w, discreet=True), how),
        "discreet-off": wish(lambda w: replace(w, discreet=False), how),
    },
    endings={
        "language": language_chosen,
        "path": path_chosen,
        "day": day_chosen,
        "country": country_told,
        "zone": zone_told,
        "zone_sure": zone_confirmed,
        "nickname": nickname_told,
    },
)
