"""How are the rows drawn that ask for conditions? By hand: each criterion that is lacking has one, with four fields.

D1  Whatever stands in a definition, or was typed, goes through `escape`.
D2  The names of the fields are those of the form set that reads them, and what it finds wrong stands beside them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.forms import BaseFormSet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """One condition, as it stands in the form."""

    name: str
    """What the names of its fields begin with."""
    title: str = ""
    """The criterion that it is about; empty for one that no criterion measures."""
    said: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, Sequence[str]] = field(default_factory=dict)


def empty(prefix: str, lacking: Choices) -> list[Row]:
    """Return a row for each criterion that is lacking, and a free one."""
    rows = [Row(f"{prefix}-{place}", title, {"criterion": key}) for place, (key, title) in enumerate(lacking)]
    return [*rows, Row(f"{prefix}-{len(rows)}")]


def filled(forms: BaseFormSet) -> list[Row]:  # type: ignore[type-arg]
    """Return the rows as somebody filled them, with what is wrong."""
    return [
        Row(
            form.prefix,
            form.title,
            {name: form[name].value() or "" for name in form.fields},
            {name: list(form[name].errors) for name in form.fields},
        )
        for form in forms
    ]


def drawn(rows: Iterable[Row], criteria: Choices, people: Choices) -> SafeString:
    """Return the rows; `criteria` are those that the free one may be about."""
    pen = _Pen(_options([("", _("no criterion")), *criteria]), _options([("", ""), *people]))
    return mark_safe("".join([pen.row(one) for one in rows]))  # noqa: S308 - D1


@dataclass(frozen=True)
class _Pen:
    """Draws rows that choose among the same criteria and people."""

    criteria: str
    people: str

    def row(self, row: Row) -> str:
        if row.title:
            key = escape(row.said.get("criterion", ""))
            about = f'<input type="hidden" name="{row.name}-criterion" value="{key}" id="id_{row.name}-criterion">'
        else:
            about = self._field(row, "criterion", _("Measured by"), self._select(row, "criterion", self.criteria))
        text = self._field(row, "text", _("What has to follow"), self._input(row, "text", "text"))
        owner = self._field(row, "owner", _("Who"), self._select(row, "owner", self.people))
        due = self._field(row, "due", _("Until when"), self._input(row, "due", "date"))
        legend = escape(row.title or _("Another condition"))
        return (
            f'<fieldset class="condition"><legend>{legend}</legend>{about}{text}<div class="row">{owner}{due}</div>'
            "</fieldset>\n"
        )

    def _field(self, row: Row, name: str, label: str, inside: str) -> str:
        at = f"id_{row.name}-{name}"
        wrong = "".join([escape(one) for one in row.wrong.get(name, ())])
        told = f'<span class="wrong" role="alert" id="{at}_error">{wrong}</span>' if wrong else ""
        return f'<div class="field"><label for="{at}">{escape(label)}</label>{inside}{told}</div>'

    def _input(self, row: Row, name: str, kind: str) -> str:
        return f'<input type="{kind}"{self._named(row, name)} value="{escape(row.said.get(name, ""))}">'

    def _select(self, row: Row, name: str, options: str) -> str:
        chosen = f'<option value="{escape(row.said.get(name, ""))}"'
        return f"<select{self._named(row, name)}>{options.replace(chosen, f'{chosen} selected', 1)}</select>"

    def _named(self, row: Row, name: str) -> str:
        at = f"id_{row.name}-{name}"
        wrong = f' aria-invalid="true" aria-describedby="{at}_error"' if row.wrong.get(name) else ""
        return f' name="{row.name}-{name}" id="{at}"{wrong}'


def _options(choices: Choices) -> str:
    return "".join([f'<option value="{escape(key)}">{escape(title)}</option>' for key, title in choices])
