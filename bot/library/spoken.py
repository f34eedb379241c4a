"""The sentences that code says by name, and what each may mention.

An operator's copy of the content that lacks one would fail in front of a person, perhaps as the
answer to "remove everything"; so the check refuses it at the start. A test holds this list to the
code: a key that is said and not here, or here and not said, fails it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.skills import CAUTIONS
from bot.features.nearest import ABROAD

_PLAIN = """
    welcome welcome-back welcome-back-open question menu help help-words
    privacy privacy-leave kept-checkins kept-no-checkins kept-words kept-no-words kept-nothing
    kept-before
    kept-minor kept-visitor erase-nothing erase-not erased-checkins erased-words only-in-private
    mydata mydata-none mydata-care mydata-coping mydata-practised mydata-exercises
    button-erase-hard
    mydata-who mydata-visitor mydata-no-files
    mydata-file-reading mydata-file-data mydata-file-care
    reading-gap reading-changed reading-partial reading-promise reading-question reading-track
    reading-open reading-care reading-pause reading-earlier reading-limit reading-fresh
    reading-ended
    reading-earned
    settings-changed settings-done nickname-not-here zone-none zone-fixed
    page-kept page-language page-where page-how page-checkins page-unasked page-done page-back
    page-pair page-more page-country page-zone page-day page-path page-nickname page-noname
    page-again
    forget-receipt stopped stop-kept stop-idle still-open resume-lead cannot-skip first-question
    nothing-open stale-tap unknown-command heard-nothing
    form-changed form-changed-kept closed-late closed-late-kept
    change-nothing change-not-asked note-off
    button-next button-skip button-back button-stop button-today button-yesterday
    button-yes-no-yes button-yes-no-no button-confirm-yes button-confirm-no
    store-down-again store-down-redelivered turn-failed answer-broken
    terminal-opening terminal-closing crisis-page
    terminal-checkin terminal-cope terminal-ask terminal-help
    terminal-hint terminal-hint-plain terminal-more terminal-more-above terminal-theme
    terminal-leave terminal-not-saved
    call-now-anywhere call-now-here button-rather-not button-care-elsewhere
    noticed-none noticed-erased
    help-why why-nothing why-gone why-visitor why-unreviewed why-lines why-abroad
    back-few back-none back-off back-minor back-kept-before back-no-picture
    progress-none progress-off progress-minor progress-silence
    path-day-odd path-not-counted path-ended fresh-off
    pair-on pair-off pair-needs-keeping more-needs-keeping more-is-on more-is-off questions-off
    notes-none notes-no-older notes-not-found button-older button-notes-remove
    hope-another
    hope-empty hope-box hope-no-older hope-off hope-not-here hope-minor button-hope-remove
    skills-yours skills-which skills-unwanted skills-left-out skills-none skills-further
    settings-cautions page-cautions button-cope-once button-cope-about
    plans-none plans-no-older own-more
    cope-which cope-nothing cope-kept cope-dropped cope-undropped cope-gone
    button-cope button-cope-again button-cope-keep button-cope-drop button-undrop
    reading-favourite reading-unwanted reading-left-out reading-hard reading-hard-on reading-rated
    reading-shown reading-last reading-practised reading-for reading-far reading-practice
    guide-heard guide-still guide-enough guide-stopped guide-closed scale-unsure guide-stuck
    reading-skill reading-before reading-after
    exercise-ending helps-title helps-how helps-none helps-off helps-minor these-how
    visitor-again visitor-unheard visitor-later helps-visitor exercise-visitor
    cope-enough pause-sure
    heard-you cannot-answer note-this-gone
    stop-choices stop-when-off switched-off switched-on
