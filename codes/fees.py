"""What a code pays on a date of service, in a locality and a setting, from the releases that hold on that day.

The arithmetic is `codes/payment.py`; here are the rows it is done with, and which of them counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet

from codes.models import AnesthesiaFactor, Gpci, LocalityAmount, LocalityCounties, RelativeValue
from codes.models.fees import PcTc, Status
from codes.payment import Line, Payment, fee, reduced_therapy

NATIONAL = Gpci(name="National", work=Decimal(1), pe=Decimal(1), malpractice=Decimal(1))  # before any locality
COMPONENTS = ("26", "TC", "53")  # modifiers that have a row of their own


@dataclass(frozen=True)
class Terms:
    """Where, in which setting and for whom a fee is asked."""

    place: Gpci
    facility: bool
    qpp: bool = False


class CodeFees:
    """The fees of one code, such as "45385", on a date of service.

    `known` are rows that were read already, by `with_base`: then nothing is asked of the database.
    """

    def __init__(self, code: str, on: date, known: Sequence[RelativeValue] | None = None) -> None:
        self.code, self.on, self.known = code, on, known

    @cached_property
    def rows(self) -> list[RelativeValue]:
        """Its rows of the physician fee schedule, the whole service first; none where no release holds it."""
        if self.known is not None:
            return [row for row in self.known if row.code == self.code]
        rows = RelativeValue.objects.on(self.on).filter(code=self.code).select_related("release")
        return list(rows.order_by("modifier", "qpp"))

    def row(self, modifier: str = "", *, qpp: bool = False) -> RelativeValue | None:
        """The row that counts for a modifier; years before 2026 have one for all participants."""
        wanted = modifier if modifier in COMPONENTS else ""
        found = [row for row in self.rows if row.modifier == wanted]
        return next((row for row in found if row.qpp == qpp), found[0] if found else None)

    def fee(self, terms: Terms, modifier: str = "") -> Payment | None:
        """The fee with its steps; None where no fee follows from relative values."""
        row = self.row(modifier, qpp=terms.qpp)
        if row is None or not row.paid:
            return None
        units, cap = row.units(facility=terms.facility), row.cap(facility=terms.facility)
        return fee(units, terms.place.indices, row.conversion_factor, cap)

    def published(self, place: Gpci, modifier: str = "") -> LocalityAmount | None:
        """The amount that CMS publishes for the place, which contractor-priced codes have alone."""
        amounts = LocalityAmount.objects.at(place.contractor, place.locality).on(self.on)
        found: LocalityAmount | None = amounts.filter(code=self.code, modifier=modifier).first()
        return found

    @property
    def contractor_priced(self) -> bool:
        """Whether each contractor sets the amount."""
        return any(row.status == Status.CONTRACTOR for row in self.rows)

    def line(self, terms: Terms, modifier: str = "") -> Line | None:
        """The code as a line of a claim, to be ranked with others; None where it has no fee."""
        row, payment = self.row(modifier, qpp=terms.qpp), self.fee(terms, modifier)
        if row is None or payment is None:
            return None
        base = CodeFees(row.endoscopic_base, self.on, self.known).fee(terms) if row.endoscopic_base else None
        technical, professional = self._parts(terms, row, payment.amount)
        return Line(
            self.code,
            payment,
            row.multiple_procedure,
            base=row.endoscopic_base if base else "",
            base_fee=base.amount if base else Decimal(0),
            family=row.imaging_family,
            technical=technical,
            professional=professional,
            reduced=reduced_therapy(row.units(facility=terms.facility), terms.place.indices, row.conversion_factor),
        )

    def _parts(self, terms: Terms, row: RelativeValue, amount: Decimal) -> tuple[Decimal, Decimal]:
        """The technical and the professional part of a row's fee; 0 for a part that it does not have."""
        if row.modifier == "TC" or row.pc_tc == PcTc.TECHNICAL_ONLY:
            return amount, Decimal(0)
        if row.modifier == "26" or row.pc_tc == PcTc.PROFESSIONAL_ONLY:
            return Decimal(0), amount
        technical, professional = self.fee(terms, "TC"), self.fee(terms, "26")
        if row.pc_tc != PcTc.DIAGNOSTIC or technical is None or professional is None:
            return Decimal(0), Decimal(0)
        return technical.amount, professional.amount


def with_base(code: str, on: date) -> QuerySet[RelativeValue]:
    """The rows of a code and of its endoscopic base on a day, in the order of `CodeFees.rows`."""
    rows: QuerySet[RelativeValue] = RelativeValue.objects.on(on)
    base = rows.filter(code=code).exclude(endoscopic_base="").values("endoscopic_base")
    return rows.filter(Q(code=code) | Q(code__in=base)).order_by("modifier", "qpp")


def anesthesia_factor(place: Gpci, on: date, *, qpp: bool = False) -> AnesthesiaFactor | None:
    """The anesthesia conversion factor of a place; years before 2026 have one for all participants."""
    factors = AnesthesiaFactor.objects.at(place.contractor, place.locality).on(on)
    found: AnesthesiaFactor | None = factors.filter(qpp__in={qpp, False}).order_by("-qpp").first()
    return found


def places(on: date) -> list[Gpci]:
    """The payment localities of a day, by state and name."""
    return list(Gpci.objects.on(on).order_by("state", "name"))


def locality_of(county: str, state_name: str, on: date) -> LocalityCounties | None:
    """The payment locality of a county, such as "Arlington" and "Virginia"; None where the release does not tell."""
    county, state_name = county.strip().upper(), state_name.strip().upper()
    rows: list[LocalityCounties] = list(LocalityCounties.objects.on(on).order_by("contractor", "locality"))
    named = (row for row in rows if row.names(county, state_name))
    rest = (row for row in rows if row.takes_the_rest(county, state_name))
    return next(named, None) or next(rest, None)
