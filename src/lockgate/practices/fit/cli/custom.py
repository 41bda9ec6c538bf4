"""How is own code shown on a terminal? As a table, and what has to be said of it."""

from collections.abc import Iterator
from typing import Final

from lockgate.faces.output import Table, View
from lockgate.practices.fit.perform.counting import CustomAnswer, PieceAnswer

_LOOKS: Final = {"approved": "green", "unapproved": "red"}


def custom_views(answer: CustomAnswer) -> Iterator[View]:
    """Yield what was built, and what has to be said of it."""
    rows = [_row(one) for one in answer["pieces"]]
    nothing = "Nothing was built beside Odoo and OCA."
    yield Table(("Kind", "Name", "About", "Lines", "Gap", "State"), rows, nothing, _LOOKS)
    sums = (("modules", "own modules"), ("lines", "lines"), ("overrides", "overrides"), ("unapproved", "unapproved"))
    told = {"modules": answer["modules"], "lines": answer["lines"], "overrides": answer["overrides"]}
    told["unapproved"] = answer["unapproved"]
    yield ", ".join(f"{'?' if told[name] is None else told[name]} {words}" for name, words in sums) + "."
    yield from _remarks(answer)


def _row(one: PieceAnswer) -> tuple[str, ...]:
    lines = "" if one["lines"] is None else str(one["lines"])
    gap = f"{one['gap']} ({one['gap_state']})" if one["gap"] else ""
    return (one["kind"], one["name"], one["about"], lines, gap, "approved" if one["approved"] else "unapproved")


def _remarks(answer: CustomAnswer) -> Iterator[str]:
    if answer["unread"]:
        yield f"This user may not read: {', '.join(answer['unread'])}. There may be more."
    if answer["uncounted"]:
        yield f"No source is declared of {', '.join(answer['uncounted'])}: name its folder in fit/custom.yaml."
    if answer["core_edits"] is None:
        yield "Edits of Odoo's own code can't be told over its API: declare `core` in fit/custom.yaml to compare files."
    elif answer["core_edits"]:
        yield f"{answer['core_edits']} files of Odoo differ from what was released."
    for one in answer["over"]:
        value = "can't be told" if one["value"] is None else f"is {one['value']}"
        yield f"{one['measure']} {value}; agreed are {one['most']}."
    for each in answer["not_there"]:
        yield f"{each['gap']} names {each['name']}, which is not there."
