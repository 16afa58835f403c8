"""What Medicare's physician fee schedule pays, step by step, in exact decimals and without a database.

Sources: the record layout RVU26A (formula, indicators, limiting charge) and the Medicare Claims Processing Manual
(Pub. 100-04), chapter 12: sections 20.4.6 (nonparticipating), 20.4.8 (assistants who are not physicians: 85%), 40.6 and
40.7 (multiple, endoscopic, bilateral surgery), 40.8 (co-surgeons 62.5%, teams by report), 50 (anesthesia).

Amounts are dollars, rounded half up to the cent at the end of each formula and never before; an amount that another
formula starts from (150% of a fee) is a fee schedule amount, and is rounded already. What is shown are allowed amounts:
no deductible, coinsurance, sequestration or incentive is in them, and an actual charge below one is what counts.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
LIMITING = Decimal("1.0925")  # 115% of the 95% that a nonparticipating physician is paid
NONPARTICIPATING = Decimal("0.95")
BY_RANK = (Decimal(1), Decimal("0.5"))  # the highest in full, each further one at half
BY_REPORT_AFTER = 5  # procedures by rank; what follows is priced by report
PROFESSIONAL_PART = Decimal("0.95")  # of each further diagnostic imaging procedure, since 2017
TECHNICAL_PART = {4: Decimal("0.50"), 6: Decimal("0.75"), 7: Decimal("0.80")}  # of each further one, by indicator
MINUTES_PER_UNIT = 15


class Step(NamedTuple):
    """One line of a calculation as a reader sees it: what, how, and what came out, in RVUs, units or dollars."""

    label: str
    formula: str
    value: Decimal
    dollars: bool = False

    @property
    def shown(self) -> str:
        """The value as a reader sees it."""
        return _dollars(self.value) if self.dollars else _short(self.value)


@dataclass(frozen=True)
class Payment:
    """A calculation. The last step holds its amount."""

    steps: tuple[Step, ...]

    @property
    def amount(self) -> Decimal:
        """Dollars, to the cent."""
        return self.steps[-1].value

    def then(self, label: str, formula: str, value: Decimal) -> "Payment":
        """The same with one more step, whose value is rounded to the cent."""
        return Payment((*self.steps, Step(label, formula, cents(value), dollars=True)))


class Units(NamedTuple):
    """Relative value units of a code in one setting, or the cost indices of a place."""

    work: Decimal
    practice: Decimal
    malpractice: Decimal


def cents(value: Decimal) -> Decimal:
    """Dollars to the cent, half a cent up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def fee(units: Units, indices: Units, factor: Decimal, cap: Units | None = None) -> Payment:
    """The fee schedule amount: (work x index + practice x index + malpractice x index) x conversion factor.

    `cap` are the RVUs by which the hospital rate limits imaging (Deficit Reduction Act of 2005, section 5102(b)); the
    lower of the two amounts counts.
    """
    steps = _geographic(units, indices)
    amount = steps[-1].value * factor
    words = f"{_short(steps[-1].value)} × {_dollars(factor)}"
    payment = Payment((*steps, Step("Fee", words, cents(amount), dollars=True)))
    if cap is None:
        return payment
    limit = cents(_geographic(cap, indices)[-1].value * factor)
    words = f"the lower of {_dollars(payment.amount)} and {_dollars(limit)}, the hospital rate"
    return payment.then("Cap on imaging", words, min(payment.amount, limit))


def reduced_therapy(units: Units, indices: Units, factor: Decimal) -> Payment:
    """The fee of a therapy unit after the first: its practice expense counts half (indicator 5)."""
    return fee(units._replace(practice=units.practice / 2), indices, factor)


def _geographic(units: Units, indices: Units) -> list[Step]:
    labels = ("Work", "Practice expense", "Malpractice")
    steps = [
        Step(label, f"{unit} RVU × {index} GPCI", unit * index)
        for label, unit, index in zip(labels, units, indices, strict=True)
    ]
    total = sum((step.value for step in steps), Decimal(0))
    return [*steps, Step("Adjusted RVUs", " + ".join(_short(step.value) for step in steps), total)]


def bilateral(one: Payment, indicator: int) -> Payment:
    """What both sides pay when reported with modifier 50, by the bilateral indicator. Applied before any ranking."""
    amount = one.amount
    if indicator == 1:
        return one.then("Bilateral", f"{_dollars(amount)} × 150%", amount * Decimal("1.5"))
    if indicator == 3:
        return one.then("Bilateral", f"{_dollars(amount)} for each side", amount * 2)
    words = "already valued for both sides" if indicator == 2 else "no adjustment for a second side"
    return one.then("Bilateral", f"{_dollars(amount)} × 100%: {words}", amount)


