"""What a posting pays: typed columns, one comparable number, and its arithmetic in words."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from jobboard.postings.models.labels import Labelled
from jobboard.postings.vocabulary import HOURS_PER_DAY, HOURS_PER_YEAR, PART_OF_A_YEAR, PayUnit

COUNTED_UNITS = (PayUnit.CHART, PayUnit.ENCOUNTER, PayUnit.PAGE)  # comparable only with an expected count an hour
CENT = Decimal("0.01")
# The largest amount and count a form takes. Their product must fit the generated hourly columns.
MOST_PAY = Decimal("9999999.99")
MOST_UNITS_PER_HOUR = Decimal(1000)
LEAST_IN_THOUSANDS = Decimal(10_000)


def amount_column(label: str) -> models.DecimalField:
    """A column for an amount of pay in the posting's currency."""
    limits = [MinValueValidator(CENT), MaxValueValidator(MOST_PAY)]
    return models.DecimalField(label, max_digits=10, decimal_places=2, null=True, blank=True, validators=limits)


def hourly(value: Combinable) -> Case:
    """SQL for the hourly equivalent of an amount: an estimate, by 2,080 hours a year and the charts stated."""
    return Case(
        When(pay_unit=PayUnit.HOUR, then=value),
        When(pay_unit=PayUnit.DAY, then=value / Value(HOURS_PER_DAY)),
        When(pay_unit=PayUnit.YEAR, then=value / Value(HOURS_PER_YEAR)),
        When(pay_unit__in=COUNTED_UNITS, then=value * F("units_per_hour")),
        default=None,
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
    )


def hourly_column(value: Combinable) -> models.GeneratedField:
    """A stored column with the hourly equivalent of an amount, null where nothing can be computed."""
    number = models.DecimalField(max_digits=14, decimal_places=2)
    return models.GeneratedField(expression=hourly(value), output_field=number, db_persist=True)


def dollars(amount: Decimal, *, whole: bool = False) -> str:
    """An amount as people write it: no cents where there are none, or where `whole` rounds them away."""
    cents = amount.quantize(Decimal(1) if whole else CENT, ROUND_HALF_UP)
    return f"${cents:,.0f}" if cents == cents.to_integral_value() else f"${cents:,.2f}"


def _thousands(amount: Decimal) -> str:
    """An amount in thousands, such as "$67k"; a small one as it is."""
    if amount < LEAST_IN_THOUSANDS:
        return dollars(amount, whole=True)
    return f"{dollars(amount / 1000, whole=True)}k"


