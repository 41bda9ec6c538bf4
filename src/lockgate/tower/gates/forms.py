"""What do the forms of a gate ask? Only what a person has to say; who they are and what they saw the server knows."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.choosing import LongSelect
from lockgate.gates.asking.outcome import Status
from lockgate.gates.deciding.foreseeing import Foreseen
from lockgate.gates.facts.history import Choice
from lockgate.programme.acting import Demand
from lockgate.tower.gates.asked import Asked
from lockgate.tower.gates.conditions import drawn, empty, filled

_DAY = {"type": "date"}
_MOMENT = {"type": "datetime-local"}
People = Sequence[tuple[str, str]]


class VoteForm(forms.Form):
    """What somebody votes."""

    choice = forms.ChoiceField(
        label=_("Choice"), choices=[(str(one), str(one)) for one in Choice], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        required=False,
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A conditional go, a no-go and a vote for somebody else need one."),
    )
    behalf = forms.ChoiceField(required=False, label=_("On behalf of"), widget=LongSelect)

    def __init__(self, foreseen: Foreseen, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(people)
        mine = [("", _("myself"))] if foreseen.own or not foreseen.behalf else []
        self.fields["behalf"].choices = [*mine, *((one, names.get(one, one)) for one in foreseen.behalf)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the rules will."""
        said = super().clean() or {}
        if (said.get("choice") not in {None, str(Choice.GO)} or said.get("behalf")) and not said.get("reason"):
            self.add_error("reason", _("Say why."))
        return said


class ConditionForm(forms.Form):
    """One condition of a conditional go; empty when there is none."""

    criterion = forms.ChoiceField(required=False, label=_("Measured by"), widget=LongSelect)
    text = forms.CharField(required=False, label=_("What has to follow"))
    owner = forms.ChoiceField(required=False, label=_("Who"), widget=LongSelect)
    due = forms.CharField(required=False, label=_("Until when"), widget=forms.TextInput(attrs=_DAY))

    def __init__(self, criteria: People, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = dict(criteria)
        self.fields["criterion"].choices = [("", _("no criterion")), *criteria]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", ""), *people]  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        """The title of the criterion that the row is about, empty for the free row."""
        return self.titles.get(self["criterion"].value() or "", "") if self.initial else ""

    def clean(self) -> dict[str, Any]:
        """Ask for what is lacking once something is said."""
        said = super().clean() or {}
        if any(said.get(name) for name in ("text", "owner", "due")):
            for name in ("text", "owner", "due"):
                if not said.get(name):
                    self.add_error(name, _("Say this too, or nothing."))
        return said


class WaiveForm(forms.Form):
    """The acceptance of one criterion for a time."""

    criterion = forms.ChoiceField(label=_("Criterion"), widget=LongSelect)
    owner = forms.ChoiceField(label=_("Who carries the risk"), widget=LongSelect)
    until = forms.CharField(label=_("Until when"), widget=forms.TextInput(attrs=_DAY))
    reason = forms.CharField(label=_("Why it can be accepted"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, criteria: People, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = criteria  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", ""), *people]  # type: ignore[attr-defined]


class FulfilForm(forms.Form):
    """The word that a condition is fulfilled."""

    condition = forms.CharField(widget=forms.HiddenInput)


class EmergencyForm(forms.Form):
    """One of the two signatures under an emergency permit."""

    until = forms.CharField(
        label=_("Until when"),
        widget=forms.TextInput(attrs=_MOMENT),
        help_text=_("Three days at most, where the programme is."),
    )
    reason = forms.CharField(label=_("What has happened"), widget=forms.Textarea(attrs={"rows": 3}))


class GateForms:
    """The forms of one gate, of which one may be filled."""

    def __init__(self, found: Asked, foreseen: Foreseen, filled: str = "", said: QueryDict | None = None) -> None:
        self._found = found
        self._foreseen = foreseen
        self._filled = filled
        self._said = said

    def _of(self, name: str) -> QueryDict | None:
        return self._said if self._filled == name else None

    @cached_property
    def people(self) -> People:
        """Everybody who can own something: id and name."""
        declared = self._found.room.workspace.people
        return [(key, f"{one.name} ({key})" if one.name else key) for key, one in declared.items()]

    @cached_property
    def vote(self) -> VoteForm:
        """The form to vote with."""
        return VoteForm(self._foreseen, self.people, self._of("decide"), prefix="vote")

    @cached_property
    def conditions(self) -> Any:
        """A row for each criterion that is lacking, and a free one."""
        criteria = self._titles({Status.MET, Status.WAIVED})
        rows = forms.formset_factory(ConditionForm, extra=1)
        return rows(
            self._of("decide"),
            initial=[{"criterion": key} for key, _ in criteria],
            prefix="condition",
            form_kwargs={"criteria": self._titles(set()), "people": self.people},
        )

    @property
    def counting(self) -> Any:
        """How many rows there are, hidden in the form; a template that asked the rows for it would make them all."""
        return self.conditions.management_form

    @cached_property
    def rows(self) -> SafeString:
        """The rows of the conditions, drawn."""
        lacking = self._titles({Status.MET, Status.WAIVED})
        rows = empty("condition", lacking) if self._of("decide") is None else filled(self.conditions)
        return drawn(rows, self._titles(set()), self.people)

    @cached_property
    def waive(self) -> WaiveForm:
        """The form to waive with."""
        return WaiveForm(self._titles({Status.MET}), self.people, self._of("waive"), prefix="waive")

    @cached_property
    def fulfil(self) -> FulfilForm:
        """The form to say with that a condition is fulfilled."""
        return FulfilForm(self._of("fulfil"))

    @cached_property
    def emergency(self) -> EmergencyForm:
        """The form to sign an emergency permit with."""
        return EmergencyForm(self._of("emergency"), prefix="emergency")

    def valid(self) -> bool:
        """Return whether what was filled in can be acted upon."""
        if self._filled != "decide":
            return _form(self, self._filled).is_valid()
        if not self.vote.is_valid():
            return False
        return self.vote.cleaned_data["choice"] != str(Choice.CONDITIONAL) or bool(self.conditions.is_valid())

    @property
    def seen(self) -> int:
        """The ledger's last record when the page was made; -1 when the form does not say."""
        number = str(self._said.get("seen", "")) if self._said is not None else ""
        return int(number) if number.isascii() and number.isdigit() else -1

    @property
    def demands(self) -> list[Demand]:
        """The conditions that were filled in."""
        return [Demand(**row) for row in self.conditions.cleaned_data if row.get("text")]

    def said(self, name: str) -> Mapping[str, Any]:
        """Return what was filled into a form."""
        return _form(self, name).cleaned_data

    def _titles(self, without: set[Status]) -> People:
        return [
            (one.criterion.key, one.criterion.title)
            for one in self._found.state.criteria
            if one.status not in without and one.found.status not in without
        ]


def _form(of: GateForms, name: str) -> forms.Form:
    found: forms.Form = getattr(of, name)
    return found
