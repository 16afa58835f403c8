"""One of each thing that an address can name, and the people who might ask for it: the ground of test_who_may.py.

Nora is a coder: her profile, alert, resume, application and requests are what stands in the addresses of a person's own
pages. Olga owns Harbor Coding, Rita recruits and Victor reads there: theirs is what stands in the addresses of a team.
Otto is a coder like Nora, Mia one with a paid membership, Rosa owns a rival, Stella is staff.
"""

from datetime import date

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from PIL import Image

from accounts.models import Credential, Experience, Membership, Profile, User
from codes.models import PcsCode
from codes.models.own import Folder
from jobboard.alerts.models import SavedSearch
from jobboard.applications.kept import KeptResume
from jobboard.applications.models import Application, MailTemplate
from jobboard.applications.resumes import checked
from jobboard.browse.topics import PLACES, TOPICS
from jobboard.employers.logos import SIZES, store
from jobboard.employers.models import Employer, Invitation, Site, Verification
from jobboard.employers.models.team import hash_of
from jobboard.imports.models import Key, Upload
from jobboard.moderation.models import Reason, Report
from jobboard.outbox.models import OutgoingMail
from jobboard.postings.models import Posting
from jobboard.postings.models.template import Template
from jobboard.reminders.mails import signer
from jobboard.screening.models import Exercise, Question
from jobboard.talent.models import Block, ContactRequest
from jobboard.tracker.models import Tracked
from tests.applications import files
from tests.applications.test_resumes import upload
from tests.factories import DAY, make_code, make_employer, make_member, make_posting, make_user

type Things = dict[str, object]  # what can stand in an address, by the name that who_may.txt gives it

TOKEN = "a-token-of-a-mail"


def people(harbor: Employer) -> dict[str, User | None]:
    """Who asks, by the heading of their column; nobody is the guest."""
    rival = make_employer("Rival Billing", slug="rival-billing", verified_at=timezone.now())
    member = make_user("mia@example.org", name="Mia")
    Membership.objects.create(user=member, starts_at=timezone.now() - DAY)
    owner = make_member(harbor, "owner", make_user("olga@harbor.example", name="Olga"))
    return {
        "guest": None,
        "nora": make_user("nora@coders.example", name="Nora"),
        "coder": make_user("otto@coders.example", name="Otto"),
        "member": member,
        "owner": owner,
        "recr": make_member(harbor, "recruiter", make_user("rita@harbor.example", name="Rita")),
        "viewer": make_member(harbor, "viewer", make_user("victor@harbor.example", name="Victor")),
        "rival": make_member(rival, "owner", make_user("rosa@rival.example", name="Rosa")),
        "staff": make_user("stella@example.org", name="Stella", is_staff=True),
        "susp": owner,  # Olga again, while Harbor Coding is suspended
    }


def things(harbor: Employer, who: dict[str, User | None]) -> Things:
    """One of each thing that an address can name: Harbor Coding's, and Nora's."""
    owner, nora = who["owner"], who["nora"]
    assert owner is not None
    assert nora is not None
    job = make_posting(employer=harbor, title="Spine coder", reference="R-1", credentials_required=["CPC"])
    return {
        "harbor": harbor.pk,
        "harbor-slug": harbor.slug,
        "job": job.pk,
        "job-slug": job.slug,
        "reference": job.reference,
        **_postings(harbor),
        **_of_team(harbor, job, owner),
        **_of_nora(nora, harbor, job),
        **_of_staff(job, nora),
        **_codes(),
        "somebodys-place": harbor.members.get(role="recruiter").pk,
        "sitemap": "chapters",
        "part": 0,
        "absent": 1,
        "topic": TOPICS["cpc"],
        "place": PLACES["remote"],
        "step": "job",
        "no-token": "made-up",
    }


def _postings(harbor: Employer) -> Things:
    states = {"draft": "draft", "submitted": "submitted", "held": "held", "paused": "paused", "closed": "closed"}
    return {name: make_posting(state, employer=harbor).pk for name, state in states.items()}


