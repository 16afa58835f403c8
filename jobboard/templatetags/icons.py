"""The tags of heroicons, each drawing drawn once in the life of a process: a list of jobs shows forty."""

from functools import cache

from django import template
from heroicons.templatetags import heroicons

register = template.Library()

for _style in ("micro", "mini", "outline", "solid"):
    _name = f"heroicon_{_style}"
    register.simple_tag(cache(getattr(heroicons, _name)), name=_name)
