"""ICD-10-CM from the files of its owners: the order file, with the Tabular List of the same release or alone.

The order file (layout: `codes.loaders.order_file`) says which codes exist, which of them are billable, and what they
are called; codes with a seventh character stand in full nowhere else. The Tabular List (layout:
`codes.loaders.icd10cm_tabular`) says under which chapter and block they stand, in which order, and what notes hold for
them. Both together are a whole release, and are compared: each must hold the codes of the other. An order file alone
brings the codes up to date; chapters, blocks, inclusion terms and notes stay as the Tabular List that was loaded last
states them, under its name. A Tabular List alone is refused.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from codes.loaders import bad_lines, fiscal_year, order_file
from codes.loaders.bad_lines import Found
from codes.loaders.bulk import checksum
from codes.loaders.icd10cm_tabular import Tabular, compare, version
from codes.loaders.layout import BadLine, Refused
from codes.loaders.merge import merge
from codes.loaders.order_file import Listed
from codes.loaders.outcome import FileRefused, Order, Outcome, RefusedLine
from codes.loaders.source import Source
from codes.loaders.staged import StagedCode, StagedDescriptor, StagedHeading, StagedRelease
from codes.loaders.trial import carry_out
from codes.models import Code, Heading, Release
from codes.systems import System

PAGE = "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html"


def load(paths: Sequence[Path], order: Order) -> Outcome:
    """Load an order file, and the Tabular List where it is there. Raises FileRefused, with nothing changed."""
    if order.amend:
        raise FileRefused(
            "Put the repaired lines back into the order file and load it whole: it replaces the release of its day."
        )
    return carry_out(order, lambda: _load([Source(path) for path in paths], order))


def _load(sources: Sequence[Source], order: Order) -> Outcome:
    tabulars = [source for source in sources if source.kind == ".xml"]
    listings = [source for source in sources if source.kind != ".xml"]
    if len(listings) != 1 or len(tabulars) > 1:
        raise FileRefused(
            "A release of ICD-10-CM is its order file, icd10cm_order_2027.txt, with or without its Tabular List in XML."
        )
    (listing,), tabular = listings, tabulars[0] if tabulars else None
    effective = _effective(listing, tabular, order)
    codes, bad = _listed(listing, order)
    kept = {System.ICD10CM.dotted(str(code)) for each in bad if each.key for code in each.key}
    year = fiscal_year.year_of(effective)
    staged = StagedRelease(
        system=System.ICD10CM,
        dataset=Release.Dataset.ICD10CM,
        version=f"FY{year} {effective:%B}",
        title="ICD-10-CM",
        owner="CDC, National Center for Health Statistics",
        effective=effective,
        last_day=date(year, 9, 30),
        file_name=", ".join(source.name for source in sources)[:200],
        checksum=checksum(sources),
        refused=len(bad),
        kept=kept,
        closes=all(each.key is not None for each in bad),
    )
    if tabular:
        Tabular(staged, codes).read(tabular)
        compare(staged, codes, listing.name, gaps=bool(bad))
    else:
        _arrange(staged, codes)
    _name(staged, codes)
    outcome = merge(staged, order.at, order.by)
    return Outcome(
        outcome.release, outcome.fresh, [RefusedLine(each.line, f"{each.column}: {each.reason}") for each in bad]
    )


def _effective(listing: Source, tabular: Source | None, order: Order) -> date:
    """Since when both hold. Raises FileRefused where they are of different releases, or name none."""
    year = version(tabular) if tabular else None
    told = {order_file.effective(listing)}
    if tabular:
        told.add(fiscal_year.day_in_name(tabular) or (fiscal_year.start(year) if year else None))
    days = {order.effective} if order.effective else {day for day in told if day}
    if not days:
        raise FileRefused(f"{listing.name} does not say since when it holds. Say it: --effective 2026-10-01.")
    if len(days) > 1:
        raise FileRefused(f"The files are of different releases: {', '.join(f'{day}' for day in sorted(days))}.")
    (day,) = days
    if tabular and year and year != fiscal_year.year_of(day):
        raise FileRefused(
            f"{tabular.name} is of fiscal year {year}, but {day:%B %-d, %Y} lies in {fiscal_year.year_of(day)}."
        )
    return day


def _listed(listing: Source, order: Order) -> tuple[dict[str, Listed], list[BadLine]]:
    """What the order file lists, by code. Raises FileRefused for bad lines, unless the order keeps the good ones."""
    codes: dict[str, Listed] = {}
    found = Found(listing)
    bad = found.lines
    for number, (line,) in order_file.lines(listing):
        found.row(number)
        code = order_file.code(line)
        try:
            stated = order_file.listed(line, System.ICD10CM.rules.pattern, "ICD-10-CM")
            if code in codes:
                raise Refused("columns 7-13, code", f"{code} is listed already")
            codes[code] = stated
        except Refused as refused:
            key = () if code in codes else (code,) if System.ICD10CM.rules.pattern.fullmatch(code) else None
            bad.append(BadLine(number, refused.column, refused.reason, key))
            if not order.keep_good and len(bad) > bad_lines.SHOWN:
                break
    bad_lines.settle([found], order)
    if not codes:
        raise FileRefused(f"{listing.name} holds no line of an order file: is it another file?")
    return codes, bad


def _name(staged: StagedRelease, codes: dict[str, Listed]) -> None:
    """Titles, and what is billable, as the order file has them; the short title is kept where it is another."""
    for row in staged.codes:
        listed = codes.get(row.code.replace(".", ""))
        if not listed:
            continue  # its line is bad, and the good ones are kept
        row.title, row.billable = listed.long, listed.billable
        staged.descriptors.append(StagedDescriptor(row.code, "long", listed.long))
        if listed.short != listed.long:
            staged.descriptors.append(StagedDescriptor(row.code, "short", listed.short))


def _arrange(staged: StagedRelease, codes: dict[str, Listed]) -> None:
    """Codes in their order, under the headings of the Tabular List that is loaded. Raises FileRefused without one."""
    staged.keeps_notes = True
    staged.headings = list(_loaded_headings())
    blocks = [(*row.label.partition("-")[::2], row.slug) for row in staged.headings if row.parent]
    if not blocks:
        raise FileRefused("No Tabular List is loaded yet. Load it together with the order file of the same release.")
    known = {
        code: (heading, synonyms)
        for code, heading, synonyms in Code.objects.filter(system=System.ICD10CM).values_list(
            "code", "heading__slug", "synonyms"
        )
    }
    headings: dict[str, str] = {}
    seen: set[str] = set()  # a code stands below those before it alone
    kept = {code.replace(".", "") for code in staged.kept if code in known}
    for listed in codes.values():
        code, category = System.ICD10CM.dotted(listed.code), listed.code[:3]
        heading, synonyms = known.get(code, ("", ""))
        if category not in headings:
            headings[category] = heading or _block(category, blocks)
        above = next((stem for stem in _shorter(listed.code) if stem in seen or stem in kept), None)
        if above and above not in seen:  # its line is bad; those below it stand below it all the same
            dotted = System.ICD10CM.dotted(above)
            staged.codes.append(StagedCode(dotted, "", headings[category]))
            seen.add(above)
        parent = System.ICD10CM.dotted(above) if above else None
        staged.codes.append(StagedCode(code, listed.long, headings[category], parent, synonyms=synonyms))
        seen.add(listed.code)


def _loaded_headings() -> Iterator[StagedHeading]:
    for heading in Heading.objects.filter(system=System.ICD10CM).select_related("parent").order_by("position"):
        parent = heading.parent.slug if heading.parent else None
        yield StagedHeading(heading.slug, heading.label, heading.title, parent)


def _block(category: str, blocks: Sequence[tuple[str, str, str]]) -> str:
    """The innermost block whose range holds a category."""
    for first, last, slug in reversed(blocks):
        if first <= category <= (last or first):
            return slug
    raise FileRefused(
        f"Category {category} stands in no block of the Tabular List that is loaded. Load that of the same release too."
    )


def _shorter(code: str) -> Iterator[str]:
    """The starts of a code, longest first, down to its category."""
    return (code[:end] for end in range(len(code) - 1, 2, -1))
