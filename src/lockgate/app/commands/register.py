"""Keep registers: gaps, risks, decisions, defects and the like."""

from collections.abc import Callable
from typing import Any, Final

import typer

from lockgate.app.register import changing, looking, sheets, watching

_VERBS: Final[dict[str, Callable[..., Any]]] = {
    "list": looking.list_,
    "show": looking.show_,
    "next": looking.next_,
    "history": looking.history,
    "explain": looking.explain,
    "raise": changing.raise_,
    "edit": changing.edit,
    "do": changing.do_,
    "comment": changing.comment,
    "link": changing.link,
    "tag": changing.tag,
    "attach": changing.attach,
    "import": sheets.import_,
    "export": sheets.export,
    "late": watching.late,
    "notices": watching.notices_,
    "signals": watching.signals,
}

command = typer.Typer(no_args_is_help=True, help=__doc__)
for _name, _verb in _VERBS.items():
    command.command(_name)(_verb)
