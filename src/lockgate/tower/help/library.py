"""Which documents are there, and how do they read as pages? Markdown as it lies in `docs`, with links that lead inside.

D1  Markup inside of a document is text: what is written between angle brackets is never HTML.
D2  A link to another document leads to its page, one to a heading to that heading; ids are those of the built site.
D3  A picture is one of those in `docs/pictures`; no other file is given out.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

import lockgate

FIRST: Final = "index"
PICTURES: Final = "pictures"
_NOT_LISTED: Final = (f"/{FIRST}", "/template")
"""Lists of documents, and forms for whoever writes one: reached by a link."""
_ADMONITION: Final = re.compile(r'^!!! (\w+)(?: "([^"]*)")?\n((?:    .*\n|\n(?=    ))+)', re.MULTILINE)
_FOLDERS: Final = {"tutorial": "Tutorial", "how-to": "How to", "reference": "Reference", "explanation": "Explanation"}


@dataclass(frozen=True)
class Document:
    """One page of help."""

    name: str
    """Its path below `docs`, without the ending."""
    title: str
    text: str

    @property
    def url(self) -> str:
        """Where it is."""
        return "/help/" if self.name == FIRST else f"/help/{self.name}/"

    @property
    def group(self) -> str:
        """What kind of document it is."""
        return _FOLDERS.get(self.name.partition("/")[0], "More")


@dataclass(frozen=True)
class Rendered:
    """A document as HTML."""

    html: str
    anchors: tuple[str, ...]
    links: tuple[str, ...]
    """Where it leads, as addresses of pages."""


@cache
def documents() -> Mapping[str, Document]:
    """Return all documents by their names, the first page first."""
    root = _folder()
    names = sorted(str(path.relative_to(root))[: -len(".md")] for path in root.rglob("*.md"))
    return {name: _document(root, name) for name in sorted(names, key=_place)}


@cache
def rendered(name: str) -> Rendered:
    """Return a document as HTML (D1, D2)."""
    reader = MarkdownIt("commonmark", {"html": False, "highlight": _code}).enable("table")
    reader.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table>\n')
    reader.add_render_rule("table_close", lambda *_: "</table></div>\n")
    tokens = reader.parse(_ADMONITION.sub(_quoted, documents()[name].text))
    anchors = tuple(_anchored(tokens))
    links = tuple(_led(tokens, name))
    return Rendered(reader.renderer.render(tokens, reader.options, {}), anchors, links)


def _code(code: str, *_: str) -> str:
    """Return code that the keyboard can scroll where it is wider than the page."""
    return f'<pre tabindex="0"><code>{escape(code)}</code></pre>'


def groups() -> list[tuple[str, list[Document]]]:
    """Return the documents by what kind they are."""
    found: dict[str, list[Document]] = {}
    for document in documents().values():
        if document.name != FIRST and not document.name.endswith(_NOT_LISTED):
            found.setdefault(document.group, []).append(document)
    return list(found.items())


@cache
def pictures() -> Mapping[str, Path]:
    """Return the pictures of all documents by their names (D3)."""
    return {path.name: path for path in sorted((_folder() / PICTURES).glob("*.png"))}


def _folder() -> Path:
    package = Path(lockgate.__file__).parent
    inside = package / "docs"
    return inside if inside.is_dir() else package.parents[1] / "docs"


def _document(root: Path, name: str) -> Document:
    text = (root / f"{name}.md").read_text(encoding="utf-8")
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), name)
    return Document(name, title.replace("`", ""), text)


def _place(name: str) -> tuple[int, str]:
    folders = (FIRST, *_FOLDERS)
    top = name.partition("/")[0]
    return folders.index(top) if top in folders else len(folders), name


def _quoted(found: re.Match[str]) -> str:
    lines = [line[4:] for line in found[3].splitlines()]
    return "\n".join(f"> {line}" for line in [f"**{found[2] or found[1].capitalize()}**", "", *lines]) + "\n"


def _anchored(tokens: list[Token]) -> Iterator[str]:
    """Give each heading an id, and yield it."""
    met: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            inside = [child for child in tokens[place + 1].children or () if child.type in _SAID]
            named = _NAMED.search(inside[-1].content) if inside else None
            if named:
                inside[-1].content = inside[-1].content[: named.start()]
            slug = named[1] if named else _slug("".join(child.content for child in inside))
            count = met[slug] = met.get(slug, -1) + 1
            anchor = f"{slug}_{count}" if count else slug
            token.attrSet("id", anchor)
            yield anchor


_NAMED: Final = re.compile(r"\s*\{\s*#([\w-]+)\s*\}\s*$")
"""How a heading says its id itself."""
_SAID: Final = {"text", "code_inline"}


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _led(tokens: list[Token], name: str) -> Iterator[str]:
    """Have links lead to pages and pictures be found, and yield where links that stay inside lead."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and (href := str(child.attrGet("href") or "")):
                led = _led_to(href, name)
                child.attrSet("href", led)
                if not _outside(led):
                    yield led
            if child.type == "image":
                shown = posixpath.basename(str(child.attrGet("src")))
                child.attrSet("src", f"/help/{PICTURES}/{shown}")
                child.attrSet("loading", "lazy")


def _led_to(href: str, name: str) -> str:
    if _outside(href) or href.startswith("#"):
        return href
    path, _, anchor = href.partition("#")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).removesuffix(".md")
    return f"/help/{'' if there == FIRST else there + '/'}{'#' + anchor if anchor else ''}"


def _outside(href: str) -> bool:
    return href.startswith(("http:", "https:", "mailto:"))
