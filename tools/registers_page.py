"""What does each register that ships hold? Writes docs/reference/registers.md from the data."""

import sys
from collections.abc import Iterator
from pathlib import Path

from lockgate.kernel.register import Register
from lockgate.ledger.registers.engine import RELATIONS
from lockgate.workspace.registers import Registers, compose, shipped

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "registers.md"
HEAD = """# Registers

<!-- Written by tools/registers_page.py from src/lockgate/playbooks/registers: change those. -->

A register is a kind of record that people keep. These ship with Lockgate; a playbook or a
[workspace](workspace.md) changes them and adds others with files in `programme/registers/`:

```yaml
register: gap
extends: true                 # without it, the file declares a register of its own
choices:                      # replaces the choices of a field
  fit: {standard: Standard, local: Law of the country, custom: Custom code}
fields:                       # replaces the field of that key, or adds one
  - {key: sponsor, title: Sponsor, kind: person}
transitions:
  - {key: park, title: Park, from: [open], to: deferred, event: parked, who: [owner], reason: true}
```

Kinds of fields: `text` (one line), `long-text`, `number`, `money` (in the currency of the programme), `date`,
`yes-no`, `choice`, `person`, `site`, `capability`, `reference` (the id of another record) and `attachment` (the
digest of a kept file); with `several: true` a list of them.

Who may take a step: a role, `owner`, `raiser` or `anyone`. A role counts where it holds for every site of the
record; for a record without a site it must hold for the whole programme. *Not by* keeps duties apart: whoever
raised the record, ever owned it or took the step named may not take this one. *Votes* is how many different people
must say yes; an edit in between takes the votes back. Every record also answers to `state`, `open`, `age_days`,
`days_in_state`, `overdue`, `today`, `tags`, `links`, `comments`, `last_event`, `version`, `raised_by`, `raised_at`,
`changed_by`, `changed_at` and `since` in guards and filters.

A record is due at the end of its own `due` date, else so long after it came into its state: `due_days: 10` counts days,
`due_in: 5 working days` only those that are worked. Which days are worked, and when a day ends, says the calendar of
the record's site, with its public holidays; where it has none that of the programme, and where there is none Monday to
Friday. Of several sites the one rules that gives most time. An overdue record `escalates_to` a role at once, or
`escalates_by` a way up from `programme/people.yaml`, step by step. Every role that a register names must be declared.

Each change is an event in the ledger, `gap.raised`, `gap.edited`, `gap.commented`, `gap.linked`, `gap.unlinked`,
`gap.tagged`, `gap.untagged`, `gap.voted` or the event of the step. Links are
"""
SIGNALS = """## Early warnings

`lockgate register signals` computes them from the records and the evidence; with `--raise` each keeps one risk up to
date.

| signal | tells of | where | more than | serves |
| --- | --- | --- | --- | --- |
"""


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Return the page."""
    found = compose(shipped())
    about = found.about or {}
    links = ", ".join(f"`{one}` ({other})" for one, other in RELATIONS.items())
    registers = (part for key in sorted(found.by_key) for part in _register(found.by_key[key], about[key]))
    return "\n".join([f"{HEAD.rstrip()} {links}.", "", *registers, *_signals(found), ""])


def _register(register: Register, about: str) -> Iterator[str]:
    yield f"## {register.title}"
    yield ""
    yield f"{about} Key `{register.key}`, ids like {register.prefix}-1. Serves {', '.join(register.serves)}."
    yield f"Raised by {_roles(register.raised_by)}; edited by {_roles(register.edited_by)}."
    yield ""
    yield "| field | title | kind | choices |"
    yield "| --- | --- | --- | --- |"
    for one in register.fields:
        kind = f"{one.kind}{f' ({one.register})' if one.register else ''}{', several' if one.several else ''}"
        needed = ", required" if one.required else ""
        yield f"| `{one.key}` | {one.title} | {kind}{needed} | {', '.join(f'`{key}`' for key in one.choices)} |"
    yield ""
    yield "| state | open | due after | escalates to |"
    yield "| --- | --- | --- | --- |"
    for state in register.states:
        due = f"{state.due_days} {'working ' if state.working_days else ''}days" if state.due_days else ""
        escalates = state.escalates_to or state.escalates_by
        yield f"| `{state.key}` | {'yes' if state.open else 'no'} | {due} | {escalates} |"
    yield ""
    yield "| step | from | to | who | needs | not by | votes |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for step in register.transitions:
        needs = [*(f"`{key}`" for key in step.needs), *(f"`{guard}`" for guard in step.guards)]
        needs += ["a reason"] if step.reason else []
        yield (
            f"| `{step.key}` | {', '.join(step.source)} | {step.target} | {_roles(step.who)} | {', '.join(needs)} "
            f"| {', '.join(step.not_by)} | {step.votes} |"
        )
    yield ""


def _signals(found: Registers) -> Iterator[str]:
    yield SIGNALS.rstrip()
    for one in found.signals:
        of = one.register or ", ".join(one.evidence)
        what = " ".join(part for part in (one.measure, one.inputs) if part)
        tells = f"{one.tells} of {of}{f': {what}' if what else ''}{f', {one.days} days' if one.days else ''}"
        where = ", ".join(f"`{each}`" for each in one.where)
        yield f"| `{one.key}` | {tells} | {where} | {one.above:g} | {', '.join(one.serves)} |"


def _roles(who: tuple[str, ...]) -> str:
    return ", ".join(who)


if __name__ == "__main__":
    sys.exit(main())
