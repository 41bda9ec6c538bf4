"""What can go wrong when Lockgate speaks to Odoo? Each cause is one class, and the class decides whether to try again.

R1  Only `Concurrency` and `Unreachable` may be tried again, and only where a repeat is harmless.
R2  An error with `sent=True` may have been carried out by Odoo: its outcome is looked up, never guessed.
"""

from lockgate.kernel.errors import Exit, LockgateError


class OdooError(LockgateError):
    """Any answer of Odoo, or the lack of one, that is not a result."""

    exit = Exit.NO

    def __init__(self, what: str, *, why: str = "", do: str = "", call: str = "", sent: bool = False) -> None:
        super().__init__(what, why=why, do=do)
        self.call = call
        """`model.method` that was asked for, empty outside of a call."""
        self.sent = sent
        """True when the request may have reached Odoo and may have been carried out (R2)."""


class AccessDenied(OdooError):
    """The key or password is wrong or expired, or the user lacks the right."""

    exit = Exit.REFUSED


class NotAuthenticated(AccessDenied):
    """Odoo does not know who is asking: wrong, expired or revoked credentials."""


class NotFound(OdooError):
    """The model, method or record does not exist."""


class DatabaseNotFound(NotFound):
    """The server is there, the database is not (or the server hides it)."""

    exit = Exit.UNREACHABLE


class Refused(OdooError):
    """A business rule of Odoo said no; `why` keeps Odoo's own words."""


class ConstraintViolated(Refused):
    """A constraint of the model or of the database said no; `why` keeps Odoo's own words."""


class BadCall(OdooError):
    """The call itself is wrong: an argument, a field or a domain that this Odoo does not have."""


class ServerFault(OdooError):
    """Odoo failed inside: a bug in a module or on the server."""


class Concurrency(OdooError):
    """Two transactions got in each other's way and Odoo gave up; nothing was saved."""


class Unreachable(OdooError):
    """No connection, or it was cut."""

    exit = Exit.UNREACHABLE


class TimedOut(OdooError):
    """No answer within the time allowed for the call or for the run."""

    exit = Exit.UNREACHABLE


class NotJson(OdooError):
    """Something answered, but it was not Odoo's API: a login page, a proxy, another program."""

    exit = Exit.UNREACHABLE


class AddressRefused(OdooError):
    """Lockgate itself did not connect: the address is not one that it may speak to."""

    exit = Exit.REFUSED


class WrongVersion(OdooError):
    """This Odoo is too old or too new for what was asked."""

    exit = Exit.UNREACHABLE


class WriteRefused(OdooError):
    """Lockgate itself did not send the write: a read-only client, or production without an open gate."""

    exit = Exit.REFUSED
