"""How is a choice among hundreds drawn? As any other, but not by one template for each of its options."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


class LongSelect(forms.Select):
    """A choice of one, without groups."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - the form of a widget
    ) -> SafeString:
        """Draw it."""
        chosen = "" if value is None else str(value)
        options: Iterable[tuple[Any, Any]] = self.choices
        drawn = (
            f'<option value="{escape(key)}"{" selected" if str(key) == chosen else ""}>{escape(title)}</option>'
            for key, title in options
        )
        inside = mark_safe("".join(drawn))  # noqa: S308 - escaped
        said = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", said, inside)