class Pay(Labelled):
    """The columns and words of pay. Amounts are exact; what is derived from them is an estimate and says so."""

    pay_min = amount_column("lowest pay")
    pay_max = amount_column("highest pay")
    pay_unit = models.CharField("unit of pay", max_length=10, choices=PayUnit, blank=True)
    pay_currency = models.CharField("currency", max_length=3, default="USD", choices=[("USD", "US dollars")])
    units_per_hour = models.DecimalField(
        "expected charts per hour",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(CENT), MaxValueValidator(MOST_UNITS_PER_HOUR)],
        help_text="The productivity standard: charts, encounters or pages.",
    )
    pay_hourly_min = hourly_column(F("pay_min"))
    pay_hourly_max = hourly_column(Coalesce("pay_max", "pay_min"))  # the most it is known to pay

    employment_type: "models.CharField[str, str]"  # a column of Terms

    class Meta:
        abstract = True

    @property
    def pay_text(self) -> str:
        """The pay as stated, such as "$28 to $34.50 per hour"; an empty string where none is."""
        amounts = self._amounts()
        if not amounts:
            return ""
        words = " to ".join(dollars(amount) for amount in amounts)
        if len(amounts) == 1 and self.pay_min != self.pay_max:
            words = f"from {words}" if self.pay_max is None else f"up to {words}"
        return f"{words} {self.get_pay_unit_display()}".strip()

    @property
    def pay_comparable(self) -> str:
        """The comparable number, such as "about $30.29 an hour", for units other than the hour; empty where unknown."""
        equivalents = [self._hourly(amount) for amount in self._amounts()]
        known = [dollars(each) for each in equivalents if each is not None]
        return f"about {' to '.join(known)} an hour" if known and self.pay_unit != PayUnit.HOUR else ""

    @property
    def pay_at_a_glance(self) -> str:
        """The hourly and the yearly equivalent, briefly, without the one that is stated; empty where neither is known.

        Such as "about $32 to $40 an hour, $67k to $83k a year". What they rest on stands on the posting's page.
        """
        hours = [each for amount in self._amounts() if (each := self._hourly(amount)) is not None]
        equivalents = {
            PayUnit.HOUR: [dollars(each) for each in hours],
            PayUnit.YEAR: [_thousands(each * HOURS_PER_YEAR) for each in hours if self.fills_a_year],
        }
        shown = ", ".join(
            f"{' to '.join(dict.fromkeys(amounts))} {'an' if unit == PayUnit.HOUR else 'a'} {unit}"
            for unit, amounts in equivalents.items()
            if amounts and unit != self.pay_unit
        )
        return f"about {shown}" if shown else ""

    @property
    def fills_a_year(self) -> bool:
        """Whether its hours may come to those of a full year, so that a yearly equivalent says something."""
        return self.employment_type not in PART_OF_A_YEAR

    @property
    def is_comparable(self) -> bool:
        """Whether what it pays can be said by the hour, at least as an estimate."""
        return any(self._hourly(amount) is not None for amount in self._amounts())

    @property
    def pay_estimate(self) -> str:
        """The comparable number with its arithmetic; empty where there is none.

        Such as "about $30.29 an hour ($63,000 a year ÷ 2,080 hours)".
        """
        stated = " to ".join(dollars(amount) for amount in self._amounts())
        comparable = self.pay_comparable
        return f"{comparable} ({stated} {self.get_pay_unit_display()} {self._arithmetic()})" if comparable else ""

    @property
    def pay_estimate_yearly(self) -> str:
        """The yearly equivalent of any unit but the year, with its arithmetic; empty where there is none.

        Such as "about $58,240 to $71,760 a year ($28 to $34.50 an hour × 2,080 hours)".
        """
        hours = [self._hourly(amount) for amount in self._amounts()]
        known = [each for each in hours if each is not None]
        if not known or self.pay_unit == PayUnit.YEAR or not self.fills_a_year:
            return ""
        year = " to ".join(dollars(each * HOURS_PER_YEAR, whole=True) for each in known)
        hour = " to ".join(dollars(each) for each in known)
        return f"about {year} a year ({hour} an hour × {HOURS_PER_YEAR:,} hours)"

    def _amounts(self) -> list[Decimal]:
        """The amounts stated, lowest first, one where both are the same."""
        return sorted({amount for amount in (self.pay_min, self.pay_max) if amount is not None})

    def _hourly(self, amount: Decimal) -> Decimal | None:
        """What `hourly()` computes in SQL, for a posting that is not stored yet."""
        match self.pay_unit:
            case PayUnit.HOUR:
                return amount
            case PayUnit.DAY:
                return amount / HOURS_PER_DAY
            case PayUnit.YEAR:
                return amount / HOURS_PER_YEAR
            case unit if unit in COUNTED_UNITS and self.units_per_hour is not None:
                return amount * self.units_per_hour
        return None

    def _arithmetic(self) -> str:
        """What the stated amount is multiplied or divided by to give an hour."""
        match self.pay_unit:
            case PayUnit.DAY:
                return f"÷ {HOURS_PER_DAY} hours"
            case PayUnit.YEAR:
                return f"÷ {HOURS_PER_YEAR:,} hours"
        return f"× {(self.units_per_hour or Decimal(0)).normalize():f} {self.pay_unit}s an hour"
