"""Tables of the code reference: releases, headings, codes, descriptors, sections, relations, modifiers."""

from codes.models.code import Code, Heading, Relation
from codes.models.release import Release
from codes.models.text import Descriptor, Modifier, Section

__all__ = ["Code", "Descriptor", "Heading", "Modifier", "Relation", "Release", "Section"]
