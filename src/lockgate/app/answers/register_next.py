"""How is a person told what can be done with a record next, and what happened to it? As lines."""

from collections.abc import Iterable, Sequence
from typing import Any

from lockgate.faces.output import View
from lockgate.kernel.register import Register
from lockgate.ledger.registers.action import Refusal
from lockgate.ledger.registers.showing.history import Happening
from lockgate.ledger.registers.showing.offer import Offer, Offered


def next_views(found: Offer, state: str) -> list[View]:
    """Return what a person may do, and why not the rest, for a person."""
    there = [one for one in found.steps if state in one.step.source]
    lines = [_offered(one) for one in there if one.may] or ["  no step"]
    lines += ["  edit"] if not found.why_not_edit else []
    said = [f"{found.id}, version {found.version}, lets you take:", *lines]
    for one in there:
        said += _reasons(f"Not {one.step.key}:", one.why_not)
    return ["\n".join([*said, *_reasons("Not edit:", found.why_not_edit)])]


def history_views(happened: Sequence[Happening], record: str, register: Register) -> list[View]:
    """Return what happened for a person, each change on a line of its own."""
    lines = []
    for one in happened:
        about = "" if one.id == record else f" by {one.id}"
        words = [str(one.said[key]) for key in ("text", "relation", "to", "reason") if one.said.get(key)]
        words += [", ".join(one.said.get("tags", ()))]
        told = " ".join(word for word in words if word)
        lines.append(
            f"{one.at:%Y-%m-%d %H:%M} {one.by}: {one.happened}{about}{_vote(one)}{f': {told}' if told else ''}"
        )
        for diff in one.diffs:
            field = register.field(diff.field)
            lines.append(f"  {field.title if field else diff.field}: {_shown(diff.old)} → {_shown(diff.new)}")
    return ["\n".join(lines)]


def _offered(one: Offered) -> str:
    asks = [*(field.key for field in one.asks), *(["a reason"] if one.step.reason else [])]
    words = [f"  {one.step.key}"]
    words += [f"with {', '.join(asks)}"] if asks else []
    words += [f"({one.ballot.lacking} of {one.ballot.needed} votes are lacking)"] if one.ballot else []
    return " ".join(words)


def _reasons(title: str, refusals: Iterable[Refusal]) -> list[str]:
    lines = [f"  {one.what} {one.do}" for one in refusals]
    return ["", title, *lines] if lines else []


def _vote(one: Happening) -> str:
    return {True: " yes", False: " no"}.get(one.said.get("yes", ""), "")


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
