"""May this be said of a record? Comments, links to others and tags: they leave its version as it is."""

import re
from collections.abc import Mapping

from lockgate.kernel.register import Field, Kind
from lockgate.ledger.registers.action import Outcome, Refusal, Remark, Tag, Tie
from lockgate.ledger.registers.engine.subject import On, no
from lockgate.ledger.registers.entry import ID
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import Unfit, fit, near

RELATIONS: Mapping[str, str] = {
    "relates": "relates to",
    "causes": "is caused by",
    "blocks": "is blocked by",
    "covers": "is covered by",
    "resolves": "is resolved by",
    "duplicates": "is duplicated by",
    "follows": "is followed by",
    "changes": "is changed by",
}
"""How one record can have to do with another, and how that reads from the other side."""
_DECLARED = re.compile(r"[a-z][a-z0-9-]*:[^\s:][^\s]{0,199}")
_TAG = re.compile(r"[^\W_][\w-]{0,39}")
_COMMENT = Field("text", "The comment", Kind.LONG_TEXT)


def comment(action: Remark, on: On) -> Outcome:
    """Return the event of a comment, or what is wrong with its words."""
    try:
        text = fit(action.text.strip(), _COMMENT, on.known)
    except Unfit as error:
        return no(Refusal("bad-value", error.what, error.do, "text"))
    if text is None:
        return no(
            Refusal("missing-value", "A comment without words says nothing.", "Write what you want to say.", "text")
        )
    return Outcome((on.event("commented", text=text),))


def tie(action: Tie, on: On) -> Outcome:
    """Return the event of a link or of its end, none when it is so already, or why it can't be."""
    found = []
    there = any((link.relation, link.to) == (action.relation, action.to) for link in on.entry.links)
    if action.undo:
        gone = Refusal(
            "unknown-link", f"{on.entry.id} has no link {action.relation!r} to {action.to}.", "Look at it first."
        )
        return Outcome((on.event("unlinked", relation=action.relation, to=action.to),)) if there else no(gone)
    if action.relation not in RELATIONS:
        found.append(
            Refusal("unknown-relation", f"There is no relation {action.relation!r}.", near(action.relation, RELATIONS))
        )
    if action.to == on.entry.id:
        found.append(Refusal("link-to-itself", f"{on.entry.id} can't be linked to itself.", "Name another record."))
    found += _unknown_end(action.to, on.known)
    if found:
        return no(*found)
    return Outcome(() if there else (on.event("linked", relation=action.relation, to=action.to),))


def _unknown_end(to: str, known: Known) -> list[Refusal]:
    """Return why a link can't lead there: no such record, or nothing of that key where the keys are known."""
    dimension, _, key = to.partition(":")
    what, do = (
        f"There is no record {to!r}.",
        "Name a record by its id, or what the workspace declares like scenario:otc-01.",
    )
    if ID.fullmatch(to) is not None:
        is_there = to in known.entries.by_id
    elif dimension in known.declared:
        is_there = key in known.declared[dimension]
        what, do = f"The workspace declares no {dimension} {key!r}.", near(key, known.declared[dimension])
    else:
        is_there = _DECLARED.fullmatch(to) is not None
    return [] if is_there else [Refusal("unknown-record", what, do)]


def tag(action: Tag, on: On) -> Outcome:
    """Return the event of tags put on or taken off, none when they are so already, or which are none."""
    bad = [tag for tag in action.tags if not _TAG.fullmatch(tag)]
    if bad:
        return no(
            *(Refusal("bad-tag", f"{tag!r} is no tag.", "Use one word of letters, digits and hyphens.") for tag in bad)
        )
    changed = sorted(tag for tag in {*action.tags} if (tag in on.entry.tags) == action.undo)
    return Outcome((on.event("untagged" if action.undo else "tagged", tags=changed),) if changed else ())
