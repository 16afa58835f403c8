"""Tables of the code reference: releases, headings, codes, descriptors, sections, relations, modifiers, changes."""

from codes.models.code import Code, Heading, Relation
from codes.models.queryset import CodeQuerySet
from codes.models.release import Change, Release
from codes.models.text import Descriptor, Modifier, Section

__all__ = ["Change", "Code", "CodeQuerySet", "Descriptor", "Heading", "Modifier", "Relation", "Release", "Section"]