def assistant(surgeon: Payment, indicator: int, *, physician: bool = True) -> Payment:
    """What an assistant at surgery is paid: 16% (modifiers 80, 81, 82), or 85% of that for others (AS)."""
    if indicator not in (0, 2):
        return _unpaid(surgeon, "Assistant at surgery", "not paid for this procedure")
    share = Decimal("0.16") if physician else Decimal("0.16") * Decimal("0.85")
    words = f"{_dollars(surgeon.amount)} × {_percent(share)}"
    return surgeon.then("Assistant at surgery", words + _documented(indicator == 0), surgeon.amount * share)


def co_surgeon(surgeon: Payment, indicator: int) -> Payment:
    """What each of two surgeons is paid (modifier 62): 62.5%."""
    if indicator not in (1, 2):
        return _unpaid(surgeon, "Co-surgeon", "not permitted for this procedure")
    words = f"{_dollars(surgeon.amount)} × 62.5%"
    return surgeon.then("Co-surgeon", words + _documented(indicator == 1), surgeon.amount * Decimal("0.625"))


def team(surgeon: Payment, indicator: int) -> Payment | None:
    """What a surgeon of a team is paid (modifier 66): nothing where teams are not permitted; None: by report."""
    return None if indicator in (1, 2) else _unpaid(surgeon, "Team surgery", "not permitted for this procedure")


def nonparticipating(participating: Payment) -> Payment:
    """What Medicare allows a physician who does not participate: 95% of the fee."""
    words = f"{_dollars(participating.amount)} × 95%"
    return participating.then("Nonparticipating fee", words, participating.amount * NONPARTICIPATING)


def limiting_charge(participating: Payment) -> Payment:
    """The most that a nonparticipating physician may charge without assignment: 115% of 95% of the fee."""
    words = f"{_dollars(participating.amount)} × 109.25% (115% of 95%)"
    return participating.then("Limiting charge", words, participating.amount * LIMITING)


ANESTHESIA_SHARES = {
    "AA": Decimal(1),  # performed by the anesthesiologist
    "QZ": Decimal(1),  # CRNA without medical direction
    "QK": Decimal("0.5"),  # medical direction of two to four
    "QX": Decimal("0.5"),  # CRNA with medical direction
    "QY": Decimal("0.5"),  # medical direction of one CRNA
}


def anesthesia(base: int, minutes: int, factor: Decimal, modifier: str = "AA") -> Payment:
    """(base units + time units) x anesthesia factor; a time unit is 15 minutes, to one decimal place (section 50.G).

    Raises KeyError for a modifier that is paid otherwise, such as AD.
    """
    share = ANESTHESIA_SHARES[modifier]
    time = (Decimal(minutes) / MINUTES_PER_UNIT).quantize(Decimal("0.1"), ROUND_HALF_UP)
    units = base + time
    steps = (
        Step("Base units", "of the code", Decimal(base)),
        Step("Time units", f"{minutes} minutes ÷ {MINUTES_PER_UNIT}", time),
        Step("Units", f"{base} + {time}", units),
    )
    words = f"{units} × {_dollars(factor)}" + ("" if share == 1 else f" × {_percent(share)}, modifier {modifier}")
    return Payment((*steps, Step("Fee", words, cents(units * factor * share), dollars=True)))


@dataclass(frozen=True)
class Line:
    """One procedure of a claim, ready to be ranked with the others of the same patient, physician and day.

    `payment` is its own, bilateral rules applied. Endoscopies (indicator 3) name their base and its fee; tests of
    indicators 4, 6 and 7 the fees of their technical and professional parts, 0 where that part is not billed; therapy
    (indicator 5) the payment with half the practice expense, one line for each unit.
    """

    code: str
    payment: Payment
    indicator: int
    base: str = ""
    base_fee: Decimal = Decimal(0)
    family: str = ""  # of diagnostic imaging
    technical: Decimal = Decimal(0)
    professional: Decimal = Decimal(0)
    reduced: Payment | None = None


def multiple(lines: Sequence[Line]) -> list[Payment]:
    """What each line pays beside the others, in their order, by its multiple procedure indicator.

    Lines of indicators 0 and 9 are paid in full. From the sixth ranked procedure on payment is by report and not less
    than half; half is what is shown. Professional parts of imaging count by the rule since 2017. The practice expense
    of therapy is compared by what its reduction takes away.
    """
    found = {place: line.payment for place, line in enumerate(lines)}
    _surgery(lines, found)
    for indicator, share in TECHNICAL_PART.items():
        _diagnostic(lines, found, indicator, share)
    _therapy(lines, found)
    return [found[place] for place in range(len(lines))]


type _Found = dict[int, Payment]


