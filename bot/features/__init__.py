"""What Alongside can do, one capability a file. A new one is a file and a line in `FEATURES`."""

from bot.features import (
    about,
    checkin,
    correction,
    forget,
    lookback,
    more,
    notes,
    noticed,
    ownquestions,
    pair,
    paths,
    progress,
    quiet,
    settings,
    smalltalk,
    welcome,
    why,
)
from bot.features.scene import Feature

FEATURES: tuple[Feature, ...] = (
    welcome.FEATURE,
    checkin.FEATURE,
    lookback.FEATURE,
    progress.FEATURE,
    paths.FEATURE,
    correction.FEATURE,
    pair.FEATURE,
    more.FEATURE,
    ownquestions.FEATURE,
    notes.FEATURE,
    about.FEATURE,
    settings.FEATURE,
    noticed.FEATURE,
    forget.FEATURE,
    why.FEATURE,
    smalltalk.FEATURE,
    quiet.FEATURE,
)
