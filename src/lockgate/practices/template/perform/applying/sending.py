"""How does a batch get into Odoo? Settings as a form, records by `load`, lines and sets by commands, charts by name.

Each way tells which resources Odoo did not take. What is sent twice does no harm.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lockgate.odoo.calls.call import Call
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, BadCall, NotAuthenticated, Refused, ServerFault
from lockgate.odoo.external_ids import targets_of
from lockgate.odoo.loading import load
from lockgate.practices.template.decide.batching import Batch, Sending
from lockgate.practices.template.decide.commands import commands
from lockgate.practices.template.decide.facts import COMPANY, SETTINGS, FieldFact, Live, Target
from lockgate.practices.template.decide.known import id_of, record_of
from lockgate.practices.template.decide.names import RELATIONS, filled, names_in, with_ids
from lockgate.practices.template.decide.planning import FieldChange, Step
from lockgate.practices.template.perform.looking.holding import lines_of
from lockgate.practices.template.perform.looking.looking import external_id, taking_over
from lockgate.practices.template.perform.looking.viewing import within

_FOUNDING = 900
"""Seconds that Odoo may take to make a company: it may install modules for its country."""
_SAID_NO = (AccessDenied, Refused, BadCall, ServerFault)


@dataclass(frozen=True)
class NotTaken:
    """A resource that Odoo did not take."""

    step: Step
    change: FieldChange | None
    """What Odoo names, None where it names nothing."""
    why: str


def send(client: Client, batch: Batch, live: Live, catalogue: Catalogue) -> list[NotTaken]:
    """Send a batch and return what Odoo did not take."""
    there = within(client, batch.view, live)
    if there is None:
        return [NotTaken(step, None, f"The company {batch.view.company} is not there.") for step in batch.steps]
    match batch.sending:
        case Sending.SETTINGS:
            return _set(there, batch, live)
        case Sending.FOUNDING:
            return _one_by_one(there, batch, live, _found)
        case Sending.HOME | Sending.VIEW:
            return _load(there, batch, live, catalogue)
        case Sending.COMMANDS:
            return _one_by_one(there, batch, live, _command)
        case Sending.CHART:
            return _one_by_one(there, batch, live, _load_chart)


def with_new(client: Client, steps: Sequence[Step], live: Live) -> Live:
    """Return what is known, with the records that were made for these steps and what is called by them."""
    made = {step.key: external_id(step.key) for step in steps if step.record is None and step.model != SETTINGS}
    found = targets_of(client, sorted(made.values()))
    new = {key: Target(found[name].model, found[name].id) for key, name in made.items() if name in found}
    return replace(live, managed={**live.managed, **new})


def _set(client: Client, batch: Batch, live: Live) -> list[NotTaken]:
    """Set all settings of a company at once."""
    values: dict[str, Any] = {}
    for step in batch.steps:
        for name, change in batch.changes(step).items():
            values[name] = _with_ids(client, change.new, live.models[SETTINGS][name], live) or False
    try:
        [form] = client.create(SETTINGS, [values])
        client.call(SETTINGS, "execute", form)
    except NotAuthenticated:
        raise
    except _SAID_NO as error:
        return [NotTaken(step, None, error.why or error.what) for step in batch.steps]
    return []


def _load(client: Client, batch: Batch, live: Live, catalogue: Catalogue) -> list[NotTaken]:
    fields = live.models[batch.model]
    columns = ["id", *(f"{name}/id" if fields[name].type in RELATIONS else name for name in batch.fields)]
    rows = [[external_id(step.key), *_cells(batch, step, live)] for step in batch.steps]
    came = load(client, batch.model, columns, rows, context=client.context, catalogue=catalogue)
    return [
        NotTaken(step, batch.changes(step).get(reject.field.partition("/")[0]), reject.reason)
        for reject in (*came.rejected, *came.unknown)
        for step in [batch.steps[reject.row - 1]]
    ]


def _cells(batch: Batch, step: Step, live: Live) -> Iterator[Any]:
    changes = batch.changes(step)
    for name in batch.fields:
        yield _cell(changes[name].new, live.models[batch.model][name], live)


def _cell(value: Any, field: FieldFact, live: Live) -> Any:
    if field.type in RELATIONS:
        return ",".join(_called(name, live) for name, _, _ in names_in(value, field, live.models))
    return None if value is False and field.type != "boolean" else value


def _called(name: str, live: Live) -> str:
    """Return the external id of what is named; Odoo will say so where there is no such record."""
    return external_id(name) if "." not in name else filled(name, lambda key: record_of(key, live)) or name


def _one_by_one(
    client: Client, batch: Batch, live: Live, write: Callable[[Client, Batch, Step, Live], None]
) -> list[NotTaken]:
    found = []
    for step in batch.steps:
        try:
            write(client, batch, step, live)
        except NotAuthenticated:
            raise
        except _SAID_NO as error:
            changed = list(batch.changes(step).values())
            found.append(NotTaken(step, changed[0] if len(changed) == 1 else None, error.why or error.what))
    return found


def _found(client: Client, batch: Batch, step: Step, live: Live) -> None:
    """Found a company. Odoo may install the accounting of its country meanwhile, and commits then."""
    fields = live.models[COMPANY]
    new = {name: change.new for name, change in batch.changes(step).items()}
    values = {name: _with_ids(client, value, fields[name], live) for name, value in new.items()}
    [record] = client.send(Call(COMPANY, "create", (), {"vals_list": [values]}, {}), timeout=_FOUNDING)
    client.create("ir.model.data", [taking_over(step, record)])


def _command(client: Client, batch: Batch, step: Step, live: Live) -> None:
    record, fields = _record(step, live), live.models[batch.model]
    new = {name: change.new for name, change in batch.changes(step).items()}
    held = lines_of(client, batch.model, [record], ([new], live.models))[record]
    values = {
        name: commands(_with_ids(client, value, fields[name], live), held[name], fields[name], live.models)
        for name, value in new.items()
    }
    client.write(batch.model, record, values)


def _load_chart(client: Client, batch: Batch, step: Step, live: Live) -> None:
    """Load the chart of accounts of a company, unless its country has brought it already."""
    company = _record(step, live)
    [wished] = [change.new for change in batch.changes(step).values()]
    [held] = client.read(COMPANY, company, ["chart_template"])
    if held["chart_template"] != wished:
        args = {"template_code": wished, "company": company, "install_demo": False}
        client.send(Call("account.chart.template", "try_loading", (), args, {}), timeout=_FOUNDING)


def _record(step: Step, live: Live) -> int:
    record = record_of(step.key, live)
    if record is None:
        raise Refused("Its record is not there.", why="Odoo has not made its record.")
    return record


def _with_ids(client: Client, value: Any, field: FieldFact, live: Live) -> Any:
    """Return the value with ids; what came into being since Odoo was looked at is looked up."""
    called = {name: _called(name, live) for name, _, _ in names_in(value, field, live.models) if not id_of(name, live)}
    found = targets_of(client, sorted(set(called.values())))
    lost = [name for name, full in called.items() if full not in found]
    if lost:
        raise Refused("A record is not there.", why=f"This Odoo has no record {called[lost[0]]}.")
    return with_ids(value, field, live.models, lambda name: id_of(name, live) or found[called[name]].id)
