"""How far is the migration, and what is wrong with the data? What the pages of the tower show, on the command line."""

from collections.abc import Iterator
from typing import Annotated

import typer

from lockgate.faces.options import Json, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.options import Number
from lockgate.practices.migration.perform.showing.dataset import ShownDataset
from lockgate.practices.migration.perform.showing.dataset import dataset as dataset_of
from lockgate.practices.migration.perform.showing.mappings import ShownMapping
from lockgate.practices.migration.perform.showing.mappings import mapping as mapping_of
from lockgate.practices.migration.perform.showing.overview import OverviewAnswer, overview
from lockgate.practices.migration.perform.showing.reconciliation import ReconciliationAnswer
from lockgate.practices.migration.perform.showing.reconciliation import reconciliation as reconciliation_of
from lockgate.practices.migration.perform.showing.rules import RulesAnswer
from lockgate.practices.migration.perform.showing.rules import rules as rules_of
from lockgate.practices.migration.perform.showing.sight import sight_at

Dataset = Annotated[str | None, typer.Option("--dataset", help="What is in this dataset.")]
Mapping = Annotated[str | None, typer.Option("--mapping", help="How this mapping makes records of Odoo.")]
Rules = Annotated[bool, typer.Option("--rules", help="Which rules records break.")]
Reconciliation = Annotated[bool, typer.Option("--reconciliation", help="How what was loaded compares.")]


def shown(
    *,
    dataset: Dataset = None,
    mapping: Mapping = None,
    rules: Rules = False,
    reconciliation: Reconciliation = False,
    number: Number = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Show how far each domain is, what blocks it and what comes next."""
    with sight_at(workspace) as sight:
        if dataset is not None:
            of_dataset = dataset_of(sight, dataset, number)
            show(of_dataset, *_dataset_views(of_dataset), as_json=json)
        elif mapping is not None:
            of_mapping = mapping_of(sight, mapping, number)
            show(of_mapping, *_mapping_views(of_mapping), as_json=json)
        elif rules:
            of_rules = rules_of(sight, number)
            show(of_rules, *_rules_views(of_rules), as_json=json)
        elif reconciliation:
            compared = reconciliation_of(sight, number)
            show(compared, *_compared_views(compared), as_json=json)
        else:
            whole = overview(sight, number)
            show(whole, *_overview_views(whole), as_json=json)
    return Exit.DONE


def _mapping_views(told: ShownMapping) -> Iterator[View]:
    rows = [(one["field"], one["of"] or f"always {one['value']}", one["refers_to"]) for one in told["how"]]
    yield Table(("Field", "Made of", "Refers to"), rows)
    back = [(one["kind"], one["records"], one["because"]) for one in told["held_back"]]
    if back:
        yield Table(("Kept back", "Records", "For example"), back)


def _rules_views(told: RulesAnswer) -> Iterator[View]:
    rows = [
        (one["rule"], one["dataset"], one["severity"], "" if one["records"] is None else one["records"], one["owner"])
        for one in told["rules"]
    ]
    yield Table(("Rule", "Dataset", "Severity", "Records", "Owner"), rows, "No rule is declared.")


def _compared_views(told: ReconciliationAnswer) -> Iterator[View]:
    rows = [
        (one["domain"], one["source_rows"] or 0, one["target_rows"] or 0, one["unexplained"] or 0, one["owner"])
        for one in told["domains"]
        if one["evidence"] is not None
    ]
    yield Table(("Domain", "Old systems", "Odoo", "Unexplained", "Owner"), rows, "Nothing was compared yet.")


def _dataset_views(told: ShownDataset) -> Iterator[View]:
    columns = told["figures"]["columns"] if told["figures"] else []
    rows = [
        (one["column"], one["use"], one["type"], one["filled"], one["distinct"], one["least"], one["most"])
        for one in columns
    ]
    headings = ("Column", "Becomes", "Type", "Filled", "Distinct", "Least", "Most")
    yield Table(headings, rows, "This dataset was not read yet.")
    wrong = [(one["rule"], one["severity"], one["records"], one["why"]) for one in told["findings"]]
    if wrong:
        yield Table(("Rule", "Severity", "Records", "Why"), wrong)
    if told["ready"] is not None:
        yield f"{told['ready']:.1%} of what is to come along is ready to load."


def _overview_views(told: OverviewAnswer) -> Iterator[View]:
    columns = ("Domain", "Owner", "Round", "Stands", "Records", "Ready", "Loaded", "Rejected", "Unexplained")
    rows = [
        (
            *(one["domain"], one["owner"], cell["round"], cell["state"] + (", stale" if cell["stale"] else "")),
            *(cell["rows"], "" if cell["ready"] is None else f"{cell['ready']:.1%}"),
            *(cell["loaded"], cell["rejected"], cell["unexplained"]),
        )
        for one in told["domains"]
        for cell in one["rounds"]
    ]
    yield Table(columns, [tuple("" if cell is None else cell for cell in row) for row in rows], "Nothing was read yet.")
    blocks = [
        (one["domain"], each["rule"], each["records"], each["owner"], each["why"])
        for one in told["domains"]
        for each in one["blocks"]
    ]
    if blocks:
        yield Table(("Domain", "Rule", "Records kept back", "Owner", "Why"), blocks)
    yield f"Next: {', then '.join(f'`{one}`' for one in told['next'])}" if told["next"] else "Nothing is left to do."
