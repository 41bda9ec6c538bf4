"""How does a stranger see what Lockgate is asked to do, and what serves it? In docs/reference/coverage.md, made here.

It is made of data alone; a test in tests/docs fails when the page is not what comes of it. Run this to make it again.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from mission import REGISTERS, ROOT, Coverage, Group, Item, Practice, Served, coverage, faults

PAGE = ROOT / "docs" / "reference" / "coverage.md"
FIRST = ("register", "early warning", "criterion")
"""The kinds of things that are named before all others."""
MOST = 6
"""How many of one kind are named before the rest is only counted."""
INTRODUCTION = """\
# What is asked, and what serves it

A rollout system is asked for a great many things. Here they are, each with its number: **M** for what rollout
programmes ask for, **A** for what no other system, or no open one, was found to do. Below each item stands all that
serves it.

This page is made by `python tools/coverage_page.py` and not written by hand. A test fails when an item has nothing that
serves it, when something claims to serve an item that is not there, and when this page is out of date.

How to read it:

- **today**: code that is there and serves it, with a link to its page;
- **register**: records that people keep and that ship with Lockgate; an *early warning* watches them or the evidence;
- **criterion, question, deliverable, risk, KPI and so on**: a playbook asks for it; which one stands in brackets. As
  long as the practice that measures the answer is to come, such a criterion reads *missing*, and its gate stays closed;
- **to come**: what a practice that is not built yet will do for it.

An item that something serves today may be served in part only; what is still to come stands below it.
"""
SHORT = """\
## Short words

