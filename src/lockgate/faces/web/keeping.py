"""Does a page of the past lead to pages of the past? Every link that it has to one keeps the moment.

K1  Kept is the moment on links to pages that can be asked as of one, those of the navigation included. A link that
    names a moment keeps its own, and one that is marked `data-now` leads to now.
K2  It is done to what was drawn, in one place, so that no template can forget it. Links are those of our own
    templates: what people wrote stands there escaped, and makes none.
"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

_LINK: Final = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>')
_MOMENT: Final = re.compile(r"(?:\?|&|&amp;)as-of=")


def keep(html: str, as_of: str, asked: Callable[[str], bool]) -> str:
    """Return a page whose links keep the moment; `asked` tells for a path whether it can be asked as of one."""

    def kept(found: re.Match[str]) -> str:
        tag, address = found[0], found[1]
        if "data-now" in tag or _MOMENT.search(address):
            return tag
        path, mark, fragment = address.partition("#")
        here = path.startswith("?")
        if not here and not asked(path.partition("?")[0]):
            return tag
        joined = f"{path}{'&amp;' if '?' in path else '?'}as-of={quote(as_of, safe='')}{mark}{fragment}"
        return tag.replace(f'href="{address}"', f'href="{joined}"', 1)

    return _LINK.sub(kept, html)
