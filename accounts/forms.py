"""Forms of the accounts pages."""

from django import forms


class SignupDetails(forms.Form):
    """What sign-up asks besides the e-mail and password."""

    name = forms.CharField(max_length=120, required=False)

    def signup(self, request, user):  # noqa
        user.name = self.cleaned_data["name"]
        user.save()
