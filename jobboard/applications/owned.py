"""What this app keeps of a person, for `accounts.privacy`."""

from typing import Any

from accounts.models import User
from jobboard.applications.kept import forget_files
from jobboard.applications.models import Application, KeptResume


def applications(user: User) -> list[dict[str, Any]]:
    """What a person sent, as it was sent, and the steps that followed."""
    sent = Application.objects.for_candidate(user).prefetch_related("steps", "messages")
    return [
        {
            "employer": application.posting_employer,
            "posting": application.posting_title,
            "posting_facts": application.posting_facts,
            "sent": application.sent_at.isoformat(),
            "came_by": application.came_by,
            "state": application.told,
            "withdrawn": application.withdrawn_at and application.withdrawn_at.isoformat(),
            "name": application.name,
            "email": application.email,
            "letter": application.letter,
            "resume": application.resume_name,
            "profile": application.profile,
            "consent": application.consent,
            "steps": [{"state": step.told, "at": step.at.isoformat()} for step in application.steps.all()],
            "messages": [
                {"yours": each.by_candidate, "at": each.at.isoformat(), "subject": each.subject, "text": each.text}
                for each in application.messages.all()
            ],
        }
        for application in sent
    ]


def resumes(user: User) -> list[dict[str, Any]]:
    """The resumes a person keeps; the files themselves are downloads on the page of resumes."""
    kept = KeptResume.objects.of(user)
    return [
        {"name": each.name, "file": each.file_name, "bytes": each.size, "kept": each.kept_at.isoformat()}
        for each in kept
    ]


def forget_resumes(user: User) -> None:
    """Delete the files of a person's resumes, those kept and those sent, once their account is gone."""
    kept = KeptResume.objects.of(user).values_list("file", flat=True)
    sent = Application.objects.for_candidate(user).values_list("resume", flat=True)
    forget_files([*kept, *sent])
