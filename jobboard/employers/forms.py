"""Forms about an employer and its team."""

from django import forms
from PIL.Image import Image

from accounts.line import one_line
from accounts.vocabulary import STATE_CHOICES
from jobboard.employers import logos
from jobboard.employers.domains import domain_of_mail, is_free_mail, within
from jobboard.employers.models import Employer, Invitation, Member, Site, Verification
from jobboard.employers.models.employer import MOST_ABOUT


class EmployerForm(forms.ModelForm):
    """What an employer says of itself."""

    about = forms.CharField(
        required=False,
        max_length=MOST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What you do, how you work, what coders do for you. Markdown: **bold**, - lists, [links](https://…).",
    )
    website = forms.URLField(
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    state = forms.ChoiceField(required=False, choices=[("", "Choose a state"), *STATE_CHOICES])

    class Meta:
        model = Employer
        fields = ("name", "is_agency", "about", "website", "city", "state")
        help_texts = {
            "name": "As coders know you. Your page's address follows it; an old address still leads there.",
            "is_agency": "We hire on behalf of others. Your postings say so.",
        }

    def clean_name(self) -> str:
        """One line, no runs of spaces."""
        return one_line(self.cleaned_data["name"])


ROLE_HELP = {
    Member.Role.OWNER: "Owner: everything, the team and the employer's page too",
    Member.Role.RECRUITER: "Recruiter: postings and applications",
    Member.Role.VIEWER: "Viewer: reads, changes nothing",
}


class InvitationForm(forms.ModelForm):
    """Whom to invite, and as what."""

    role = forms.ChoiceField(choices=list(ROLE_HELP.items()), initial=Member.Role.RECRUITER, widget=forms.RadioSelect)

    class Meta:
        model = Invitation
        fields = ("email", "role")

    def clean_email(self) -> str:
        """Refuse the address of somebody who is on the team already."""
        email: str = self.cleaned_data["email"]
        if self.instance.employer.members.filter(user__email__iexact=email).exists():
            raise forms.ValidationError("This person is on the team already.")
        return email


class VerificationForm(forms.ModelForm):
    """An address at the domain of the employer's website, to which the question goes."""

    class Meta:
        model = Verification
        fields = ("email",)
        help_texts = {"email": "Whoever reads it can confirm, without an account: a colleague, the HR mailbox, you."}

    def clean_email(self) -> str:
        """Refuse an address that shows nothing about the domain."""
        email: str = self.cleaned_data["email"]
        domain, site = domain_of_mail(email), self.instance.domain
        if is_free_mail(domain):
            raise forms.ValidationError(f"Anybody gets a mailbox at {domain}. Name an address at {site}.")
        if not within(domain, site):
            raise forms.ValidationError(
                f"This address is not at {site}, the domain of your website. Name one that is, or correct the website."
            )
        return email


class LogoForm(forms.Form):
    """A picture for the page; what is cleaned is the decoded picture."""

    logo = forms.FileField(
        label="Picture",
        allow_empty_file=True,  # our own words say what to do about it
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text="PNG, JPEG or WebP, at best a square of 320 pixels or more. It is brought to size and written anew.",
    )

    def clean_logo(self) -> Image:
        """Look at the content, not at the name."""
        return logos.checked(self.cleaned_data["logo"])


class SiteForm(forms.ModelForm):
    """One of an employer's locations."""

    state = forms.ChoiceField(choices=[("", "Choose a state"), *STATE_CHOICES])

    class Meta:
        model = Site
        fields = ("name", "city", "state")

    def clean_name(self) -> str:
        """One line, no runs of spaces."""
        return one_line(self.cleaned_data["name"])

    def clean_city(self) -> str:
        """One line, no runs of spaces."""
        return one_line(self.cleaned_data["city"])


class ResumesForm(forms.Form):
    """Whether a member may download resumes."""

    allowed = forms.TypedChoiceField(choices=[("yes", "Yes"), ("no", "No")], coerce=lambda value: value == "yes")


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Member.Role)
