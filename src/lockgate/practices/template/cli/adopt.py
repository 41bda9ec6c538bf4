"""The verb that takes what an Odoo holds into the files of the template: records of models, or what differs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import By, Instance, Json, WorkspaceFolder
from lockgate.faces.output import Table, show
from lockgate.kernel.errors import Exit, UsageError
from lockgate.practices.template.perform.adopting.accepting import accept, chosen_of
from lockgate.practices.template.perform.adopting.lifting import Lifted, lift, mark
from lockgate.practices.template.perform.applying.locking import turn
from lockgate.practices.template.perform.held import held
from lockgate.practices.template.perform.laying_out.declared import declared
from lockgate.programme.ledger_place import person
from lockgate.programme.opening import opened
from lockgate.programme.reaching import meant, reach


def adopt(
    what: Annotated[
        list[str] | None,
        typer.Argument(help="Models, like product.category; or keys of resources, or KEY:FIELD, that differ."),
    ] = None,
    *,
    out: Annotated[Path | None, typer.Option("--out", help="A new file below template/ for records of models.")] = None,
    instance: Instance = None,
    site: Annotated[str | None, typer.Option("--site", help="As it holds at this site.")] = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Take what an Odoo holds into the template: the records of models, or what was changed of resources by hand."""
    models = [name for name in what or () if "." in name]
    keys = [name for name in what or () if "." not in name]
    if models and keys:
        raise UsageError("Models and resources are adopted apart.", do="Run it twice.")
    if keys:
        return _accept(keys, workspace, instance, site, as_json=json)
    return _lift(models, out, workspace, instance, person(by), as_json=json)


def _lift(
    models: Sequence[str], out: Path | None, folder: Path | None, instance: str | None, who: str, *, as_json: bool
) -> Exit:
    here = opened(folder)
    file = _file(here.root, out)
    with reach(here, instance or meant(here), read_only=False) as client, turn(client, who):
        found = lift(client, models, [one.resource.key for one in declared(here)])
        if not found.resources:
            raise UsageError("There is nothing to adopt.", do="Name models with records that no module has brought.")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found.text, encoding="utf-8")
        mark(client, found.new)
    _show_lifted(found, file, as_json=as_json)
    return Exit.DONE


def _show_lifted(found: Lifted, file: Path, *, as_json: bool) -> None:
    left = [{"key": one.key, "field": one.field, "why": one.what} for one in found.left]
    answer = {"file": str(file), "resources": found.resources, "taken_over": len(found.new), "left_out": left}
    rows = [(one.key, one.field, one.what) for one in found.left]
    table = [Table(("Resource", "Field", "Left out because"), rows)] if rows else []
    show(
        answer,
        *table,
        f"{found.resources} resources in {file}. See what Odoo makes of it: `lockgate plan`.",
        as_json=as_json,
    )


def _file(root: Path, out: Path | None) -> Path:
    if out is None:
        raise UsageError("Where to?", do="Name a new file: `--out template/adopted.yaml`.")
    if out.exists():
        raise UsageError(f"{out} is there already.", do="Name a file that is not there yet.")
    if not out.resolve().is_relative_to((root / "template").resolve()):
        raise UsageError(f"{out} is no file of the template.", do="Name one below template/.")
    return out


def _accept(keys: Sequence[str], folder: Path | None, instance: str | None, site: str | None, *, as_json: bool) -> Exit:
    with held(folder, instance, site) as here:
        places = accept(here, chosen_of(here, keys))
    show({"adopted": places}, *[f"Adopted: {place}" for place in places], as_json=as_json)
    return Exit.DONE
