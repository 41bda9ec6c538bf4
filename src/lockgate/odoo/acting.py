"""How does Lockgate act as another user, so that her rights and rules hold? With a short-lived key of hers.

R1  Never on a production instance: refused before anything is sent.
R2  One key per user and process, made when first needed and given up at the end; by itself it ends within hours.
R3  Only an administrator can lend keys, and only those of active users.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from lockgate.kernel.instance import Role
from lockgate.odoo.client import Client
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.errors import NotFound, WriteRefused
from lockgate.odoo.keys import mint_for, need_odoo_19, revoke

HOURS = 8
_NAME = "lockgate, acting"
_REUSED_SECONDS = (HOURS - 1) * 3600


@dataclass(frozen=True)
class _Lent:
    client: Client
    key: int
    since: float


class Acting:
    """Clients that speak as other users. Safe to share between threads; leaving it gives their keys up."""

    def __init__(
        self,
        administrator: Client,
        *,
        connect: Callable[[ApiKey], Client],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if administrator.role is Role.PRODUCTION:
            raise _not_in_production()  # R1
        need_odoo_19(administrator.server.version)
        self._administrator = administrator
        self._connect = connect
        self._clock = clock
        self._lent: dict[str, _Lent] = {}
        self._outlived: list[_Lent] = []
        self._lock = threading.Lock()

    def as_user(self, login: str) -> Client:
        """Return a client that speaks as the user with this login; the same one for hours (R2)."""
        with self._lock:
            lent = self._lent.get(login)
            if lent is not None and self._clock() - lent.since < _REUSED_SECONDS:
                return lent.client
            if lent is not None:
                self._outlived.append(lent)  # someone may still be using it
            self._lent[login] = lent = self._borrow(login)
            return lent.client

    def close(self) -> None:
        """Close the clients and give up every key that was lent."""
        with self._lock:
            lent = [*self._outlived, *self._lent.values()]
            for one in lent:
                one.client.close()
            revoke(self._administrator, [one.key for one in lent])
            self._lent.clear()
            self._outlived.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _borrow(self, login: str) -> _Lent:
        since = self._clock()
        user = _active_user(self._administrator, login)
        minted = mint_for(self._administrator, user, f"{_NAME} as {login}", days=HOURS / 24)
        return _Lent(self._connect(ApiKey(minted.secret, login)), minted.key.id, since)


def _active_user(administrator: Client, login: str) -> int:
    """Return the user's id; an archived one's key would be refused with words that hide why (R3)."""
    found = administrator.search_read("res.users", [["login", "=", login]], ["active"], context={"active_test": False})
    if not found:
        raise NotFound(
            f"There is no user with the login {login}.",
            why=f"Nobody in the database {administrator.server.database} has it.",
            do="Create the user, or correct the login.",
        )
    if not found[0]["active"]:
        raise NotFound(f"The user {login} is archived.", do="Activate the user in Odoo, or take another one.")
    return int(found[0]["id"])


def _not_in_production() -> WriteRefused:
    return WriteRefused(
        "Lockgate does not act as other users on a production instance.",
        why="What a person did and what Lockgate did in her name could not be told apart.",
        do="Use a rehearsal or a training instance.",
    )