def _of_team(harbor: Employer, job: Posting, owner: User) -> Things:
    at = timezone.now()
    Posting.objects.filter(pk=job.pk).update(asked_at=at, ask_hash=hash_of(TOKEN))
    week = {"created_at": at, "expires_at": at + 7 * DAY, "token_hash": hash_of(TOKEN)}
    harbor.logo = store(Image.new("RGB", (200, 200), "teal"))
    harbor.save()
    key = Key(employer=harbor, name="Our system")
    key.make(at, owner)
    sent = Upload(employer=harbor, by=owner, name="jobs.csv", review=False, whole=False, columns=["title"], rows=[])
    sent.check_over(at)
    invitation = Invitation.objects.create(employer=harbor, email="new@example.org", role="viewer", **week)
    Verification.objects.create(employer=harbor, email="it@harbor.example", domain="harbor.example", **week)
    question = Question(posting=job, text="Do you hold a CPC?", kind="yes-no")
    question.add()
    Exercise.objects.create(posting=job, case="An invented case.", expected=["cpt:20680"])
    letter = MailTemplate.objects.create(employer=harbor, name="Thanks", subject="Hello", text="Thanks.")
    return {
        "logo": harbor.logo,
        "logo-size": SIZES[0],
        "site": Site.objects.create(employer=harbor, city="Toledo", state="OH").pk,
        "invitation": invitation.pk,
        "token": TOKEN,
        "key": key.pk,
        "file": sent.pk,
        "template": Template.keep(job, "Spine", at, owner).pk,
        "question": question.pk,
        "mail-template": letter.pk,
    }


def _of_nora(nora: User, harbor: Employer, job: Posting) -> Things:
    at = timezone.now()
    profile = Profile.objects.create(user=nora, visibility=Profile.Visibility.VERIFIED)
    search = SavedSearch(user=nora, name="Spine", query="q=spine")
    search.keep(at)
    resume = KeptResume(user=nora, name="Two pages")
    resume.keep(at, checked(upload(files.pdf(), "CV.pdf")))
    application = Application(candidate=nora, posting=job, name="Nora", consent="Yes.")
    application.send(at, checked(upload(files.pdf(), "CV.pdf")))
    Tracked.objects.save_for(nora, job, at)
    owner = harbor.members.get(role="owner").user
    request = ContactRequest(employer=harbor, person=nora, sent_by=owner, message="We need you.")
    request.send(at)
    block = Block.objects.create(person=nora, employer=make_employer("Blocked"), at=at)
    return {
        "profile": profile.pk,
        "credential": Credential.objects.create(profile=profile, abbreviation="CPC").pk,
        "work": Experience.objects.create(
            profile=profile, title="Coder", employer="A clinic", started=date(2020, 1, 1)
        ).pk,
        "folder": Folder.objects.create(user=nora, name="Spine").pk,
        "alert": search.pk,
        "alert-token": search.token,
        "stop-token": signer.sign(str(profile.pk)),
        "resume": resume.pk,
        "application": application.pk,
        "note": application.notes.create(author=owner, text="Good.", at=at).pk,
        "request": request.pk,
        "block": block.pk,
    }


def _of_staff(job: Posting, nora: User) -> Things:
    at = timezone.now()
    Report.objects.create(posting=job, by=nora, kind="scam", at=at)
    reason = Reason.objects.create(use="hold", title="Pay", text="Name the pay.", edited_at=at)
    letter = EmailMultiAlternatives("Hello", "To Nora.", to=[nora.email])
    letter.attach_alternative("<html><head></head><body>To Nora.</body></html>", "text/html")
    mail = OutgoingMail.objects.store(letter, at)
    OutgoingMail.objects.filter(pk=mail.pk).update(given_up_at=at)
    return {"reason": reason.pk, "mail": mail.pk}


def _codes() -> Things:
    code = make_code("hcpcs", "G0008", "Flu shot")
    titles = {"short": "Resection of Appendix", "long": "Resection of Appendix"}
    PcsCode.objects.create(code="0DTJ4ZZ", billable=True, valid_from=date(2025, 10, 1), release=code.release, **titles)
    return {
        "system": code.system,
        "code": code.get_absolute_url().rstrip("/").rpartition("/")[2],
        "heading": code.heading.slug,
        "pcs": "0dtj4zz",
    }