"""

_WEEK = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_COUNT = frozenset({"n", "of"})
_DATE = frozenset({"day", "month", "year"})
_WHERE = frozenset({"country", "clock", "weekday", "city", "starts"})
_HOW = frozenset({"path", "named", "name", "discreet"})

PLAN = frozenset({"situation", "situation_own", "response", "response_own"})
"""The halves of an if-then plan."""

COUNTED = _DATE | {"n"}
"""What the sentence that counts a kind of record may mention (`kind-<kind>`)."""

SPOKEN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN.split(), frozenset[str]()),
    "number": frozenset({"n"}),
    **dict.fromkeys((f"caution-{one}" for one in CAUTIONS), frozenset[str]()),
    "skills-for": frozenset({"state", "discreet"}),
    "left-out-first": frozenset({"caution"}),
    "exercise-closed": frozenset({"kept"}),
    "near-lines": frozenset({"number", "call"}),
    "exercise-evidence": frozenset({"tier"}),
    "cope-discreetly": frozenset({"state"}),
    "cope-offers": frozenset({"known", "new", "state"}),
    "cope-eased": frozenset({"state", "times", "of"}),
    "cope-waited": frozenset({"times", "of"}),
    "cope-no-more": frozenset({"times", "of"}),
    "helps-so": frozenset({"state", "times", "of", "change", "before", "after"}),
    "these-few": frozenset({"n"}),
    "these-unrated": frozenset({"tried", "tier"}),
    "these-wait": frozenset({"measured", "by"}),
    "plan-said": PLAN,
    "plan-met": PLAN | {"discreet"},
    "plans-line": PLAN | {"n"},
    "plans-remove": frozenset({"n"}),
    "guide-place": frozenset({"n", "of", "waits"}),
    "guide-takes": frozenset({"n"}),
    **dict.fromkeys(("guide-in", "guide-again", "guide-hold", "guide-out"), _COUNT),
    **dict.fromkeys(("guide-rest", "guide-left"), _COUNT),
    "abroad": frozenset(code.lower() for code in ABROAD),
    "call-now": frozenset({"number"}),
    "call-if-danger": frozenset({"number"}),
    "line": frozenset({"id", "service", "call", "option", "text", "word", "chat", "always"}),
    "terminal-hint-scale": frozenset({"highest"}),
    "terminal-saved": frozenset({"path"}),
    "noticed-some": frozenset({"n"}),
    "noticed-line": _DATE | {"weekday", "level"},
    "noticed-level": frozenset({"level"}),
    "noticed-notes": frozenset({"n"}),
    "why-from": frozenset({"part", "file", "place", "rest", "sources", "checked"}),
    "why-reviewed": frozenset({"who"}),
    "why-line": frozenset({"service", "source", "checked"}),
    "back-title": frozenset({"n", "discreet"}),
    "back-week": _DATE | _WEEK,
    "back-weekly": _DATE | {"means"},
    "back-better": frozenset({"what", "by", "discreet"}),
    "back-urges": frozenset({"met", "handled", "all", "discreet"}),
    "back-none-here": frozenset({"n"}),
    "back-path": frozenset({"on", "answered", "all", "which", "discreet"}),
    "chart-title": frozenset({"n"}),
    "chart-mood": frozenset({"discreet"}),
    "chart-pull": frozenset({"discreet"}),
    "path-name": frozenset({"which", "discreet"}),
    "progress-total": _DATE | {"total", "otherwise"},
    "progress-before": frozenset({"before", "total"}),
    "progress-longest": frozenset({"longest"}),
    "progress-last": frozenset({"n"}),
    "progress-limit": frozenset({"most"}),
    "progress-strength": frozenset({"share", "band"}),
    "progress-paused": _DATE,
    "progress-near": frozenset({"n", "years"}),
    "progress-stays": frozenset({"total", "n", "years"}),
    "progress-fresh": _DATE,
    "milestone": frozenset({"n", "years", "which", "discreet"}),
    "notes-narrow": frozenset({"n"}),
    "notes-line": frozenset({"weekday", "date", "note"}),
    "stop-when-paused": frozenset({"weekday", "date"}),
    "note-this-kept": frozenset({"today", "weekday"}),
    "paused": frozenset({"weekday", "date"}),
    "noticed-about": frozenset({"category"}),
    "welcome-back-name": frozenset({"name"}),
    "date-words": _DATE,
    "kind-other": _DATE | {"n", "name"},
    "mydata-open": frozenset({"n"}),
    "mydata-promises": frozenset({"n"}),
    "mydata-tracks": frozenset({"n"}),
    "mydata-settings": frozenset({"country", "name", "questions"}),
    "reading-state": frozenset({"state"}),
    "reading-how-far": frozenset({"far"}),
    "reading-age": frozenset({"age"}),
    "reading-title": _DATE,
    "reading-day": _DATE | {"weekday"},
    "settings-page": _WHERE | _HOW | {"language", "checkins", "words"},
    "settings-where": _WHERE,
    "settings-how": _HOW,
    "settings-checkins": frozenset({"pair", "more"}),
    "settings-unasked": _DATE | {"quiet"},
    "about-day": frozenset({"weekday"}),
    "form-changed": frozenset({"weekday"}),
    "form-changed-kept": frozenset({"weekday"}),
    "closed-late": frozenset({"weekday"}),
    "closed-late-kept": frozenset({"weekday"}),
}
"""Keys of the interface file and the crisis page, each with the placeholders it may have."""

RETRIES = frozenset({"lowest", "highest", "longest"})
"""What the sentences for a misheard answer may mention."""
