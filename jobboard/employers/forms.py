"""Forms about an employer and its team."""

from django import forms

from accounts.vocabulary import STATE_CHOICES
from jobboard.employers.models import Employer, Invitation, Member
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
        return " ".join(self.cleaned_data["name"].split())


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


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Member.Role)
