"""How is own code shown? The keys of `lockgate fit custom --json`, and the same as tables."""

from collections.abc import Iterator
from typing import Final, TypedDict

from lockgate.faces.output import Table, View
from lockgate.practices.fit.perform.inventory import Counted

_LOOKS: Final = {"approved": "green", "unapproved": "red"}


class PieceAnswer(TypedDict):
    """Something that neither Odoo nor OCA brought."""

    kind: str
    name: str
    about: str
    lines: int | None
    overrides: int
    gap: str | None
    gap_state: str | None
    approved: bool


class NotThereAnswer(TypedDict):
    """Something that a gap names and that is not there."""

    gap: str
    title: str
    name: str


class OverAnswer(TypedDict):
    """A sum above what was agreed; no value where nobody can tell it."""

    measure: str
    value: int | None
    most: int


class CustomAnswer(TypedDict):
    """The answer of `lockgate fit custom`; a sum is null where nobody can tell it."""

    instance: str
    database: str
    modules: int | None
    lines: int | None
    overrides: int | None
    unapproved: int | None
    studio: int | None
    core_edits: int | None
    pieces: list[PieceAnswer]
    unread: list[str]
    uncounted: list[str]
    not_there: list[NotThereAnswer]
    over: list[OverAnswer]
    evidence: int


def custom_answer(found: Counted, evidence: int) -> CustomAnswer:
    """Return what was counted."""
    sums = found.inventory.measures()
    return CustomAnswer(
        instance=found.instance.name,
        database=found.instance.uuid,
        modules=sums.get("modules"),
        lines=sums.get("lines"),
        overrides=sums.get("overrides"),
        unapproved=sums.get("unapproved"),
        studio=sums.get("studio"),
        core_edits=sums.get("core_edits"),
        pieces=[
            PieceAnswer(
                kind=one.piece.kind,
                name=one.piece.name,
                about=one.piece.about,
                lines=one.piece.lines,
                overrides=one.piece.overrides,
                gap=one.gap.id if one.gap else None,
                gap_state=one.gap.state if one.gap else None,
                approved=one.approved,
            )
            for one in found.inventory.listed
        ],
        unread=list(found.inventory.unread),
        uncounted=list(found.inventory.uncounted),
        not_there=[NotThereAnswer(gap=gap.id, title=gap.title, name=name) for gap, name in found.not_there],
        over=[OverAnswer(measure=one.measure, value=one.value, most=one.most) for one in found.over],
        evidence=evidence,
    )


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
