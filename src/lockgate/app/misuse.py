"""What did a person mean who typed what can't be carried out? Typer's complaint, in our three lines."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

import typer
from typer._click.exceptions import NoSuchOption

from lockgate.kernel.errors import UsageError

_CHOICE: Final = re.compile(r"'(?P<given>[^']*)' is not one of (?P<choices>.*)")
_MEANT: Final = " Did you mean "


def misused(error: typer.TyperException, program: str) -> UsageError:
    """Return what is wrong, what was probably meant, and where to read on."""
    what, _, meant = error.format_message().replace("Value error, ", "").partition(_MEANT)
    why = f"{_MEANT}{meant}".strip() if meant else ""
    if isinstance(error, NoSuchOption):
        what, why = error.message, _why_no_such_option(error)
    elif choice := _CHOICE.search(what):
        why = _question(get_close_matches(choice["given"], re.findall(r"'([^']*)'", choice["choices"])))
    context = getattr(error, "ctx", None)
    path = context.command_path if context else program
    return UsageError(what if what.endswith(".") else f"{what}.", why=why, do=f"Read on with: {path} --help")


def _why_no_such_option(error: NoSuchOption) -> str:
    if error.option_name == "--json":
        return "It stands after the verb, and only verbs that answer a question have it."
    return _question(sorted(error.possibilities or ()))


def _question(meant: Iterable[str]) -> str:
    words = " or ".join(meant)
    return f"Did you mean {words}?" if words else ""
