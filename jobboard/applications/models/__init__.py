"""Applications, the steps of what became of them, and what the team keeps about them."""

from jobboard.applications.kept import KeptResume
from jobboard.applications.models.application import (
    MOST_LETTER,
    Application,
    LimitReached,
    SentBefore,
    StaleState,
    WrittenBefore,
    resume_path,
)
from jobboard.applications.models.message import MOST_MESSAGE, Message, MessageQuerySet
from jobboard.applications.models.queryset import ApplicationQuerySet
from jobboard.applications.models.step import Step
from jobboard.applications.models.team import MOST_NOTE, Download, Export, Note, Rating, TooLate
from jobboard.applications.models.template import (
    MailTemplate,
    StaleTemplate,
    TemplateTaken,
    TooManyMailTemplates,
)

__all__ = [
    "MOST_LETTER",
    "MOST_MESSAGE",
    "MOST_NOTE",
    "Application",
    "ApplicationQuerySet",
    "Download",
    "Export",
    "KeptResume",
    "LimitReached",
    "MailTemplate",
    "Message",
    "MessageQuerySet",
    "Note",
    "Rating",
    "SentBefore",
    "StaleState",
    "StaleTemplate",
    "Step",
    "TemplateTaken",
    "TooLate",
    "TooManyMailTemplates",
    "WrittenBefore",
    "resume_path",
]
