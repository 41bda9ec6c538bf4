"""How is it told where the migration stands?"""

from collections.abc import Iterator

from lockgate.faces.options import Json, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.perform.rehearsing.answers import RehearsalStandAnswer, StatusAnswer
from lockgate.practices.migration.perform.showing.sight import sight_at
from lockgate.practices.migration.perform.showing.status import status as standing


def status(*, workspace: WorkspaceFolder = None, json: Json = False) -> Exit:
    """Tell what stands where in the newest round: what holds it up, who owns it and what is done next."""
    with sight_at(workspace, begin=True) as sight:
        answer = standing(sight)
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def _views(answer: StatusAnswer) -> Iterator[View]:
    yield f"Round {answer['round']}." if answer["round"] else "There was no round yet."
    rows = [
        (
            one["title"],
            one["owner"],
            one["state"] + (", stale" if one["stale"] else ""),
            "" if one["ready"] is None else f"{one['ready']:.1%}",
            ", ".join(f"{block['records']:,} {block['what']}" for block in one["held_up"]),
            ", then ".join(one["next"]),
        )
        for one in answer["domains"]
    ]
    columns = ("Domain", "Owner", "Stands at", "Ready", "Held up by", "Do next")
    yield Table(columns, rows, "No domain is declared.")
    for one in answer["rehearsals"]:
        yield from _rehearsal(one)


def _rehearsal(one: RehearsalStandAnswer) -> Iterator[View]:
    last = "not run yet" if one["minutes"] is None else f"{one['minutes']} minutes, {one['failed_steps']} failed steps"
    yield f"{one['title']}: {last}; the window has {one['window_minutes']} minutes; {one['rounds']} complete runs."
    if one["under_way"]:
        yield f"One is under way, at: {one['under_way']}. `lockgate migrate rehearse` goes on with it."
    frozen = [
        (
            ", ".join(each["domains"]),
            each["begins"],
            each["ends"] or "",
            each["owner"],
            "yes" if each["frozen"] else "no",
            each["why"],
        )
        for each in one["freeze"]
    ]
    if frozen:
        yield Table(("Frozen", "From", "Until", "Owner", "Today", "Why"), frozen)
    if one["emergency"]:
        yield f"In an emergency: {one['emergency']['rule']} Agreed to by two of {', '.join(one['emergency']['agree'])}."
