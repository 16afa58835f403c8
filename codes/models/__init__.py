"""Tables of the code reference: releases, codes and what is said of them, Medicare's edits and fees; what a
person keeps of codes for themselves."""

from codes.models.code import Code, Distinction, Heading, Relation
from codes.models.coverage import CoverageCode, CoverageDocument
from codes.models.dated import Dated
from codes.models.edits import AddOnEdit, Mue, PtpEdit, Rationale, Setting
from codes.models.fees import (
    AnesthesiaFactor,
    AnesthesiaUnits,
    Gpci,
    LocalityAmount,
    LocalityCounties,
    PlaceOfService,
    RelativeValue,
)
from codes.models.hcpcs import HcpcsIndicators, ProcessingNote
from codes.models.index import IndexEntry, IndexTable
from codes.models.licensed import License, LicenseAcceptance, LicensedDescriptor
from codes.models.mention import Mention
from codes.models.own import Favorite, Folder, PrivateNote, Reading, ReadingOff
from codes.models.pcs import PcsCode
from codes.models.queryset import CodeQuerySet
from codes.models.release import Change, Release
from codes.models.text import Descriptor, FormerListing, Modifier, Section

__all__ = [
    "AddOnEdit",
    "AnesthesiaFactor",
    "AnesthesiaUnits",
    "Change",
    "Code",
    "CodeQuerySet",
    "CoverageCode",
    "CoverageDocument",
    "Dated",
    "Descriptor",
    "Distinction",
    "Favorite",
    "Folder",
    "FormerListing",
    "Gpci",
    "HcpcsIndicators",
    "Heading",
    "IndexEntry",
    "IndexTable",
    "License",
    "LicenseAcceptance",
    "LicensedDescriptor",
    "LocalityAmount",
    "LocalityCounties",
    "Mention",
    "Modifier",
    "Mue",
    "PcsCode",
    "PlaceOfService",
    "PrivateNote",
    "ProcessingNote",
    "PtpEdit",
    "Rationale",
    "Reading",
    "ReadingOff",
    "Relation",
    "RelativeValue",
    "Release",
    "Section",
    "Setting",
]
