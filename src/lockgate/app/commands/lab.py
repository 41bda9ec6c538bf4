"""Have a real Odoo of your own: bring it up, clone it, throw it away."""

import os
import sys
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from lockgate.app.answers.lab import answer, capability_table, views, web_address
from lockgate.faces.options import Json
from lockgate.faces.output import Table, View, show, write
from lockgate.faces.progress import steps
from lockgate.faces.terminal import on_terminal, remark
from lockgate.kernel.capability import app_sets
from lockgate.kernel.errors import Exit, UnreachableError, UsageError
from lockgate.kernel.secret import Secret
from lockgate.lab.external import KEY_VARIABLE
from lockgate.lab.provider import Lab, Provider, Wish, need_nothing
from lockgate.lab.providers import current_provider, provider_named
from lockgate.programme.workbench import workbench

FOLLOW_SECONDS = 0.3

command = typer.Typer(no_args_is_help=True, help=__doc__)

Name = Annotated[str, typer.Argument(help="The database.", show_default=False)]
MaybeName = Annotated[str | None, typer.Argument(help="The database; the main one when left out.", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]


@command.command()
def up(
    *,
    apps: Annotated[str, typer.Option(help=f"What to install: {', '.join(app_sets())}.")] = "all",
    port: Annotated[int | None, typer.Option(help="Port to listen on; a free one when left out.", min=1024)] = None,
    workers: Annotated[int | None, typer.Option(help="Odoo's worker processes; 0 for one threaded process.")] = None,
    provider: Annotated[
        str | None, typer.Option(help="Where the Odoo comes from: debian, external or a package's.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Address of an external Odoo.")] = None,
    database: Annotated[str | None, typer.Option(help="Database of an external Odoo.")] = None,
    login: Annotated[str | None, typer.Option(help="Login for an external Odoo.")] = None,
    json: Json = False,
) -> None:
    """Have the lab running; a second call finds it ready. An external Odoo's key is read from LOCKGATE_ODOO_API_KEY."""
    key = os.environ.get(KEY_VARIABLE)
    wish = Wish(apps, port, workers, url, database, login, Secret(key) if key else None)
    chosen = provider_named(provider or "debian", workbench())
    need_nothing(chosen)
    with steps() as talk:
        lab = chosen.up(wish, talk.step)
    show(answer(lab), *views(lab), as_json=json)


@command.command()
def status(*, json: Json = False) -> Exit:
    """Say how the lab stands: where it listens, its keys, databases and capabilities."""
    lab = current_provider(workbench()).status()
    if lab is None:
        raise UnreachableError("There is no lab yet.", do="Bring one up: `lockgate lab up`.")
    table: list[View] = [capability_table(lab)] if lab.modules else []
    show(answer(lab), *views(lab), *table, as_json=json)
    return Exit.DONE if lab.running else Exit.NO


@command.command()
def clone(
    name: Name,
    *,
    source: Annotated[str | None, typer.Option("--from", help="Database to copy; a new one when left out.")] = None,
    json: Json = False,
) -> None:
    """Make a database in a second, as new or as a copy of another."""
    with steps() as talk:
        lab = _provider().clone(name, source, talk.step)
    show(answer(lab), *views(lab), as_json=json)


@command.command()
def drop(name: Name, *, yes: Yes = False) -> None:
    """Remove a database and its files."""
    _ask(f"Remove the database '{name}' and its files?", yes=yes)
    _provider().drop(name)
    remark(f"Removed '{name}'.")


@command.command()
def reset(name: MaybeName = None, *, yes: Yes = False, json: Json = False) -> None:
    """Put a database back to what it was when new."""
    _ask(f"Put {name or 'the main database'} back to new, losing all that is in it?", yes=yes)
    with steps() as talk:
        lab = _provider().reset(name, talk.step)
    show(answer(lab), *views(lab), as_json=json)


@command.command()
def down(
    *,
    purge: Annotated[bool, typer.Option("--purge", help="Remove all databases, files and keys too.")] = False,
    yes: Yes = False,
) -> None:
    """Stop the lab; its databases stay until purged."""
    if purge:
        _ask("Remove every database of the lab?", yes=yes)
    _provider().down(purge=purge)
    remark("The lab is stopped, and its databases are removed." if purge else "The lab is stopped.")


@command.command()
def logs(
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on showing what is added, until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many of the last lines to show.", min=0)] = 50,
) -> None:
    """Show what the lab's Odoo says."""
    file = _provider().log_file()
    if file is None or not file.exists():
        raise UnreachableError("There is no log here.", do="The log of an external Odoo lies where that Odoo runs.")
    for line in _tail(file, lines, follow=follow):
        write(line)


@command.command()
def shell(name: MaybeName = None) -> None:
    """Open Odoo's own Python shell on a database."""
    words, environment = _provider().shell(name)
    sys.stdout.flush()
    os.execve(words[0], words, {**os.environ, **environment})  # noqa: S606 - the shell takes over this terminal


@command.command(name="open")
def open_in_browser(name: MaybeName = None) -> None:
    """Open Odoo in the browser; the address is printed too."""
    lab = _running()
    address = web_address(lab).replace(f"db={lab.database}", f"db={name or lab.database}")
    if name and name not in lab.databases:
        raise UsageError(f"There is no database '{name}'.", why=f"There are: {', '.join(lab.databases)}.")
    write(address)
    if on_terminal(sys.stdout):
        webbrowser.open(address)


@command.command()
def databases(*, json: Json = False) -> None:
    """List the lab's databases."""
    lab = _running()
    rows = [(name, f"{lab.url}/web?db={name}") for name in lab.databases]
    show(list(lab.databases), Table(("Database", "URL"), rows), as_json=json)


def _provider() -> Provider:
    return current_provider(workbench())


def _running() -> Lab:
    lab = _provider().status()
    if lab is None or not lab.running:
        raise UnreachableError("The lab is not running.", do="Start it: `lockgate lab up`.")
    return lab


def _ask(question: str, *, yes: bool) -> None:
    """Ask before something is lost, where there is a person to ask."""
    if not yes and on_terminal(sys.stdin):
        typer.confirm(question, abort=True)


def _tail(file: Path, count: int, *, follow: bool) -> Iterator[str]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        yield from (line.rstrip("\n") for line in lines.readlines()[-count:] if count)
        while follow:
            line = lines.readline()
            if line:
                yield line.rstrip("\n")
            else:
                time.sleep(FOLLOW_SECONDS)