def _surgery(lines: Sequence[Line], found: _Found) -> None:
    """Endoscopy families first, each then ranked as one procedure among the others (section 40.6)."""
    families = _families(lines)
    for places in families.values():
        _endoscopies(lines, places, found)
    in_family = {place for places in families.values() for place in places}
    alone = [[place] for place, line in enumerate(lines) if line.indicator in (2, 3) and place not in in_family]
    groups = [*families.values(), *alone]
    if len(groups) < 2:
        return
    groups.sort(key=lambda places: (-sum(found[place].amount for place in places), places[0]))
    for rank, places in enumerate(groups):
        share = BY_RANK[min(rank, 1)]
        report = "; by report from the sixth on, not less than this" if rank >= BY_REPORT_AFTER else ""
        for place in places:
            amount = found[place].amount
            words = f"rank {rank + 1}: {_dollars(amount)} × {_percent(share)}{report}"
            found[place] = found[place].then("Multiple procedures", words, amount * share)


def _families(lines: Sequence[Line]) -> dict[str, list[int]]:
    """Places of the endoscopies that share a base, with the base itself; families of one are no family."""
    families: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.indicator == 3 and line.base:
            families[line.base].append(place)
    for place, line in enumerate(lines):
        if line.code in families and not (line.indicator == 3 and line.base):
            families[line.code].append(place)
    return {base: places for base, places in families.items() if len(places) > 1}


def _endoscopies(lines: Sequence[Line], places: Sequence[int], found: _Found) -> None:
    """The highest in full, each other by what it is worth above the base, the base itself not at all."""
    scopes = [place for place in places if lines[place].indicator == 3]
    first = _ranked(scopes, lambda place: lines[place].payment.amount)[0]
    for place in places:
        line, amount = lines[place], lines[place].payment.amount
        if place not in scopes:
            found[place] = _unpaid(line.payment, "Endoscopy family", "the base is part of the others")
        elif place != first:
            words = f"{_dollars(amount)} - {_dollars(line.base_fee)}, the fee of the base {line.base}"
            found[place] = line.payment.then("Endoscopy family", words, max(amount - line.base_fee, Decimal(0)))


def _diagnostic(lines: Sequence[Line], found: _Found, indicator: int, share: Decimal) -> None:
    """Technical parts of one kind: the highest in full; so with the professional parts of imaging, apart from those."""
    of_kind = _grouped(lines, indicator)
    for places in of_kind:
        technical = _kept(places, lambda place: lines[place].technical, share)
        professional = _kept(
            places, lambda place: lines[place].professional, PROFESSIONAL_PART if indicator == 4 else Decimal(1)
        )
        for place in places:
            parts = (technical[place], professional[place])
            if any(part != 1 for part in parts):
                line = lines[place]
                words = (
                    f"technical {_dollars(line.technical)} × {_percent(parts[0])} "
                    f"+ professional {_dollars(line.professional)} × {_percent(parts[1])}"
                )
                amount = line.technical * parts[0] + line.professional * parts[1]
                found[place] = line.payment.then("Multiple tests", words, amount)


def _therapy(lines: Sequence[Line], found: _Found) -> None:
    """The unit with the highest practice expense in full, half the practice expense of each other."""
    units = [place for place, line in enumerate(lines) if line.indicator == 5 and line.reduced]
    saved = {
        place: lines[place].payment.amount - reduced.amount for place in units if (reduced := lines[place].reduced)
    }
    for place in _ranked(units, saved.__getitem__)[1:]:
        line = lines[place]
        if line.reduced:
            words = f"{_dollars(line.payment.amount)} - half of the practice expense, {_dollars(saved[place])}"
            found[place] = line.payment.then("Further unit of therapy", words, line.reduced.amount)


def _grouped(lines: Sequence[Line], indicator: int) -> list[list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.indicator == indicator:
            groups[line.family].append(place)
    return list(groups.values())


def _kept(places: Sequence[int], part: Callable[[int], Decimal], share: Decimal) -> dict[int, Decimal]:
    """Which share of a part each place keeps: the highest all of it."""
    first, *others = _ranked(places, part)
    return {first: Decimal(1)} | {place: share if part(place) else Decimal(1) for place in others}


def _ranked(places: Iterable[int], worth: Callable[[int], Decimal]) -> list[int]:
    """From the highest down; equals as they stand."""
    return sorted(places, key=lambda place: (-worth(place), place))


def _unpaid(payment: Payment, label: str, words: str) -> Payment:
    return payment.then(label, words, Decimal(0))


def _documented(needed: bool) -> str:
    return ", with documentation of medical necessity" if needed else ""


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


def _dollars(value: Decimal) -> str:
    return f"${value:,}"


def _short(value: Decimal) -> str:
    """RVUs to five places, as many as two and three decimals make."""
    return f"{value.normalize():f}"
