"""How is a gate shown? As the keys that `lockgate gate … --json` promises, and as a list or a tree for a person."""

from collections.abc import Iterable, Iterator, Sequence

from lockgate.faces.output import Fields, Table, View
from lockgate.gates.asking.evaluating import GateState, GateVerdict
from lockgate.gates.showing.explaining import CriterionTree, GateTree, PartTree
from lockgate.gates.showing.listing import Line
from lockgate.gates.showing.renewing import Rerun
from lockgate.kernel.errors import Exit

LOOKS = {
    "open": "green",
    "met": "green",
    "ready": "green",
    "waived": "yellow",
    "stale": "yellow",
    "missing": "yellow",
    "undecidable": "yellow",
    "unmet": "red",
    "closed": "red",
}
PASSABLE = {GateVerdict.OPEN, GateVerdict.READY}


def ending(states: Iterable[GateState]) -> Exit:
    """Return yes when all are open or ready; of no gates at all the answer is no."""
    found = list(states)
    return Exit.DONE if found and all(state.verdict in PASSABLE for state in found) else Exit.NO


def listed(lines: Sequence[Line]) -> Table:
    """Return the gates as a table."""
    columns = ("Gate", "Stage", "For", "Verdict", "Met", "Unmet", "Missing", "Stale", "Waived", "Undecidable")
    rows = [tuple(line.values()) for line in lines]
    empty = "No gates: name a playbook in lockgate.toml, or write programme/gates.yaml."
    return Table(columns, rows, empty=empty, looks=LOOKS)


def head(tree: GateTree) -> list[View]:
    """Return what is said of the gate as a whole."""
    people = ", ".join(tree["decides"]["people"]) or "nobody has that role"
    said = {
        "Gate": f"{tree['title']} ({tree['gate']})",
        "For": tree["scope"],
        "Verdict": tree["verdict"],
        "Because": tree["because"],
        "As of": tree["as_of"],
        "Decides": f"{tree['decides']['quorum']} of {tree['decides']['role']}: {people}",
    }
    votes = [f"{vote['by']} {vote['choice']}" for vote in tree["votes"]]
    return [Fields({**said, **({"Votes so far": ", ".join(votes)} if votes else {})})]


def shown(tree: GateTree) -> list[View]:
    """Return the criteria as a list."""
    rows = [(one["id"], one["status"], one["because"], one["do"]) for one in tree["criteria"]]
    return [*head(tree), "", Table(("Criterion", "Status", "Because", "Do"), rows, empty="No criteria.", looks=LOOKS)]


def explained(tree: GateTree) -> list[View]:
    """Return the tree down to the evidence numbers."""
    lines = [text for one in tree["criteria"] for text in _criterion(one)]
    return [*head(tree), "", "\n".join([*lines, *_decided(tree)])]


def planned(reruns: Sequence[Rerun]) -> Table:
    """Return what has to run again."""
    rows = [(one.kind, one.scope, one.about, one.because, one.command or "unknown", len(one.gates)) for one in reruns]
    return Table(("Evidence", "For", "About", "Because", "Run", "Gates"), rows, empty="Nothing is stale.")


def _criterion(one: CriterionTree) -> Iterator[str]:
    yield f"{one['status']:<11} {one['id']}: {one['title']}"
    below = [f"because {one['because']}", *_parts(one["parts"])]
    below += [f"why: {one['why']}"] if one["why"] else []
    below += [f"to act: {', '.join(one['act'])} ({one['owner']})"] if one["act"] else []
    below += [f"do: {command}" for command in one["commands"]]
    yield from _hung(below)


def _parts(parts: Sequence[PartTree]) -> Iterator[str]:
    for part in parts:
        yield "\n".join([f"{part['status']} {part['about'] or '·'}: {part['because']}", *_hung(_parts(part["parts"]))])


def _decided(tree: GateTree) -> Iterator[str]:
    decision = tree["decision"]
    if decision is None:
        return
    dissent = f", against {', '.join(decision['dissent'])}" if decision["dissent"] else ""
    yield f"decided     #{decision['number']}: {decision['choice']}{dissent}"
    changes = [f"{one['criterion']} was {one['then'] or 'not asked'}, is {one['now'] or 'not asked'}"
               for one in tree["changed"]]  # fmt: skip
    yield from _hung([*(f"since then {change}" for change in changes)] or ["nothing has changed since then"])


def _hung(below: Iterable[str]) -> Iterator[str]:
    """Hang lines below another, each with what belongs to it."""
    entries = list(below)
    for number, entry in enumerate(entries, 1):
        first, *rest = entry.split("\n")
        last = number == len(entries)
        yield f"{'└─' if last else '├─'} {first}"
        yield from (f"{'  ' if last else '│ '} {text}" for text in rest)
