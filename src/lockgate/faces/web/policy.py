"""Who may do what? One table: each page and each operation of the API names its entry, and what has none is refused.

P1  An operation that is not in the table is nobody's.
P2  Whom the table lets in may look or try; what a record or a gate demands beyond that, its own rules decide.
P3  Whom the table refuses is in the server's log, with what they asked for. It is not in the ledger: that is for facts
    of the programme, and whoever signed in could fill it.
"""

import logging
from collections.abc import Callable, Mapping

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.scope import PROGRAMME, Scope

Who = Callable[[Viewer, Scope], bool]

_TABLE: dict[str, Who] = {}


def anybody(viewer: Viewer, scope: Scope) -> bool:  # noqa: ARG001 - the form of an entry
    """Let in everyone, signed in or not."""
    return True


def signed_in(viewer: Viewer, scope: Scope) -> bool:  # noqa: ARG001 - as above
    """Let in who has an account."""
    return bool(viewer.person)


def member(viewer: Viewer, scope: Scope) -> bool:
    """Let in who takes part, as far as they may see the scope."""
    return viewer.sees(scope)


def of_the_whole(viewer: Viewer, scope: Scope) -> bool:  # noqa: ARG001 - as above
    """Let in who has a role for the whole programme."""
    return viewer.everywhere


def administrator(viewer: Viewer, scope: Scope) -> bool:  # noqa: ARG001 - as above
    """Let in who looks after the accounts."""
    return viewer.administrator


def declare(operations: Mapping[str, Who]) -> None:
    """Enter operations into the table."""
    _TABLE.update(operations)


def table() -> Mapping[str, Who]:
    """Return the whole table."""
    return _TABLE


def may(viewer: Viewer, operation: str, scope: Scope = PROGRAMME) -> bool:
    """Return whether the viewer may do it for the scope (P1)."""
    return operation in _TABLE and _TABLE[operation](viewer, scope)


def refused(viewer: Viewer, operation: str, *, asked: str) -> None:
    """Note that somebody was refused (P3); an address is quoted, so that it can't write lines of its own."""
    who = viewer.person or "somebody without an account"
    logging.getLogger("lockgate.policy").warning("%s may not %s: %.200r", who, operation, asked)
