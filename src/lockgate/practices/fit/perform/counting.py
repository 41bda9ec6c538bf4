"""What does the ledger learn of own code, and what do programs? The keys of `lockgate fit custom --json`.

N1  With the evidence goes a file: the answer of the verb. Pages show the pieces from it, and no page asks Odoo.
"""

import json
from datetime import datetime
from typing import Final

from typing_extensions import TypedDict

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import PROGRAMME
from lockgate.practices.fit.decide.custom import Inventory
from lockgate.practices.fit.perform.inventory import Counted
from lockgate.practices.fit.perform.recording import instance_seen, modules_input

KIND: Final = "fit.custom"


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


def record_custom(found: Counted, about: tuple[datetime, str]) -> CustomAnswer:
    """Record what was counted, with the pieces in a file beside it, and return it."""
    inventory, instance = found.inventory, found.instance
    versions = {module.name: module.version for module in found.seen.modules}
    answer = custom_answer(found, 0)
    content = json.dumps(answer, ensure_ascii=False, indent=1).encode()
    evidence = Evidence(
        kind=KIND,
        scope=PROGRAMME,
        subject={"instance": instance.name},
        verdict=Verdict.SEEN,
        measures=inventory.measures(),
        inputs=modules_input(instance.name, versions),
        producer=about[1],
        taken_at=about[0],
        instance=instance,
        artifact=found.desk.artifacts.keep(content),
        notes=_notes(inventory),
    )
    seen = instance_seen(instance, versions, len(found.seen.companies), about)
    return {**answer, "evidence": found.desk.ledger.record_evidence(seen, evidence)[1].number}


def _notes(found: Inventory) -> dict[str, str]:
    """Return what the sums leave out."""
    said = {
        "unread": ", ".join(found.unread),
        "uncounted": ", ".join(found.uncounted),
        "core": "" if found.core_edits is not None else "Edits of Odoo's own code can't be told over its API.",
    }
    return {name: text for name, text in said.items() if text}
