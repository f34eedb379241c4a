"""Looking back: the last 7, 30 or 90 days in words and numbers, and as a picture.

Never here: a count of days without an answer, another person's days, or a reason why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.asking import go
from bot.core.better import better, urges
from bot.core.chart import Chart, Series
from bot.core.days import KINDS, Day, between, summaries
from bot.core.effects import Attach, Choice, Edit, File, Message, Need, Say, Turn
from bot.core.events import Tapped
from bot.core.localtime import WEEKDAYS
from bot.core.progress import running, told
from bot.core.ranking import KIND as EXERCISE
from bot.core.state import MAIN, Track
from bot.core.text import Text, text
from bot.features import helps
from bot.features.dates import named
from bot.features.progress import fresh_day
from bot.features.scene import Command, Feature, Scene, after, interject, resume

SPANS = (7, 30, 90)
MONTH_FROM = 8
"""From so many days with an answer on, a month is shown at first; before that a week."""

ENOUGH = 3
MOST_FACTS = 2000
KEY = "lookback"
"""The message that the buttons for another span change."""

MEMORY = Need(kinds=(*KINDS, EXERCISE), newest=MOST_FACTS)


@dataclass(frozen=True, slots=True)
class View:
    """The days from `first` to `last` that something is known of, oldest first."""

    first: date
    last: date
    days: tuple[Day, ...]

    @property
    def span(self) -> int:
        """How many days there are from the first to the last."""
        return (self.last - self.first).days + 1


def look_back(scene: Scene) -> Turn | Need:
    """Show the last month, or the last week where little is known yet."""
    if scene.loaded is None:
        return MEMORY
    answered = sum(one.answered for one in _view(scene, 30).days)
    return _show(scene, 30 if answered >= MONTH_FROM else 7)


def over(span: int) -> Command:
    """Return the command that shows the last `span` days, in the same message where it can."""

    def show(scene: Scene) -> Turn | Need:
        return MEMORY if scene.loaded is None else _show(scene, span, in_place=True)

    return show


def drawn(span: int) -> Command:
    """Return the command that hands over a picture of the last `span` days."""

    def show(scene: Scene) -> Turn | Need:
        return MEMORY if scene.loaded is None else _picture(scene, span)

    return show


def _view(scene: Scene, span: int) -> View:
    """Return the last `span` days; none from before a fresh page."""
    today = scene.date()
    first = today - timedelta(days=span - 1)
    days = summaries(scene.loaded.facts if scene.loaded else ())
    seen = max(first, fresh_day(scene.session))
    return View(first, today, between(days, seen, today))


def _show(scene: Scene, span: int, *, in_place: bool = False) -> Turn:
    view = _view(scene, span)
    if not any(one.answered for one in view.days):
        return _nothing(scene, span, in_place=in_place)
    body = facts_in_words(scene, view)
    if not scene.session.keep_checkins:
        body = (*body, text("back-kept-before"))
    return _said(scene, Message(body, _choices(scene, span)), in_place=in_place)


def _said(scene: Scene, message: Message, *, in_place: bool) -> Turn:
    """Say `message` as the one that other spans change, or in the place of it."""
    if in_place and isinstance(scene.event, Tapped) and scene.event.place.edits:
        return Turn(scene.session, (Edit(message, KEY),))
    if scene.session.flows:
        return interject(scene, *message.body)
    return Turn(scene.session, (Say(message, KEY),))


def _choices(scene: Scene, span: int) -> tuple[Choice, ...]:
    others = tuple(go(f"back-{one}") for one in SPANS if one != span)
    path = (go("progress"),) if scene.session.keep_checkins else ()
    return (*others, go(f"back-pic-{span}"), *path)


def _nothing(scene: Scene, span: int, *, in_place: bool = False) -> Turn:
    """Say kindly why there is nothing to see, and how that can change."""
    session = scene.session
    if session.age == "minor":
        return interject(scene, text("back-minor"), choices=(go("checkin"),))
    if not session.keep_checkins:
        return interject(scene, text("back-off"), choices=(go("settings"), go("privacy")))
    known = [one for one in SPANS if any(day.answered for day in _view(scene, one).days)]
    others = tuple(go(f"back-{one}") for one in known)
    said = text("back-none-here", n=span) if known else text("back-none")
    return _said(scene, Message((said,), (go("checkin"), *others)), in_place=in_place)


def facts_in_words(scene: Scene, view: View) -> tuple[Text, ...]:
    """Return what is known of `view`: a strip of its days, then a few plain sentences."""
    body = [text("back-title", n=view.span, discreet=_discreet(scene))]
    body += _weeks(view) if view.span <= 30 else _weekly(view)
    if sum(one.answered for one in view.days) < ENOUGH:
        body.append(text("back-few"))
    else:
        body += (*_better(scene, view), *_urges(scene, view), *_path(scene, view))
    first = max(view.first, fresh_day(scene.session))
    return (*body, *helps.in_passing(scene, first.isoformat()))


def _discreet(scene: Scene) -> str:
    return "yes" if scene.session.wishes.discreet else "no"


def _by_week(days: Sequence[Day]) -> list[list[Day]]:
    """Return `days` in weeks that begin on Mondays, leaving out days with no number to show."""
    weeks: dict[date, list[Day]] = {}
    for one in days:
        if one.mood is not None or one.pull is not None:
            monday = one.day - timedelta(days=one.day.weekday())
            weeks.setdefault(monday, []).append(one)
    return [weeks[monday] for monday in sorted(weeks)]


def _weeks(view: View) -> list[Text]:
    """Return a line for each week: its days by name, with mood, and the pull in brackets."""
    lines = []
    for week in _by_week(view.days):
        shown: dict[str, str | int] = dict.fromkeys(WEEKDAYS, "none")
        for one in week:
            end = "" if one is week[-1] else ","
            shown[WEEKDAYS[one.day.weekday()]] = _numbers(one.mood, one.pull) + end
        when = named(week[0].day, view.last)
        lines.append(Text("back-week", (*when.items(), *shown.items()), tight=True))
    return lines


def _weekly(view: View) -> list[Text]:
    """Return one line with the means of each week."""
    weeks = _by_week(view.days)
    if not weeks:
        return []
    means = ", ".join(
        _numbers(_mean([d.mood for d in week]), _mean([d.pull for d in week])) for week in weeks
    )
    when = named(weeks[0][0].day, view.last)
    return [Text("back-weekly", (*when.items(), ("means", means)), tight=True)]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [one for one in values if one is not None]
    return sum(known) / len(known) if known else None


def _numbers(mood: float | None, pull: float | None) -> str:
    shown = "–" if mood is None else str(rounded(mood))
    return shown if pull is None else f"{shown} ({rounded(pull)})"


def rounded(value: float) -> int:
    """Return `value` as a whole number, halves upwards."""
    return int(value + 0.5)


def _better(scene: Scene, view: View) -> list[Text]:
    found = better(view.days)
    if found is None:
        return []
    discreet = _discreet(scene)
    unsaid = {MAIN: "kept", "pull": "low"} if discreet == "yes" else {}
    what = unsaid.get(found.what, found.what)
    return [text("back-better", what=what, by=rounded(found.by), discreet=discreet)]


def _urges(scene: Scene, view: View) -> list[Text]:
    """Tell of urges that were handled; where none was, there is nothing to say."""
    met = urges(view.days)
    if not met.handled:
        return []
    every, discreet = "yes" if met.handled == met.met else "no", _discreet(scene)
    return [text("back-urges", met=met.met, handled=met.handled, all=every, discreet=discreet)]


def _path(scene: Scene, view: View) -> list[Text]:
    """Tell for each path how many of the days with an answer for it were on it.

    The main path comes first; another one is always named. Where none is counted, someone who came
    to stop is on the main path.
    """
    tracks = sorted(running(scene.session.tracks), key=lambda one: one.name != MAIN)
    if not tracks and scene.session.path == "stop":
        tracks = [Track(MAIN, view.first.isoformat())]
    days, fresh = summaries(scene.loaded.facts if scene.loaded else ()), fresh_day(scene.session)
    lines = []
    for track in tracks:
        answered = told(track, days, view.last, fresh)
        known = [on for day, on in answered.items() if day >= view.first]
        which = "only" if len(tracks) == 1 and track.name == MAIN else track.name
        if any(known):
            every, discreet = "yes" if all(known) else "no", _discreet(scene)
            said: dict[str, str | int] = {"all": every, "which": which, "discreet": discreet}
            lines.append(text("back-path", on=sum(known), answered=len(known), **said))
    return lines


# --- as a picture -----------------------------------------------------------------------------


def _picture(scene: Scene, span: int) -> Turn:
    """Hand over a picture of the days with its facts in words; where no file fits, those alone."""
    view = _view(scene, span)
    if not any(one.answered for one in view.days):
        return _nothing(scene, span)
    body = facts_in_words(scene, view)
    if not scene.event.place.files:
        return interject(scene, text("back-no-picture"), *body)
    file = File("picture", f"{span}-days.png", chart=chart(scene, view))
    turn = Turn(scene.session, (Attach(Message(body), file),))
    return after(turn, resume(scene)) if scene.session.flows else turn


def chart(scene: Scene, view: View) -> Chart:
    """Return mood and pull of each day in `view`, None where there is none."""
    by_day = {one.day: one for one in view.days}
    days = [by_day.get(view.first + timedelta(days=n)) for n in range(view.span)]
    moods = (rounded(d.mood) if d and d.mood is not None else None for d in days)
    pulls = (d.pull if d else None for d in days)
    discreet = _discreet(scene)
    return Chart(
        title=text("chart-title", n=view.span),
        first=view.first.isoformat(),
        last=view.last.isoformat(),
        series=(
            Series(text("chart-mood", discreet=discreet), tuple(moods)),
            Series(text("chart-pull", discreet=discreet), tuple(pulls)),
        ),
    )


FEATURE = Feature(
    name="lookback",
    commands={
        "lookback": look_back,
        **{f"back-{span}": over(span) for span in SPANS},
        **{f"back-pic-{span}": drawn(span) for span in SPANS},
    },
)
