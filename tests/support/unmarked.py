"""What does a template say that can't be translated? Letters outside of what Django's tags mark.

Text in `code`, `kbd`, `pre`, `script` and `style` is no prose: it is what people type or programs read.
"""

import re

ATTRIBUTES = (
    "title", "aria-label", "aria-description", "aria-valuetext", "placeholder", "alt", "label",
    "data-title", "data-confirm", "data-folded", "data-unfolded",
)  # fmt: skip
VERBATIM = {"code", "kbd", "pre", "script", "style"}
NAMES = {"Lockgate", "submit"}
"""What is called the same everywhere: the product, and a word of HTML."""

_TOKEN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_MARKED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
_ATTRIBUTE = re.compile(rf"(?<![\w-])({'|'.join(ATTRIBUTES)})=\"([^\"]*)\"")
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}|\b[AIai]\b")
_IN_TAGS = (
    re.compile(r"\bdefault(?:_if_none)?:(\"[^\"]*\"|'[^']*')"),
    re.compile(r"\{%\s*state\s+\S+\s+(\"[^\"]*\"|'[^']*')"),
    re.compile(r"\{%\s*sorted_by\s+\S+\s+(\"[^\"]*\"|'[^']*')"),
    re.compile(r"\|(pluralize|yesno|floatformat|intcomma)\b"),
    re.compile(r"\|(date:(?!\"(?:H:i:s|Y-m|Y-m-d|F|D|YEAR_MONTH_FORMAT)\")[^|}]*)"),
)
"""Words in the arguments of tags and filters, and filters that speak English whatever the reader speaks."""


def unmarked(template: str) -> list[str]:
    """Return every text of a template that no translation reaches."""
    found = [one.strip() for form in _IN_TAGS for one in form.findall(template) if one.strip("\"'") not in {*NAMES, ""}]
    plain = _TOKEN.sub("\0", _MARKED.sub("\0", template))
    elements = re.split(r"(<[^<>]*>)", plain)
    verbatim = 0
    for part in elements:
        if not part.startswith("<"):
            found += [] if verbatim else _prose(part)
            continue
        name = re.match(r"</?([a-z0-9]+)", part)
        if name and name[1] in VERBATIM:
            verbatim += -1 if part.startswith("</") else 1
        found += [text for _, said in _ATTRIBUTE.findall(part) for text in _prose(said)]
    return found


def _prose(text: str) -> list[str]:
    runs = (run.strip() for run in re.split(r"\0", re.sub(r"&[a-z]+;", " ", text)))
    return [run for run in runs if _LETTERS.search(run) and run not in NAMES]