| word | meaning |
| --- | --- |
| AR, AP | accounts receivable, accounts payable |
| BOM | bill of materials |
| ECO | engineering change order |
| KPI | key performance indicator |
| MO, MTO, MTS | manufacturing order, make to order, make to stock |
| OTIF | delivered on time and in full |
| RAID | risks, assumptions, issues, dependencies |
| SIT, UAT | system integration test, user acceptance test |
| SKU | stock keeping unit: an item in one form of it |
| SLA | service level agreement |
| SOP | standard operating procedure |
| SoD | segregation of duties: nobody does both halves of what one person must not do alone |
| UoM | unit of measure |
| WIP | work in progress |
"""


def main() -> int:
    """Write the page, or print what is wrong; return the exit code."""
    found = coverage()
    wrong = faults(found)
    if wrong:
        print("\n".join(wrong))
        return 1
    PAGE.write_text(page(found), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(found.items)} items")
    return 0


def page(found: Coverage) -> str:
    """Return the whole page."""
    groups = "\n".join(_group(group, found) for group in found.groups)
    return "\n".join((INTRODUCTION, _summary(found), _servants(found), groups, SHORT))


def _summary(found: Coverage) -> str:
    """Return the table of how many items of each group are served, and by what."""
    columns = _columns(found)
    rows = [(f"[{group.title}](#{group.key})", *_counted(group.items, columns)) for group in found.groups]
    return "\n".join(
        (
            "## How many are served\n",
            _sentence(found, columns),
            f"| group | items | {' | '.join(columns)} |",
            f"| --- {'| --: ' * (1 + len(columns))}|",
            *(_row(row) for row in rows),
            _row(("**all**", *(f"**{number}**" for number in _counted(found.items, columns)))),
            "",
        )
    )


def _sentence(found: Coverage, columns: dict[str, Callable[[str], bool]]) -> str:
    """Return how many there are, how many are served today, and how many wait."""
    items, code, *_, waiting = _counted(found.items, columns)
    return (
        f"Of {items} items, {items - waiting} have something that is there today: code that serves it, a register"
        f"\nthat keeps it, or a playbook that asks for it. Only practices to come will serve: {waiting}."
        f"\nCode serves {code}; what is only asked for is answered once the practice is built."
        "\nAn item counts in each column that is true of it.\n"
    )


def _columns(found: Coverage) -> dict[str, Callable[[str], bool]]:
    """Return by its head what a column of the summary asks of an item."""
    code = {part.key for part in found.parts} | {each.key for each in found.practices if each.there}
    to_come = {each.key for each in found.practices if not each.there}
    today = {item for item, does in found.done.items() if code & {*does}}
    later = {item for item, does in found.done.items() if to_come & {*does}}
    kept = {each.item for each in found.served if each.folder == REGISTERS}
    asked = {each.item for each in found.served if each.folder != REGISTERS}
    return {
        "code": today.__contains__,
        "register": kept.__contains__,
        "playbook": asked.__contains__,
        "only to come": (later - today - kept - asked).__contains__,
    }


def _counted(items: Iterable[Item], columns: dict[str, Callable[[str], bool]]) -> list[int]:
    ids = [item.id for item in items]
    return [len(ids), *(sum(map(holds, ids)) for holds in columns.values())]


def _servants(found: Coverage) -> str:
    """Return the table of what serves, with how many items each serves."""
    of_data = defaultdict[str, list[Served]](list)
    for each in found.served:
        of_data[each.folder].append(each)
    return "\n".join(
        (
            "## What serves them\n",
            "| what | what it does or holds | items |",
            "| --- | --- | --: |",
            *(
                _row((_link(part.title, part.page), "code that is there", _times(part.key, found)))
                for part in found.parts
            ),
            *(
                _row((_folder(folder), _kinds(of_data[folder]), len({each.item for each in of_data[folder]})))
                for folder in sorted(of_data, key=lambda folder: (folder != REGISTERS, folder))
            ),
            *(
                _row((f"{_state(each)} **{each.key}**", each.about, _times(each.key, found)))
                for each in found.practices
            ),
            "",
        )
    )


def _times(home: str, found: Coverage) -> int:
    return sum(home in does for does in found.done.values())


def _folder(folder: str) -> str:
    return "[the registers](registers.md)" if folder == REGISTERS else f"[the playbook files](playbooks.md) `{folder}`"


def _state(practice: Practice) -> str:
    return "practice" if practice.there else "practice begun:" if practice.begun else "practice to come:"


def _kinds(served: Iterable[Served]) -> str:
    """Return how many there are of each kind, every thing once however many items it serves."""
    things = defaultdict[str, set[str]](set)
    for each in served:
        things[each.kind].add(each.name)
    return ", ".join(f"{kind}: {len(names)}" for kind, names in sorted(things.items()))


def _group(group: Group, found: Coverage) -> str:
    entries = "\n".join(
        f"**{item.id}**{{ #{item.id.lower()} }} {_plain(item.text)}\n\n{_homes(item, found)}\n" for item in group.items
    )
    return f"## {group.title} {{ #{group.key} }}\n\n{entries}"


def _homes(item: Item, found: Coverage) -> str:
    """Return all that serves an item, each on a line of its own."""
    return "\n".join(f"- {line}" for line in (*_today(item, found), *_data(item, found), *_later(item, found)))


def _today(item: Item, found: Coverage) -> Iterator[str]:
    does = found.done.get(item.id, {})
    for part in found.parts:
        if part.key in does:
            yield f"**today** · {_link(part.title, part.page)}: {does[part.key]}"
    for practice in found.practices:
        if practice.there and practice.key in does:
            yield f"**today** · practice **{practice.key}**: {does[practice.key]}"


def _later(item: Item, found: Coverage) -> Iterator[str]:
    does = found.done.get(item.id, {})
    for practice in found.practices:
        if not practice.there and practice.key in does:
            yield f"*to come* · {practice.key}: {does[practice.key]}"


def _data(item: Item, found: Coverage) -> Iterator[str]:
    """Yield one line for each kind of thing that serves an item."""
    kinds = defaultdict[str, list[Served]](list)
    for each in found.served:
        if each.item == item.id:
            kinds[each.kind].append(each)
    for kind in sorted(kinds, key=_prominence):
        yield f"{kind} · {_some(kinds[kind])}"


def _prominence(kind: str) -> tuple[int, str]:
    return (FIRST.index(kind) if kind in FIRST else len(FIRST), kind)


def _some(served: Iterable[Served]) -> str:
    """Return the names of things with where they are; what several playbooks have stands once."""
    things = defaultdict[str, list[Served]](list)
    for each in served:
        things[each.name.casefold()].append(each)
    names = [_named(same) for same in things.values()]
    shown = "; ".join(names[:MOST])
    return shown if len(names) <= MOST else f"{shown}; and {len(names) - MOST} more"


def _named(same: list[Served]) -> str:
    folders = ", ".join(sorted({each.folder for each in same} - {REGISTERS}))
    name = _plain(min(each.name for each in same))
    return f"{name} *({folders})*" if folders else name


def _link(title: str, target: str) -> str:
    return f"[{title}](../{target})".replace("../reference/", "")


def _plain(text: str) -> str:
    """Return a text in which nothing is taken for Markdown."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    sys.exit(main())
