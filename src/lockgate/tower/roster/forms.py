"""What is asked when a role is given or lent?"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.viewer import Held
from lockgate.tower.people.models import Account, Grant
from lockgate.tower.people.rights import declared_sites
from lockgate.workspace import Workspace

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoleForm(forms.Form):
    """Which role, where, and from when until when; days are those of the programme."""

    role = forms.ChoiceField(label=_("Role"))
    site = forms.ChoiceField(required=False, label=_("Site"), help_text=_("What is below it is included."))
    begins = forms.DateField(required=False, widget=_DAY, label=_("From"), help_text=_("At once when empty."))
    ends = forms.DateField(required=False, widget=_DAY, label=_("Until"), help_text=_("That day included."))

    def __init__(self, workspace: Workspace, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._workspace = workspace
        titles = sorted((one.title, key) for key, one in workspace.roles.items())
        _offer(self, "role", [(key, title) for title, key in titles])
        sites = [(key, workspace.sites[key].name) for key in declared_sites(workspace)]
        _offer(self, "site", [("", str(_("the whole programme"))), *sites])

    def clean(self) -> dict[str, Any]:
        """Refuse a role that ends before it begins."""
        said = super().clean() or {}
        begins, ends = said.get("begins") or datetime.now(self._zone).date(), said.get("ends")
        if ends and ends < begins:
            self.add_error("ends", _("It ends before it begins."))
        return said

    def wish(self, moment: datetime) -> Grant:
        """Return the role that is asked for."""
        said = self.cleaned_data
        begins = self._at(said["begins"]) if said.get("begins") else moment
        ends = self._at(said["ends"] + timedelta(days=1)) if said.get("ends") else None
        return Grant(role=said["role"], site=said.get("site") or "", begins=begins, ends=ends)

    @property
    def _zone(self) -> ZoneInfo:
        known = "programme" in self._workspace.models
        return ZoneInfo(self._workspace.programme.time_zone if known else "UTC")

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self._zone).astimezone(UTC)


class FactorForm(forms.Form):
    """Why a second factor is removed."""

    reason = forms.CharField(
        max_length=500,
        label=_("Why, and how you know that it is they who ask"),
        help_text=_("It is on record, and they are told. Leave out what is private."),
    )


class LendForm(RoleForm):
    """Which of one's own roles, to whom, and until when."""

    field_order = ("to", "role", "site", "ends")
    to = forms.ChoiceField(label=_("To"))
    begins = None  # type: ignore[assignment] # Django's way to leave a field out

    def __init__(self, workspace: Workspace, own: tuple[Held, ...], person: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(workspace, *args, **kwargs)
        others = Account.objects.filter(is_active=True).exclude(person=person)
        _offer(self, "to", [(one.person, one.get_full_name()) for one in others])
        mine = {one.role for one in own}
        _offer(self, "role", [(key, workspace.roles[key].title) for key in sorted(mine & set(workspace.roles))])
        if not any(one.sites is None for one in own):
            inside = sorted({site for one in own for site in one.sites or ()})
            _offer(self, "site", [(key, workspace.sites[key].name) for key in inside])
        self.fields["ends"].required = True


def _offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined] # it is a field of choices
