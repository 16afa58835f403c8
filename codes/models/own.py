"""What a person keeps of codes for themselves: notes, favorites in folders, what they read last.

Codes are named, not pointed to: a load may take a code out of the reference, and what a person wrote on it stays.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Lower

from accounts.models import User
from codes.links import CodeLink
from codes.models.code import Code
from codes.systems import System


class TooMany(Exception):
    """One person keeps as many as one person may."""


class Changed(Exception):
    """It was changed elsewhere since it was read."""


class OwnQuerySet(models.QuerySet[Any]):
    """Rows by whose they are and what they are on."""

    def of(self, user: User) -> Self:
        """One person's."""
        return self.filter(user=user)

    def on(self, code: Code) -> Self:
        """Those on one code."""
        return self.filter(system=code.system, code=code.code)

    def matching(self, words: str, *also: str) -> Self:
        """Those whose code starts with the words, dotted or not, whose code is called so, or in whose columns they are.

        Each has the `title` of its code; None where the reference does not list it now. No words: all.
        """
        codes = Code.objects.filter(system=OuterRef("system"), code=OuterRef("code"))
        titled = self.annotate(title=Subquery(codes.values("title")[:1]))
        if not words:
            return titled
        dotted = System.ICD10CM.dotted(words.replace(".", ""))
        wanted = Q(code__istartswith=words) | Q(code__istartswith=dotted) | Q(title__icontains=words)
        return titled.filter(wanted | Q(*[(f"{column}__icontains", words) for column in also], _connector=Q.OR))


class OnCode(models.Model):
    """Something of one person's on one code."""

    system = models.CharField(max_length=10, choices=System)
    code = models.CharField(max_length=10)

    objects: ClassVar[OwnQuerySet] = OwnQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code}"

    @property
    def link(self) -> CodeLink:
        """Its code, as a list names it; the row comes from `matching`."""
        return CodeLink(self.system, self.code, getattr(self, "title", None))


class PrivateNote(OnCode):
    """What a person wrote on a code. Nobody else ever reads it."""

    MOST_CHARACTERS = 10_000
    MOST = 2_000  # one person's

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="code_notes")
    text = models.TextField(max_length=MOST_CHARACTERS)
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ["-edited_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "system", "code"], name="private_note_once_per_code")]

    @classmethod
    def keep(cls, user: User, code: Code, text: str, at: datetime, since: datetime | None) -> None:
        """Store the text, or take the note away where it is empty.

        `since` is when the note was last edited as its writer saw it; None: there was none. Raises Changed where it is
        another one by now, so that a second window overwrites nothing, and TooMany.
        """
        mine = cls.objects.of(user).on(code)
        if since is None:
            if text:
                cls._write(user, code, text, at)
            return
        seen = mine.filter(edited_at=since)
        done = seen.update(text=text, edited_at=at) if text else seen.delete()[0]
        if not done and (text or mine.exists()):
            raise Changed

    @classmethod
    def _write(cls, user: User, code: Code, text: str, at: datetime) -> None:
        if cls.objects.of(user).count() >= cls.MOST:
            raise TooMany
        try:
            with transaction.atomic():
                cls.objects.create(user=user, system=code.system, code=code.code, text=text, edited_at=at)
        except IntegrityError:  # written in another window meanwhile
            raise Changed from None


class Folder(models.Model):
    """A person's own folder of favorites."""

    MOST = 50  # one person's

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="code_folders")
    name = models.CharField(max_length=60)

    objects: ClassVar[OwnQuerySet] = OwnQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                "user",
                Lower("name"),
                name="folder_name_once_per_person",
                violation_error_message="You have a folder of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Favorite(OnCode):
    """A code that a person marked, in one of their folders or in none."""

    MOST = 2_000  # one person's

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favorite_codes")
    folder = models.ForeignKey(Folder, on_delete=models.SET_NULL, null=True, blank=True, related_name="favorites")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["system", "code"]
        constraints = [models.UniqueConstraint(fields=["user", "system", "code"], name="favorite_once_per_code")]

    @classmethod
    def keep(cls, user: User, code: Code, folder: Folder | None, at: datetime) -> None:
        """Mark a code, or move it to another folder of this person's. Twice is once. Raises TooMany."""
        if not cls.objects.of(user).on(code).exists() and cls.objects.of(user).count() >= cls.MOST:
            raise TooMany
        cls.objects.update_or_create(
            user=user,
            system=code.system,
            code=code.code,
            defaults={"folder": folder},
            create_defaults={"folder": folder, "added_at": at},
        )


class Reading(OnCode):
    """A code page that a person opened, and when last. Kept for them alone, and only while they want it."""

    MOST = 100  # one person's

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="code_readings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "system", "code"], name="reading_once_per_code")]

    @classmethod
    def note(cls, user: User, code: Code, at: datetime) -> None:
        """Remember that this person read a code, unless they switched that off. The oldest beyond `MOST` go."""
        if ReadingOff.objects.filter(user=user).exists():
            return
        cls.objects.update_or_create(user=user, system=code.system, code=code.code, defaults={"at": at})
        kept = cls.objects.of(user).values("pk")[cls.MOST : cls.MOST + 20]
        cls.objects.of(user).filter(pk__in=list(kept.values_list("pk", flat=True))).delete()


class ReadingOff(models.Model):
    """That a person does not want it remembered which codes they read."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="code_reading_off")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"off for {self.user_id}"

    @classmethod
    def switch_off(cls, user: User, at: datetime) -> None:
        """Remember nothing from now on, and forget what was remembered. Twice is once."""
        cls.objects.get_or_create(user=user, defaults={"at": at})
        Reading.objects.of(user).delete()

    @classmethod
    def switch_on(cls, user: User) -> None:
        """Remember again. Twice is once."""
        cls.objects.filter(user=user).delete()
