"""What the pages are about. Each is a search of /jobs/ under an address of its own."""

from dataclasses import dataclass, replace

from django.utils.http import urlencode
from django.utils.text import slugify

from accounts.vocabulary import CREDENTIALS, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.postings.vocabulary import Apprentice, Workplace

REMOTE = "remote"


@dataclass(frozen=True)
class Topic:
    """A kind of job: the part of the search, its value, and how it is named in an address, a link and a sentence.

    `one` and `many` say what a job or several do: "asks for or prefers the CPC".
    """

    slug: str
    kind: str
    value: str
    name: str
    one: str
    many: str
    full_name: str = ""

    @property
    def jobs(self) -> str:
        """Its jobs in words, as they begin a heading."""
        match self.kind:
            case "credential":
                return f"{self.name} jobs"
            case "specialty":
                return f"{self.name} coding jobs"
        return "Jobs that welcome apprentices"


@dataclass(frozen=True)
class Place:
    """Everywhere, a state by its abbreviation and name, and either of them with remote work alone."""

    state: str = ""
    name: str = ""
    remote: bool = False

    @property
    def slug(self) -> str:
        """Its part of an address, such as "texas/remote"; empty for everywhere."""
        return "/".join(filter(None, [slugify(self.name), REMOTE if self.remote else ""]))

    @property
    def label(self) -> str:
        """How a link names it."""
        return " in ".join(filter(None, ["Remote" if self.remote else "", self.name]))

    @property
    def parent(self) -> "Place | None":
        """The state around its remote work."""
        return replace(self, remote=False) if self.state and self.remote else None


ANYWHERE = Place()


def heading(topic: Topic, place: Place) -> str:
    """Such as "CPC jobs in Texas", "Remote orthopedics coding jobs", "Remote CPC jobs in Texas"."""
    jobs = f"{topic.jobs} in {place.name}" if place.state else topic.jobs
    if not place.remote:
        return jobs
    return f"Remote {jobs if topic.kind == 'credential' else jobs[0].lower() + jobs[1:]}"


def query(topic: Topic, place: Place) -> str:
    """The same as a query string of /jobs/."""
    where = {"state": place.state, "workplace": Workplace.REMOTE.value if place.remote else ""}
    return urlencode(sorted((name, value) for name, value in {topic.kind: topic.value, **where}.items() if value))


def _credential(value: str) -> Topic:
    kind = CREDENTIALS[value]
    one, many = (f"{verbs} the {value}" for verbs in ("asks for or prefers", "ask for or prefer"))
    return Topic(value.lower(), "credential", value, value, one, many, f"{kind.name}, {kind.body}")


def _specialty(value: str, label: str) -> Topic:
    one, many = (f"{verb} {label[0].lower()}{label[1:]} as a specialty" for verb in ("names", "name"))
    return Topic(slugify(label), "specialty", value, label, one, many)


APPRENTICES = Topic(
    "apprentices-welcome",
    "apprentice",
    Apprentice.WELCOME.value,
    "Apprentices welcome",
    "says that apprentices are welcome",
    "say that apprentices are welcome",
)
_ALL = [*map(_credential, CREDENTIALS), *(_specialty(*each) for each in SPECIALTY_CHOICES), APPRENTICES]
TOPICS = {topic.slug: topic for topic in _ALL}
BY_VALUE = {(topic.kind, topic.value): topic for topic in _ALL}

_STATES = [Place(state, name) for state, name in STATE_CHOICES]
_PLACES = [Place(remote=True), *_STATES, *(replace(each, remote=True) for each in _STATES)]
PLACES = {place.slug: place for place in _PLACES}


class TopicConverter:
    """A topic in an address."""

    regex = "|".join(sorted(TOPICS, key=len, reverse=True))

    def to_python(self, value: str) -> Topic:
        """By its slug."""
        return TOPICS[value]

    def to_url(self, topic: Topic) -> str:
        """Its slug."""
        return topic.slug


class PlaceConverter:
    """A place in an address."""

    regex = "|".join(PLACES)

    def to_python(self, value: str) -> Place:
        """By its slug."""
        return PLACES[value]

    def to_url(self, place: Place) -> str:
        """Its slug."""
        return place.slug
