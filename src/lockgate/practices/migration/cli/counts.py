"""How is what was counted compared with the books from the command line?"""

from collections.abc import Iterator

from lockgate.faces.options import By, Json, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.options import Number
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.tying.answers import CountsAnswer
from lockgate.practices.migration.perform.tying.counted import counted
from lockgate.programme.ledger_place import person

_SHOWN = 20


def counts(*, number: Number = None, by: By = None, workspace: WorkspaceFolder = None, json: Json = False) -> Exit:
    """Compare what was counted with the books: which places, how many differ, and what nobody has accepted."""
    with bench(workspace, person(by), number) as here:
        answer = counted(here)
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def _views(answer: CountsAnswer) -> Iterator[View]:
    columns = ("Site", "Counted on", "Places", "Counted", "Right", "Differences worth", "Not accepted", "Blind")
    rows = [
        (
            one["site"],
            ", ".join(dict.fromkeys(each["day"] for each in one["counts"])),
            one["places"],
            one["counted"],
            f"{one['accuracy']:.2%}",
            f"{one['variance_value']:,.2f}",
            one["unapproved"],
            "yes" if one["blind"] else "no",
        )
        for one in answer["sites"]
    ]
    yield Table(columns, rows, "Nothing was counted.", {"no": "red", "yes": "green"})
    apart = [
        (one["site"], each["place"], "yes" if each["counted"] else "no", each["differing"], f"{each['value']:,.2f}")
        for one in answer["sites"]
        for each in one["apart"][:_SHOWN]
    ]
    if answer["missing"]:
        yield f"No line was compared of: {', '.join(answer['missing'])}."
    if apart:
        yield Table(("Site", "Place", "Counted", "Lines that differ", "Worth"), apart)
