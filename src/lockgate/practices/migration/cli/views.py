"""How are the answers of the migration shown to a person? As tables and a line that sums up."""

from collections.abc import Iterator, Sequence

from lockgate.faces.output import Table, View
from lockgate.practices.migration.perform.answers import (
    DomainHeldAnswer,
    LoadAnswer,
    PreflightAnswer,
    ProfileAnswer,
    ReconcileAnswer,
    TotalAnswer,
)


def profile_views(answer: ProfileAnswer) -> Iterator[View]:
    """Yield what was read, how much of it is ready, and what could not be read."""
    columns = ("Dataset", "Records", "With errors", "With warnings", "Changed", "Left out", "Ready")
    rows = [
        (
            one["dataset"],
            one["rows"],
            one["errors"],
            one["warnings"],
            one["changes"],
            one["left_out"],
            f"{one['ready']:.1%}",
        )
        for one in answer["datasets"]
        if not one["refusals"]
    ]
    yield Table(columns, rows, "Nothing was read.")
    refused = [(told["at"], told["what"], told["do"]) for one in answer["datasets"] for told in one["refusals"]]
    if refused:
        yield Table(("Where", "Why it was not read", "What to do"), refused)
    yield from held_views(answer["domains"])
    if answer["standards"]:
        kept = [
            (
                one["standard"],
                one["records"],
                "no rule" if one["violations"] is None else one["violations"],
                "yes" if one["agreed"] else "no",
            )
            for one in answer["standards"]
        ]
        yield Table(("Standard", "Records", "Breaking it", "Agreed"), kept, "", {"no": "red"})


def held_views(domains: Sequence[DomainHeldAnswer]) -> Iterator[View]:
    """Yield how the records of domains keep their rules."""
    columns = ("Domain", "Records", "Breaking a rule", "Without a fault", "There twice", "Steward")
    rows = [
        (
            one["domain"],
            one["rows"],
            one["violations"],
            f"{one['accuracy']:.2%}",
            "not matched" if one["duplicate_rate"] is None else f"{one['duplicate_rate']:.2%}",
            "yes" if one["stewarded"] else "no",
        )
        for one in domains
    ]
    if rows:
        yield Table(columns, rows, "No domain was read.", {"no": "red"})


def preflight_views(answer: PreflightAnswer) -> Iterator[View]:
    """Yield what would be sent, and all that Odoo would refuse."""
    rows = [(one["mapping"], one["model"], one["rows"], one["kept_back"]) for one in answer["mappings"]]
    yield Table(("Mapping", "Model", "To send", "Kept back"), rows, "No mapping is declared.")
    faults = [(one["mapping"], one["field"], one["rows"], one["what"], one["do"]) for one in answer["faults"]]
    if faults:
        yield Table(("Mapping", "Field", "Records", "What is wrong", "What to do"), faults)
    else:
        yield "Odoo would take all of it."


def load_views(answer: LoadAnswer) -> Iterator[View]:
    """Yield what came of each mapping."""
    rows = [
        (
            one["mapping"],
            one["rows"],
            one["created"],
            one["updated"],
            one["unchanged"],
            one["rejected"] + one["unknown"],
            one["kept_back"],
            one["seconds"],
        )
        for domain in answer["domains"]
        for one in domain["mappings"]
    ]
    columns = ("Mapping", "Records", "Created", "Updated", "Unchanged", "Refused", "Kept back", "Seconds")
    yield Table(columns, rows, "Nothing was loaded.")
    for domain in answer["domains"]:
        for one in domain["mappings"]:
            if one["rejects"]:
                yield f"What Odoo refused of {one['mapping']}: {one['rejects']}"
            if one["not_posted"]:
                yield f"{one['not_posted']} of {one['mapping']} are in Odoo, but it refused to go on with them."


def reconcile_views(answer: ReconcileAnswer) -> Iterator[View]:
    """Yield how each domain compares."""
    columns = ("Domain", "Old systems", "Odoo", "Missing", "Extra", "Different", "Unexplained")
    rows = [
        (
            one["domain"],
            one["source_rows"],
            one["target_rows"],
            one["missing"],
            one["extra"],
            one["different"],
            one["unexplained"],
        )
        for one in answer["domains"]
    ]
    yield Table(columns, rows, "No domain is declared.")
    fields = [(name, count) for one in answer["domains"] for name, count in one["fields"].items()]
    if fields:
        yield Table(("Field", "Records in which it differs"), fields)
    for domain in answer["domains"]:
        for one in domain["unaccounted"]:
            keys = ", ".join(one["keys"]) + (", …" if one["records"] > len(one["keys"]) else "")
            yield f"Neither sent nor kept back for a reason, {one['records']:,} of {one['dataset']}: {keys}"
        for total in domain["totals"]:
            yield from _total(total)


def _total(total: TotalAnswer) -> Iterator[View]:
    """Yield a control total, group by group."""
    yield total["title"]
    columns = (*total["by"], "Of", "Old systems", "Kept back", "Odoo", "Difference", "Agrees")
    rows = [
        (
            *group["group"],
            one["of"],
            f"{one['source']:,.2f}",
            f"{one['kept_back']:,.2f}",
            f"{one['odoo']:,.2f}",
            f"{one['difference']:,.2f}",
            "yes" if group["ok"] else "no",
        )
        for group in total["groups"]
        for one in group["sums"]
    ]
    yield Table(columns, rows, "There are no such records.", {"no": "red", "yes": "green"})
