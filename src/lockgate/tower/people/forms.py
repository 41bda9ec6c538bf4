"""What do the forms of accounts ask?"""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.reading import locales
from lockgate.tower.people.models import Account


class JoinForm(forms.Form):
    """What an invited person says."""

    name = forms.CharField(max_length=200, label=_("Your name"))
    email = forms.EmailField(
        required=False, label=_("Mail address"), help_text=_("For notices; it stays out of the ledger.")
    )
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=_("Password"),
        help_text=_("Twelve characters or more."),
    )

    def __init__(self, person: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean(self) -> dict[str, Any]:
        """Refuse passwords that are easy to guess."""
        said = super().clean() or {}
        if said.get("password"):
            account = Account(person=self._person, name=said.get("name", ""), email=said.get("email", ""))
            try:
                validate_password(said["password"], account)
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return said


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg] # only the stubs know it as generic
    """How somebody wants to read."""

    class Meta:
        """What is asked."""

        model = Account
        fields = ("name", "email", "time_zone", "language", "theme")
        labels: ClassVar = {"name": _("Name"), "email": _("Mail address"), "theme": _("Theme")}

    language = forms.ChoiceField(
        required=False,
        label=_("Language and region"),
        help_text=_("How numbers and dates are written; the words too, where they are translated."),
        choices=lambda: [("", _("as the browser says")), *locales()],
    )
    time_zone = forms.ChoiceField(
        required=False,
        label=_("Time zone"),
        choices=lambda: [("", _("the programme's")), *((zone, zone) for zone in sorted(available_timezones()))],
    )


class KeyForm(forms.Form):
    """For what program, what it may, and for how long."""

    name = forms.CharField(max_length=100, label=_("What for"), help_text=_("The program that will use it."))
    writes = forms.ChoiceField(
        label=_("It may"), choices=[("", _("read")), ("yes", _("read and write, as far as you may"))], required=False
    )
    days = forms.IntegerField(min_value=1, max_value=366, initial=90, label=_("Ends after days"))
