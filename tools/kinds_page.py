"""Which kinds of resources does a template know, and how is each thing of Odoo said? In docs/reference/kinds.md.

Made of the tables of kinds and of the files in examples/recipes, which a test applies to a real Odoo. A test in
tests/docs fails when the page is not what comes of them. Run this to make it again.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from lockgate.practices.template.definition.kinds.kind import Kind, Short
from lockgate.practices.template.definition.kinds.table import KINDS

_ROOT = Path(__file__).resolve().parent.parent
PAGE = _ROOT / "docs" / "reference" / "kinds.md"
RECIPES = _ROOT / "examples" / "recipes"
AREAS = ("accounting", "stock", "trade", "production", "service", "system")
INTRODUCTION = """\
# Kinds of resources, and a recipe for each thing

A resource of a template is of a `model` of Odoo, with the fields of that model. Where that is long or easy to get
wrong, there is a `kind` in its place: it has short names for fields, plain words for what they hold, and checks that
are told by `lockgate check` before any Odoo is asked. Any other field of the model can stand beside the short names.

```yaml
  - key: ghent
    kind: warehouse
    company: acme
    values: { name: Ghent, code: GNT, receipts: three steps, deliveries: "pick, pack and ship" }
```

A kind is translated to a generic resource; what is planned, written and found as drift is that. What is made in a
`company` belongs to it without saying so again. A site changes values by the same short names.
[Set up an Odoo](../how-to/set-up-an-odoo.md) tells the rest. This page is made by `python tools/kinds_page.py` from the
tables of kinds and from the files in `examples/recipes`. A test applies all of them to a real Odoo, plans again and
finds nothing to do, changes each record by hand and finds each change.

## What is said how

`generic` means that the fields of the model say it as shortly as a kind could.

| what | said by |
| --- | --- |
"""


def main() -> int:
    """Write the page; return the exit code."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Return the page as it should be."""
    files = [file for area in AREAS for file in sorted((RECIPES / area).glob("*.yaml"))]
    rows = "".join(f"| [{_title(file)}](#{file.stem}) | {_said_by(file)} |\n" for file in files)
    kinds = "\n".join(line for name in sorted(KINDS) for line in _kind(KINDS[name]))
    recipes = "\n".join(line for file in files for line in _recipe(file))
    return f"{INTRODUCTION}{rows}\n## Kinds\n\n{kinds}\n## Recipes\n\n{recipes}"


def _title(file: Path) -> str:
    return file.stem.replace("-", " ").capitalize()


def _said_by(file: Path) -> str:
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    kinds = dict.fromkeys(one["kind"] for one in said.get("resources", ()) if "kind" in one)
    models = dict.fromkeys(one["model"] for one in said.get("resources", ()) if "model" in one)
    if not kinds and not models:
        return "the top of a file"
    told = [f"[`{name}`](#kind-{name})" for name in kinds]
    return ", ".join((*told, *(f"generic `{name}`" for name in models)))


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### Kind `{kind.name}`\n"
    needs = " and ".join((", ".join(f"`{name}`" for name in kind.needs[:-1]), f"`{kind.needs[-1]}`")).removeprefix(
        " and "
    )
    yield f"{kind.about} The model is `{kind.model}`. It needs {needs}.\n"
    yield "| short name | field | meaning |\n| --- | --- | --- |"
    yield from _rows(kind.shorts)
    by_itself = {**kind.defaults, **({kind.of_company: "the company"} if kind.of_company else {})}
    yield ""
    if kind.find or kind.made_by_odoo:
        found = (
            "Odoo makes it, and it is found."
            if kind.made_by_odoo
            else f"One that is there is taken over: {_list(kind.find)}."
        )
        yield f"{found}\n"
    if by_itself:
        yield f"By itself: {', '.join(f'`{name}` is {value}' for name, value in by_itself.items())}.\n"


def _rows(shorts: Sequence[Short], within: str = "") -> Iterator[str]:
    for one in shorts:
        said = one.means
        if one.choices:
            said += f" One of: {', '.join(f'`{plain}`' for plain in one.choices)}."
        if one.code is not None:
            said += f" Short: `{one.code.example}`."
        yield f"| {within}`{one.name}` | `{one.field}` | {said} |"
        yield from _rows(one.lines, f"`{one.name}`: ")


def _list(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _recipe(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    why, _, rest = text.partition("\n")
    yield f"### {_title(file)}\n"
    yield f"{why.removeprefix('why: ')}\n"
    yield f"```yaml\n{rest.rstrip()}\n```\n"


if __name__ == "__main__":
    sys.exit(main())
