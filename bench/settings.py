"""The product's settings with one address more: the bare view."""

from jobboard.settings import *  # noqa: F403 - all of them, unchanged

ROOT_URLCONF = "bench.urls"
