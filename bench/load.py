"""Generated postings into the database: by COPY, with the indexes made afterwards."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import Field

from bench import texts
from bench.postings import Maker
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting

POSTINGS_PER_EMPLOYER = 150
SLUG = "generated-"  # begins the address of every employer made here
TABLE = Posting._meta.db_table

type Progress = Callable[[int], None]


def generated() -> int:
    """How many postings of generated employers there are."""
    return Posting.objects.filter(employer__slug__startswith=SLUG).count()


@transaction.atomic
def fill(postings: int, live: int, at: datetime, progress: Progress = lambda _: None, seed: int = 1) -> None:
    """Store that many postings, so many of them live at this moment, and their employers; all or nothing."""
    random = Random(seed)
    maker = Maker(at, add_employers(max(10, postings // POSTINGS_PER_EMPLOYER), at, random), random)
    with journal_unwritten(), indexes_made_afterwards():
        copy(in_order(maker, postings, live, progress))


def in_order(maker: Maker, postings: int, live: int, progress: Progress) -> Iterator[Posting]:
    """The past ones, the oldest first, then the live ones: ids grow with the years, as on a real board."""
    past = postings - live
    for number in range(postings):
        yield maker.past(1 - number / past) if number < past else maker.live()
        progress(number + 1)


def add_employers(many: int, at: datetime, random: Random) -> list[Employer]:
    """Store so many; one in 200 is suspended, one in 12 is an agency."""
    made = [
        Employer(
            name=texts.employer_name(random),
            slug=f"{SLUG}{number}",
            about="We code for hospitals and practices.",
            about_html="<p>We code for hospitals and practices.</p>",
            is_agency=random.random() < 1 / 12,
            created_at=at - timedelta(days=random.randrange(2000)),
            suspended_at=at if number % 200 == 199 else None,
        )
        for number in range(many)
    ]
    return Employer.objects.bulk_create(made, batch_size=2000)


def copy(postings: Iterable[Posting]) -> None:
    """Store unsaved postings by COPY. Every column is written as the model has it, but for id and generated ones."""
    fields = [each for each in Posting._meta.concrete_fields if not (each.primary_key or each.generated)]
    names = ", ".join(f'"{each.column}"' for each in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN") as sink:
        for posting in postings:
            sink.write_row([_stored(each, posting) for each in fields])


def _stored(field: Field, posting: Posting) -> object:
    """A value as the database takes it: a choice's member is its plain text."""
    value = getattr(posting, field.attname)
    return str(value) if isinstance(value, str) else value


@contextmanager
def journal_unwritten() -> Iterator[None]:
    """Let the triggers rest that note what changed: nothing is served yet, and they would hold every row in memory."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the checks that wait for the commit hold up the next line
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


@contextmanager
def indexes_made_afterwards() -> Iterator[None]:
    """Drop the indexes of postings that hold no constraint, and make them again when the block is done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = %s::regclass AND NOT indisunique",
            [TABLE],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the checks that wait for the commit hold up an index
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, definition in found:
            cursor.execute(definition)
