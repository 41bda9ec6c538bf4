"""How does a line of words become one call? Typer parses it, and only the module of the verb in use is imported.

R1  Every verb takes `--verbose`, so that it works wherever a person puts it.
R2  Help looks the same for every verb, whoever brings it.
"""

import os
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from typing import Annotated, Any, Final, cast

import typer
from typer._click import Command as Parsed
from typer._click import exceptions as click
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from lockgate import __version__
from lockgate.app import discovery
from lockgate.app.discovery import Verb
from lockgate.app.misuse import misused
from lockgate.faces import terminal
from lockgate.kernel.errors import Exit, UsageError
from lockgate.programme.installed import practices, reason

PROGRAM: Final = "lockgate"
_ONLY_AT_THE_TOP: Final = {"install_completion", "show_completion"}
_COMPLETION: Final = "_LOCKGATE_COMPLETE"  # set by the shell's completion script


def carry_out(args: Sequence[str]) -> int:
    """Return the exit code of the verb; expected stops come out as exceptions."""
    shell = _shell()
    if os.environ.get(_COMPLETION):
        return _complete(shell)
    try:
        colour = terminal.colourful(sys.stdout)
        with shell.make_context(PROGRAM, list(args) or ["--help"], color=colour) as context:
            answer = shell.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except click.NoArgsIsHelpError as error:
        typer.echo(error.format_message(), err=True)
        return Exit.USAGE
    except typer.TyperException as error:
        raise misused(error, PROGRAM) from error
    return int(answer) if isinstance(answer, int) else Exit.DONE


class Help(HelpFormatter):
    """Help in plain lines, with headings and names set off where colour is allowed (R2)."""

    def write_heading(self, heading: str) -> None:
        """Write a heading in bold."""
        super().write_heading(terminal.style(heading, "bold", stream=sys.stdout))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or verbs, their names in colour."""
        coloured = [(terminal.style(name, "cyan", stream=sys.stdout), text) for name, text in rows]
        super().write_dl(coloured, col_max, col_spacing)


class Context(typer.Context):
    """What Typer knows while it parses, with our way of showing help."""

    formatter_class = Help

    def lookup_default(self, name: str, call: Any = True) -> Any:  # noqa: FBT002 - Typer's signature
        """Return the default; Typer leaves its own flags None, and to make a bool of that imports Pydantic: 80 ms."""
        return False if name in {"help", *_ONLY_AT_THE_TOP} else super().lookup_default(name, call)


class Deferred(TyperCommand):
    """A verb known by name and summary; its module is imported when it is used."""

    def __init__(self, verb: Verb, shell: "Shell") -> None:
        super().__init__(verb.command.name, short_help=verb.command.summary, rich_markup_mode=None)
        self._verb = verb
        self._shell = shell

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Return the context of the verb itself, which takes over from here."""
        verb = _load(self._verb)
        self._shell.adopt(verb)
        return verb.make_context(info_name, args, parent, **extra)


class Shell(TyperGroup):
    """All verbs; practices are looked for only when the shell's own folder has no such verb."""

    context_class = Context

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """Return the names of all verbs in the order of the alphabet."""
        return sorted(self._all)

    def get_command(self, ctx: Any, cmd_name: str) -> Deferred | None:  # noqa: ARG002 - Typer's signature
        """Return the verb, not yet imported."""
        return self._own.get(cmd_name) or self._all.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the verb, or fail with one that is spelt alike."""
        if self.get_command(ctx, args[0]) is None:
            self.commands = dict(self._all)
        return super().resolve_command(ctx, args)

    def adopt(self, command: Parsed) -> None:
        """Give a verb, and those below it, what all of them share (R1, R2)."""
        taken = {name for option in command.params for name in option.opts}
        command.params += [option for option in self.params if option.name == "verbose" and not taken & {*option.opts}]
        command.context_class = Context
        if isinstance(command, TyperGroup):
            command.no_args_is_help = command.no_args_is_help or not command.invoke_without_command
            for below in command.commands.values():
                self.adopt(below)

    @cached_property
    def _own(self) -> dict[str, Deferred]:
        return {verb.command.name: Deferred(verb, self) for verb in discovery.own_verbs()}

    @cached_property
    def _all(self) -> dict[str, Deferred]:
        catalogue = discovery.catalogue(discovery.own_verbs(), practices())
        if not os.environ.get(_COMPLETION):
            for remark in catalogue.remarks():
                terminal.remark(terminal.style(remark, "yellow", stream=sys.stderr))
        return {name: Deferred(verb, self) for name, verb in catalogue.verbs.items()}


def _shell() -> Shell:
    app = typer.Typer(name=PROGRAM, cls=Shell, rich_markup_mode=None)
    app.callback()(_root)
    return cast("Shell", get_command(app))


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - Typer's signature
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _root(
    *,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", help="Tell more: debug messages, and where an error comes from.", expose_value=False),
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say the version and end.", expose_value=False, is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """Run an Odoo rollout programme on evidence."""


def _load(verb: Verb) -> Parsed:
    if verb.fault is not None:
        raise _cannot_load(verb, verb.fault)
    try:
        module, _, attribute = verb.command.target.partition(":")
        target = getattr(import_module(module), attribute)
        return _parsed(verb.command.name, target)
    except (Exception, SystemExit) as error:
        if verb.ours:
            raise
        raise _cannot_load(verb, error) from error


def _parsed(name: str, target: object) -> Parsed:
    if isinstance(target, typer.Typer):
        app = target
    elif callable(target):
        app = typer.Typer()
        app.command(name)(target)
    else:
        msg = f"{target!r} is neither a Typer application nor a function"
        raise TypeError(msg)
    app.rich_markup_mode = None
    parsed = get_command(app)
    parsed.params = [option for option in parsed.params if option.name not in _ONLY_AT_THE_TOP]
    return parsed


def _cannot_load(verb: Verb, error: BaseException) -> BaseException:
    if verb.ours:
        return error
    return UsageError(
        f"`{PROGRAM} {verb.command.name}` can't be loaded.",
        why=f"{verb.owner} fails with {reason(error)}",
        do="Repair, update or remove that package; the other verbs work.",
    )


def _complete(shell: Shell) -> int:
    try:
        shell.main(prog_name=PROGRAM)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else Exit.DONE
    except Exception:  # noqa: BLE001 - a person is in the middle of typing: no completion is better than noise
        return Exit.NO
    return Exit.DONE
