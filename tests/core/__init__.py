"""Tests of the pure core. Where CI is set, hypothesis tries the same examples every time."""

import os

from hypothesis import settings

settings.register_profile("alongside", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("alongside")
