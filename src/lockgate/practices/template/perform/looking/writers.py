"""Who wrote a record last, and when? As Odoo notes it with every record."""

from collections import defaultdict
from collections.abc import Iterable

from lockgate.odoo.client import Client
from lockgate.practices.template.decide.planning import Step

Writer = tuple[str | None, str | None]


def writers_of(client: Client, steps: Iterable[Step]) -> dict[tuple[str, int], Writer]:
    """Return by model and id who wrote last and when, in UTC; a call for each model."""
    ids: dict[str, list[int]] = defaultdict(list)
    for step in steps:
        if step.record is not None:
            ids[step.model].append(step.record)
    return {
        (model, row["id"]): (row["write_uid"][1] if row["write_uid"] else None, row["write_date"] or None)
        for model, some in ids.items()
        for row in client.read(model, some, ["write_uid", "write_date"])
    }
