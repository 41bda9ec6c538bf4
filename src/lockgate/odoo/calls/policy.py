"""Which calls may be sent, and which may be sent again? Decided from the call alone, before anything leaves.

R1  A method reads only if it is listed here. `export_data` is not: it creates external ids; nor is
    `default_get`: it may take a number from a sequence. `onchange` of the settings fills a form that is not saved.
R2  A read-only client sends reading calls alone. A client of a production instance asks its permit for all others,
    and without a permit they are refused.
R3  A method that works on records is not sent without records: Odoo would answer `true` and do nothing. One that
    works on the model is not sent with records: older transports would take them for its first argument.
R4  A conflict between transactions left nothing behind: it is always tried again. A request that was not sent: too.
R5  A request that may have been carried out is tried again only if it reads, or if the caller calls it repeatable.
R6  Nothing else is tried again; a time-out least of all.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from lockgate.kernel.instance import Role
from lockgate.odoo.calls.call import Call
from lockgate.odoo.errors import BadCall, Concurrency, OdooError, Unreachable, WriteRefused

READING = frozenset(
    {
        "check_access_rights",
        "fields_get",
        "formatted_read_group",
        "formatted_read_grouping_sets",
        "get_external_id",
        "get_metadata",
        "has_access",
        "name_get",
        "name_search",
        "read",
        "read_group",
        "read_progress_bar",
        "search",
        "search_count",
        "search_read",
        "web_name_search",
        "web_read",
        "web_read_group",
        "web_search_read",
    }
)
READING_OF_ONE_MODEL = frozenset(
    {
        ("ir.config_parameter", "get_param"),
        ("ir.model.data", "check_object_reference"),
        ("res.config.settings", "onchange"),
        ("res.lang", "get_installed"),
        ("res.users", "context_get"),
        ("res.users", "has_group"),
        ("res.users", "has_groups"),
    }
)
_MODEL = re.compile(r"[A-Za-z0-9_.]+")
_METHOD = re.compile(r"[A-Za-z0-9_]+")
_ON_THE_MODEL = frozenset(
    {
        "create",
        "default_get",
        "fields_get",
        "formatted_read_group",
        "load",
        "name_create",
        "name_search",
        "read_group",
        "search",
        "search_count",
        "search_read",
    }
)
_ON_RECORDS = frozenset({"copy", "unlink", "write"})
_WITH_OR_WITHOUT_RECORDS = frozenset({"onchange", "web_save"})


@dataclass(frozen=True)
class Refusal:
    """Why a write to production is not permitted now."""

    why: str
    do: str = ""


class Permit(Protocol):
    """Answers for each writing call to a production instance; the gates stand behind it."""

    def __call__(self, call: Call, /) -> Refusal | None:
        """Return None when the call may be sent."""


def reads(call: Call) -> bool:
    """Return True when the call is known to change nothing (R1)."""
    return call.method in READING or (call.model, call.method) in READING_OF_ONE_MODEL


def fault(call: Call) -> BadCall | None:
    """Return what is wrong with the call's names or records, None when nothing is (R3)."""
    if not (_MODEL.fullmatch(call.model) and _METHOD.fullmatch(call.method)):
        return BadCall(f"{str(call)!r} is not a method of a model.", do="Write it like res.partner.search_read.")
    if call.ids is None:
        return _no_records(call) if call.method in _ON_RECORDS else None
    if not call.ids:
        return (
            None
            if reads(call) or call.method in _ON_THE_MODEL or call.method in _WITH_OR_WITHOUT_RECORDS
            else _no_records(call)
        )
    if call.method in _ON_THE_MODEL:
        return BadCall(
            f"{call} was given records.",
            why="It is asked of the model as a whole.",
            do="Name records in its arguments, or leave them out.",
            call=str(call),
        )
    wrong = [ident for ident in call.ids if type(ident) is not int or ident < 1]
    if wrong:
        return BadCall(
            f"{call}: {wrong[0]!r} is not the id of a record.",
            why="Ids are whole numbers from 1 on.",
            do="Leave out records that were not found.",
            call=str(call),
        )
    return None


def _no_records(call: Call) -> BadCall:
    return BadCall(
        f"{call} was given no records.",
        why="Odoo would answer that all is well and do nothing.",
        do="Give the ids of the records, or leave out the call.",
        call=str(call),
    )


def refusal(call: Call, *, role: Role, read_only: bool, permit: Permit | None) -> WriteRefused | None:
    """Return why the call must not be sent, None when it may (R2)."""
    if reads(call):
        return None
    if read_only:
        return WriteRefused(
            f"{call} was not sent: this connection only reads.",
            why=f"{call.method} is not one of the methods known to change nothing.",
            do="Use a connection that may write.",
            call=str(call),
        )
    if role is not Role.PRODUCTION:
        return None
    no = permit(call) if permit is not None else _NO_PERMIT
    if no is None:
        return None
    return WriteRefused(f"{call} was not sent: the instance is in production.", why=no.why, do=no.do, call=str(call))


_NO_PERMIT = Refusal(
    "No gate answers for this connection.", "Open the gate for this instance, or record an emergency decision."
)


def may_repeat(error: OdooError, call: Call, *, repeatable: bool | None) -> bool:
    """Return True when the failed call may be sent once more (R4 to R6)."""
    if isinstance(error, Concurrency):
        return True
    if not isinstance(error, Unreachable):
        return False
    if not error.sent:
        return True
    return reads(call) if repeatable is None else repeatable
