"""Which texts of the tower wait to be translated? All that its templates and pages mark, as a catalog.

    python tools/messages.py            write the list of texts, which every language starts from
    python tools/messages.py --check    say whether that list is up to date
    python tools/messages.py de         begin or refresh the catalog of a language, and compile it once it is whole

M1  Templates are read as Django reads them, Python by its own tokens; no program but Python is needed.
M2  Texts stand in the order of the alphabet with the files that have them, so that one change moves few lines.
M3  A catalog is compiled only when every text is translated: a page is never half of one language.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "src/lockgate/faces/web", ROOT / "src/lockgate/tower", ROOT / "src/lockgate/practices")
LOCALE = ROOT / "src/lockgate/faces/web/locale"
TEMPLATE = LOCALE / "django.pot"
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""Name of a function → which of its arguments are texts."""


def main(arguments: list[str]) -> int:
    """Do what is asked; return the exit code."""
    parser = argparse.ArgumentParser(description="Refresh the catalogs of the tower's texts.")
    parser.add_argument("languages", nargs="*", metavar="language", help="refresh its catalog too, like de or pt_BR")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the list is out of date")
    asked = parser.parse_args(arguments)
    found = messages()
    text = written(found)
    if asked.check:
        return _checked(text)
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(text)
    print(f"{TEMPLATE.relative_to(ROOT)}: {len(found)} texts")
    whole = [refresh(language, found) for language in asked.languages]
    return 0 if all(whole) else 1


def messages() -> Catalog:
    """Return all texts with the files that have them (M1, M2)."""
    catalog = Catalog(project="Lockgate", charset="utf-8", fuzzy=False)
    for file, singular_and_plural, context in sorted(_found(), key=lambda one: (one[0], str(one[1]))):
        catalog.add(singular_and_plural, locations=[(file, 0)], context=context)
    return catalog


def written(catalog: Catalog) -> bytes:
    """Return a catalog as its file has it, the same for the same texts."""
    out = io.BytesIO()
    write_po(out, catalog, omit_header=True, sort_output=True, include_lineno=False, width=100)
    return out.getvalue()


def refresh(language: str, found: Catalog) -> bool:
    """Bring the catalog of a language up to date; return whether it is whole, and compiled (M3)."""
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "django.po"
    known = Catalog(locale=language, project="Lockgate", charset="utf-8", fuzzy=False)
    if file.exists():
        with file.open("rb") as kept:
            known = read_po(kept, locale=language)
    known.update(found)
    with file.open("wb") as out:
        write_po(out, known, sort_output=True, include_lineno=False, width=100, ignore_obsolete=True)
    lacking = [one for one in known if one.id and (one.fuzzy or not _is_whole(one.string))]
    if lacking:
        (folder / "django.mo").unlink(missing_ok=True)
        print(f"{file.relative_to(ROOT)}: {len(lacking)} of {len(found)} texts wait to be translated; not compiled")
        return False
    with (folder / "django.mo").open("wb") as out:
        write_mo(out, known)
    print(f"{file.relative_to(ROOT)}: whole, and compiled")
    return True


def _is_whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _checked(text: bytes) -> int:
    if TEMPLATE.exists() and TEMPLATE.read_bytes() == text:
        return 0
    print(f"{TEMPLATE.relative_to(ROOT)} is not what templates and pages say now: python tools/messages.py")
    return 1


def _found() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    for file in sorted(file for source in SOURCES for file in source.rglob("*")):
        is_template = "templates" in file.parts and file.suffix in {".html", ".txt"}
        if not is_template and file.suffix != ".py":
            continue
        text = file.read_text(encoding="utf-8")
        if is_template:
            text = f"({templatize(text, origin=str(file))})"  # in brackets, as its indents are not Python's
        for _, said, _, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            yield str(file.relative_to(ROOT)), said, context


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
