"""Postings at random, as likely as on a real board: complete, consistent, and never saved one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from django.utils.text import slugify

from accounts.vocabulary import SOFTWARE_CHOICES, SPECIALTY_CHOICES
from bench import likely, texts
from codes.markup import plain, render
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.postings.models.last_day import end_of, latest_day, today
from jobboard.postings.vocabulary import BENEFIT_CHOICES, HOURS_PER_DAY, HOURS_PER_YEAR, Workplace
from jobboard.postings.words import keywords

TEXTS_PER_SPECIALTY = 60
YEARS_BACK = 5  # how old the oldest is
EMPLOYER = "EMPLOYER-NAME"  # stands in a text for the employer's name
_SPECIALTIES = dict(SPECIALTY_CHOICES)


class Place(NamedTuple):
    """A city as a ZIP code names it."""

    city: str
    state: str
    latitude: float
    longitude: float


class Text(NamedTuple):
    """A description in the three forms that are stored."""

    markdown: str
    html: str
    plain: str

    def of(self, employer: Employer) -> "Text":
        """The same, naming this employer."""
        return Text(*(form.replace(EMPLOYER, employer.name) for form in self))


def places() -> list[Place]:
    """Every place with a ZIP code, so that big cities come as often as they should."""
    import zipcodes

    return [
        Place(each["city"], each["state"], float(each["lat"]), float(each["long"]))
        for each in zipcodes.list_all()
        if each["active"] and each["state"] in likely.STATES
    ]


@dataclass
class Maker:
    """Makes postings of these employers as they stand at a moment; the same seed makes the same ones."""

    at: datetime
    employers: Sequence[Employer]
    random: Random
    places: list[Place] = field(default_factory=places)
    texts: dict[str, list[Text]] = field(default_factory=dict)

    def live(self) -> Posting:
        """One that the public sees; by an employer that is not suspended."""
        posting = self._posting([self.at - timedelta(days=self.random.betavariate(1, 1.6) * 59)])
        while posting.employer.suspended_at:
            posting.employer = self._employer()
        posting.submitted_at = posting.edited_at
        posting.published_at = posting.approved_at = posting.edited_at
        if self.random.random() < 0.35:
            posting.closes_on = today(self.at) + timedelta(days=self.random.randint(0, 59))
        latest = latest_day(posting.published_at)
        posting.expires_at = end_of(min(posting.closes_on or latest, latest))
        return derived(posting, self._text(posting))

    def past(self, age: float) -> Posting:
        """One that the public does not see: ended long ago (age 1) or just now (age 0), or not shown yet."""
        days = 61 + age**1.7 * YEARS_BACK * 365 + self.random.random()
        posting = self._posting([self.at - timedelta(days=days)])
        chance = self.random.random()
        if chance < 0.95:
            self._end(posting)
        elif chance < 0.98:
            posting.edited_at = self.at - timedelta(days=self.random.random() * 200)  # a draft
        elif chance < 0.99:
            posting.submitted_at = posting.edited_at
            posting.sent_back_at = posting.edited_at + timedelta(hours=9)
            posting.sent_back_reason = "Say what the work pays, or why the range is not known yet."
        elif chance < 0.992:
            posting.submitted_at = posting.edited_at = self.at - timedelta(hours=self.random.random() * 60)
        else:
            self._end(posting)
            posting.closed_at, posting.outcome, posting.retired_at = None, "", None
            posting.held_at, posting.held_reason = posting.edited_at + timedelta(days=2), "Asks for money."
        return derived(posting, self._text(posting))

    def _end(self, posting: Posting) -> None:
        """Publish it when it was edited; let it run out, or let its employer close it before that."""
        posting.submitted_at = posting.published_at = posting.approved_at = posting.edited_at
        posting.expires_at = end_of(latest_day(posting.edited_at))
        if self.random.random() < 0.6:
            posting.closed_at = posting.edited_at + timedelta(days=1 + self.random.random() * 58)
            posting.outcome = self._pick(likely.OUTCOMES)
        else:
            posting.retired_at = posting.expires_at

    def _posting(self, edited: list[datetime]) -> Posting:
        """The content of a posting that was written and last edited at these moments."""
        random = self.random
        kind: likely.Kind = random.choices(likely.KINDS, [kind.weight for kind in likely.KINDS])[0]
        specialties = self._specialties(kind)
        title = random.choice(kind.titles).format(_SPECIALTIES[specialties[0]])
        required, preferred = self._credentials(kind)
        posting = Posting(
            employer=self._employer(),
            title=f"{self._pick(likely.BEFORE)}{title}{self._pick(likely.AFTER)}"[:120],
            roles=[kind.role, "coder"] if kind.role == "senior-coder" else [kind.role],
            specialties=specialties,
            setting=random.choice(kind.settings),
            credentials_required=required,
            credentials_preferred=preferred,
            apprentice=self._pick(likely.APPRENTICE),
            years_min=self._pick(likely.YEARS),
            code_families=self._families(specialties),
            software=random.sample([value for value, _ in SOFTWARE_CHOICES], random.choice([0, 0, 1, 1, 2, 3])),
            employment_type=self._pick(likely.EMPLOYMENT),
            schedule=self._pick(likely.SCHEDULES),
            accuracy_percent=self._pick(likely.ACCURACY),
            benefits=random.sample([value for value, _ in BENEFIT_CHOICES], random.choice([0, 3, 5, 8])),
            created_at=edited[0],
            edited_at=edited[-1],
        )
        self._put_somewhere(posting)
        self._pay(posting, kind.pay)
        self._apply(posting)
        return posting

    def _employer(self) -> Employer:
        """A few employers post much, most post little."""
        return self.employers[int(len(self.employers) * self.random.random() ** 2.2)]

    def _specialties(self, kind: likely.Kind) -> list[str]:
        if kind.specialties:
            return self.random.sample(kind.specialties, min(len(kind.specialties), self.random.choice([1, 1, 2])))
        several = (self._pick(likely.SPECIALTIES) for _ in range(self.random.choice([1, 1, 1, 2, 3])))
        return list(dict.fromkeys(several))

    def _credentials(self, kind: likely.Kind) -> tuple[list[str], list[str]]:
        """Required and preferred, the usual one of the kind most often."""
        random, known = self.random, kind.credentials
        required = list(known[: random.choice([1, 1, 2, 3])]) if random.random() < 0.72 else []
        left = [each for each in known if each not in required]
        return required, random.sample(left, min(len(left), random.choice([0, 0, 1, 2])))

    def _families(self, specialties: list[str]) -> list[str]:
        known = [family for each in specialties for family in likely.FAMILIES.get(each, ())]
        return self.random.sample(known, min(len(known), self.random.choice([0, 1, 2, 3])))

    def _put_somewhere(self, posting: Posting) -> None:
        posting.workplace = self._pick(likely.WORKPLACES)
        if posting.workplace == Workplace.REMOTE:
            posting.remote_states = sorted(self.random.sample(likely.STATES, self._pick(likely.HOW_MANY_STATES)))
        else:
            place = self.random.choice(self.places)
            posting.city, posting.state, posting.latitude, posting.longitude = place

    def _pay(self, posting: Posting, usual: float) -> None:
        """Stated by two of three, around what the kind, the place and the year pay."""
        random = self.random
        if random.random() > 0.66:
            return
        region = (likely.DEAR_STATES | likely.CHEAP_STATES).get(posting.state, 1.0)
        years_ago = (self.at - posting.created_at).days / 365
        low = usual * region * random.lognormvariate(0, 0.13) * 0.97**years_ago
        high = low * random.uniform(1.05, 1.4)
        posting.pay_unit = self._pick(likely.PAY_UNITS)
        if posting.pay_unit in ("chart", "encounter", "page"):
            posting.units_per_hour = Decimal(random.choice([3, 4, 6, 8, 12, 18]))
        posting.pay_min, posting.pay_max = (self._in_unit(amount, posting) for amount in (low, high))
        if random.random() < 0.15:
            posting.pay_max = random.choice([None, posting.pay_min])

    def _in_unit(self, hourly: float, posting: Posting) -> Decimal:
        match posting.pay_unit:
            case "hour":
                return Decimal(round(hourly * 4)) / 4
            case "year":
                return Decimal(round(hourly * HOURS_PER_YEAR, -3))
            case "day":
                return Decimal(round(hourly * HOURS_PER_DAY))
            case "project":
                return Decimal(round(hourly * 120, -2))
        return round(Decimal(hourly) / (posting.units_per_hour or 1), 2)

    def _apply(self, posting: Posting) -> None:
        posting.apply_by = self._pick(likely.APPLY_BY)
        if posting.apply_by == "url":
            posting.apply_url = f"https://{posting.employer.slug}.example/jobs/{self.random.randrange(10**6)}"
        elif posting.apply_by == "email":
            posting.apply_email = f"jobs@{posting.employer.slug}.example"

    def _text(self, posting: Posting) -> Text:
        """One of a stock of texts for the specialty: rendering a million would take longer than storing them."""
        specialty = posting.specialties[0]
        if specialty not in self.texts:
            self.texts[specialty] = list(self._stock(_SPECIALTIES[specialty].lower()))
        return self.random.choice(self.texts[specialty]).of(posting.employer)

    def _stock(self, specialty: str) -> Iterator[Text]:
        for _ in range(TEXTS_PER_SPECIALTY):
            markdown = texts.description(self.random, EMPLOYER, specialty)
            html = render(markdown)
            yield Text(markdown, html, plain(html))

    def _pick[T](self, weights: Mapping[T, int]) -> T:
        return self.random.choices([*weights], [*weights.values()])[0]


def derived(posting: Posting, text: Text) -> Posting:
    """What `Posting.save` would derive, from a text that is rendered already."""
    posting.slug = slugify(posting.title)[:120].strip("-") or "job"
    posting.description, posting.description_html, posting.description_text = text
    posting.keywords = keywords(posting)
    return posting
