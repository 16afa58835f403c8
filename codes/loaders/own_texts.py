"""Brings our own texts into the tables: titles, facts, sections, relations and modifiers, in one transaction.

What a public-domain release states of a code is never touched (`codes.loaders.merge` writes that). A code that only our
texts know is listed by their release and goes when its file goes; our wording is never an official descriptor.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from codes.loaders import mentions, told_apart
from codes.loaders.headings import merge_headings, path_slug, settle
from codes.loaders.outcome import FileRefused, Outcome
from codes.loaders.own_format import OwnModifier, OwnText, read_code, read_modifiers
from codes.loaders.staged import StagedHeading
from codes.markup import plain, render
from codes.models import Change, Code, Distinction, Mention, Modifier, Relation, Release, Section
from codes.sections import SECTION_KINDS
from codes.systems import HCPCS_GROUPS, System

CONTENT = Path(__file__).resolve().parent.parent / "content"
SYSTEMS = (System.CPT, System.HCPCS)

_NAMED_CODE = re.compile(
    r"(?<![\w.\-/])(?:[0-9]{4}[0-9A-Z]|[A-V][0-9]{4}|[A-Z][0-9A][0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?![\w/])"
)


def load(at: datetime, folder: Path = CONTENT) -> Outcome:
    """Load the texts of a folder. The same texts again change nothing. Raises FileRefused, naming file and line."""
    digest = checksum(folder)
    current = Release.objects.filter(dataset=Release.Dataset.OWN_TEXTS).order_by("-loaded_at", "-pk").first()
    if current and current.checksum == digest:
        return Outcome(current, fresh=False)
    texts = [read_code(path, system) for system in SYSTEMS for path in sorted((folder / system).glob("*.md"))]
    modifiers = read_modifiers(folder / "modifiers.toml") if (folder / "modifiers.toml").exists() else []
    distinctions = told_apart.read(folder / told_apart.FILE)
    if not texts:
        raise FileRefused(f"{folder} holds no texts: it needs folders cpt and hcpcs with one .md file per code.")
    return _merge(texts, modifiers, distinctions, digest, at)


def checksum(folder: Path) -> str:
    """SHA-256 over the names and contents of all files of our own texts."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*/*.md"), *folder.glob("*.toml")]):
        digest.update(f"{path.relative_to(folder)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@transaction.atomic
def _merge(
    texts: list[OwnText], modifiers: list[OwnModifier], distinctions: list[Distinction], digest: str, at: datetime
) -> Outcome:
    with connection.cursor() as cursor:
        # Two loads at once would both find the texts new: the second waits here for the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('codes.load:own-texts'))")
    current = Release.objects.filter(dataset=Release.Dataset.OWN_TEXTS).order_by("-loaded_at", "-pk").first()
    if current and current.checksum == digest:
        return Outcome(current, fresh=False)
    written = max([*(text.written for text in texts), *(pair.written for pair in distinctions)])
    release, _ = Release.objects.update_or_create(
        dataset=Release.Dataset.OWN_TEXTS,
        checksum=digest,
        defaults={
            "version": written.isoformat(),
            "title": f"{settings.SITE_NAME} reference texts",
            "owner": settings.SITE_NAME,
            "effective": written,
            "file_name": "codes/content",
            "rows": len(texts) + len(modifiers) + len(distinctions) // 2,
            "loaded_at": at,
        },
    )
    _OwnMerge(texts, release, at, first=current is None).run()
    _merge_modifiers(modifiers, release)
    Distinction.objects.all().delete()
    Distinction.objects.bulk_create(distinctions)
    return Outcome(release, fresh=True)


class _OwnMerge:
    """One load of all texts."""

    def __init__(self, texts: list[OwnText], release: Release, at: datetime, *, first: bool) -> None:
        self.texts = {(text.system, text.code): text for text in texts}
        self.release = release
        self.at = at
        self.first = first
        self.changes: dict[tuple[int, str], str] = {}  # code id and kind: note
        self.codes: dict[tuple[System, str], Code] = {}

    def run(self) -> None:
        headings = {system: merge_headings(system, self.headings(system), self.release) for system in SYSTEMS}
        self.drop_gone()
        self.write_codes(headings)
        self.write_sections()
        self.write_relations()
        mentions.follow()
        for system in SYSTEMS:
            settle(system)
        self.tell()

    def headings(self, system: System) -> list[StagedHeading]:
        """The headings that the paths of the texts name, each after the one above it."""
        staged: dict[str, StagedHeading] = {}
        for text in sorted((text for text in self.texts.values() if text.system is system), key=lambda t: t.code):
            above = None
            for depth, name in enumerate(text.path, start=1):
                slug = heading_slug(text, depth)
                label = text.code[0] if system is System.HCPCS else ""
                staged.setdefault(slug, StagedHeading(slug, label, name, above))
                above = slug
        return list(staged.values())

    def drop_gone(self) -> None:
        """Codes whose file is gone: those that nothing loaded lists or names go, the others lose our words."""
        named = set(Mention.objects.values_list("code", flat=True))
        for code in Code.objects.filter(system__in=SYSTEMS).exclude(own_title="").select_related("release"):
            if (System(code.system), code.code) in self.texts:
                continue
            if code.release.own and not (code.system == System.CPT and code.code in named):
                code.delete()
                continue
            Section.objects.filter(code=code).exclude(state=Section.State.OFFICIAL).delete()
            Relation.objects.filter(code=code).exclude(kind=Relation.Kind.REPLACEMENT).delete()
            code.own_title = code.gist = code.unit = ""
            code.flags, code.specialties, code.places, code.modifiers = [], [], [], []
            code.save()

    def write_codes(self, headings: dict[System, dict[str, int]]) -> None:
        known = Code.objects.filter(system__in=SYSTEMS, code__in=[code for _, code in self.texts])
        self.codes = {(System(code.system), code.code): code for code in known.select_related("release")}
        fresh = []
        for key, text in self.texts.items():
            code = self.codes.get(key)
            if code is None:
                code = self.codes[key] = Code(system=text.system, code=text.code, position=0, release=self.release)
                fresh.append(code)
            self.describe(code, text, headings[text.system][heading_slug(text, len(text.path))])
        Code.objects.bulk_create(fresh)
        for code in fresh:
            self.changes[code.pk, Change.Kind.ADDED] = ""
        Code.objects.bulk_update(
            [code for code in self.codes.values() if code not in fresh],
            ["own_title", "heading", "flags", "edition", "introduced", "valid_from", "valid_to", "unit", "specialties",
             "places", "modifiers", "gist", "release"],
        )  # fmt: skip

    def describe(self, code: Code, text: OwnText, heading: int) -> None:
        """Set what our text states; dates, edition and place only where no owner's release states them."""
        code.own_title, code.unit, code.introduced = text.title, text.unit, text.introduced
        code.flags, code.specialties, code.places = text.flags, text.specialties, text.places
        code.modifiers = text.modifiers
        code.gist = plain(render(text.sections["common-language"]))
        if code.release.own or code.system == System.CPT:  # no public file states anything of a code of CPT
            code.release, code.edition, code.heading_id = self.release, text.edition, heading
            code.valid_from, code.valid_to = text.valid_from, text.valid_to
        if code.pk is None:
            code.changed_at = self.at

    def write_sections(self) -> None:
        own = Section.objects.filter(code__system__in=SYSTEMS).exclude(state=Section.State.OFFICIAL)
        old = {(section.code_id, section.kind): section for section in own}
        linkable = self.linkable()
        fresh: list[Section] = []
        for key, text in self.texts.items():
            code = self.codes[key]
            touched = {kind for code_id, kind in old if code_id == code.pk} - set(text.sections)
            for kind, body in text.sections.items():
                before = old.get((code.pk, kind))
                if before is None or before.text != body:
                    touched.add(kind)
                fresh.append(self.section(code, kind, body, text, linkable))
            if touched:
                names = ", ".join(SECTION_KINDS[kind].heading for kind in SECTION_KINDS if kind in touched)
                self.changes.setdefault((code.pk, Change.Kind.TEXTS), names)
        own.delete()
        Section.objects.bulk_create(fresh)

    def section(self, code: Code, kind: str, body: str, text: OwnText, linkable: dict[str, str]) -> Section:
        html = _NAMED_CODE.sub(lambda match: _link(match[0], linkable, code.code), render(body))
        return Section(
            code=code,
            kind=kind,
            text=body,
            html=html,
            author=text.author,
            written=text.written,
            reviewer=text.reviewer,
            reviewed=text.reviewed,
            state=text.state,
            release=self.release,
        )

    def linkable(self) -> dict[str, str]:
        """The address of each code that the texts name and that has a page here."""
        named = {name for text in self.texts.values() for body in text.sections.values() for name in _names(body)}
        codes = Code.objects.filter(code__in=named).only("system", "code")
        return {code.code: code.get_absolute_url() for code in codes}

    def write_relations(self) -> None:
        ours = Relation.objects.filter(code__system__in=SYSTEMS).exclude(kind=Relation.Kind.REPLACEMENT)
        ours.delete()
        Relation.objects.bulk_create(
            Relation(
                code=self.codes[key], kind=kind, target_system=_system(target), target_code=target, position=position
            )
            for key, text in self.texts.items()
            for kind, targets in (
                (Relation.Kind.RELATED, text.related),
                (Relation.Kind.PRIMARY, text.primary),
                (Relation.Kind.CROSSWALK, text.crosswalk),
            )
            for position, target in enumerate(targets)
        )

    def tell(self) -> None:
        """Record what changed, but for the first load, in which nothing was there to change."""
        added = {pk for pk, kind in self.changes if kind == Change.Kind.ADDED}
        touched = {pk for pk, _ in self.changes}
        Code.objects.filter(pk__in=touched).update(changed_at=self.at)
        if self.first:
            return
        Change.objects.bulk_create(
            Change(code_id=pk, release=self.release, kind=kind, note=note[:300], at=self.at)
            for (pk, kind), note in self.changes.items()
            if kind == Change.Kind.ADDED or pk not in added
        )


def heading_slug(text: OwnText, depth: int) -> str:
    """The slug of the heading at some depth of a text's path; HCPCS groups go by their letter."""
    if text.system is System.HCPCS and text.code[0] in HCPCS_GROUPS:
        return text.code[0].lower()
    return path_slug(text.path[:depth])


def _names(body: str) -> Iterable[str]:
    return _NAMED_CODE.findall(body)


def _link(name: str, linkable: dict[str, str], itself: str) -> str:
    return f'<a href="{linkable[name]}">{name}</a>' if name in linkable and name != itself else name


def _system(code: str) -> System:
    return next(system for system in System if system.normalize(code) == code)


def _merge_modifiers(modifiers: list[OwnModifier], release: Release) -> None:
    """Write our words on modifiers; one that we no longer describe keeps what an owner's release states, or goes."""
    codes = [modifier.code for modifier in modifiers]
    gone = Modifier.objects.exclude(code__in=codes)
    gone.filter(official_title="").delete()
    gone.update(own_title="", text="", ncci=False)
    Modifier.objects.bulk_create(
        [
            Modifier(
                system=modifier.system,
                code=modifier.code,
                own_title=modifier.title,
                text=modifier.text,
                ncci=modifier.ncci,
                release=release,
            )
            for modifier in modifiers
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["own_title", "text", "ncci"],
    )
