"""What of a page need not be drawn again? What was made from values that are equal to those of before.

    {% kept row as_of %}<tr>…</tr>{% endkept %}

K1  What stands inside depends on the values that are named, the reader's locale and time zone, and nothing else. So
    nothing of one reader reaches another: who sees other rows names other values.
"""

import threading
from collections import OrderedDict
from typing import Any, Final

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lockgate.faces.web.reading import locale

register = template.Library()
_MOST: Final = 4_000
"""How many drawings of one place in a template are kept."""


class Kept(Node):
    """Draws each value once."""

    def __init__(self, inside: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = inside
        self._values = values
        self._lock = threading.Lock()
        self._drawn: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()

    def render(self, context: template.Context) -> SafeString:
        """Return what is drawn for the values (K1)."""
        values = (value.resolve(context) for value in self._values)
        key = (get_language(), locale(), timezone.get_current_timezone_name(), *values)
        with self._lock:
            drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
        with self._lock:
            self._drawn[key] = drawn
            self._drawn.move_to_end(key)
            while len(self._drawn) > _MOST:
                self._drawn.popitem(last=False)
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Keep what stands inside for equal values."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(inside, values)
