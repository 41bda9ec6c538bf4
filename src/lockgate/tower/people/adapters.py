"""Who comes in by which door? Accounts are made by invitation, and a house's own sign-in leads to an account there is.

A1  Nobody makes an account for themselves.
A2  A sign-in of the house belongs to the account whose mail address it vouches for; else nobody comes in.
A3  An address that programme/people.yaml declares is that person's, whatever somebody else says of themselves.
A4  Who fails too often, at the password or the second factor, is stopped for a while, and nobody else.
"""

import logging
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lockgate.kernel.errors import RefusedError
from lockgate.tower.limits import LOCKED_SECONDS, TooManyError
from lockgate.tower.people.models import Account
from lockgate.tower.refusals import stopped
from lockgate.tower.server import live


class Door(DefaultAccountAdapter):  # type: ignore[misc]
    """The door for names and passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's form
        """Return False: invitations make accounts (A1)."""
        return False

    def validation_error(self, code: str, *args: Any) -> Exception:
        """Return what a form says; too many failures are no matter of the form (A4)."""
        if code == "too_many_login_attempts":
            raise TooManyError(LOCKED_SECONDS)
        return cast("Exception", super().validation_error(code, *args))


class HouseDoor(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The door of the house's identity provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - allauth's form
        """Return False (A1)."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the sign-in to the account of its verified mail address (A2)."""
        if sociallogin.is_existing:
            return
        vouched = {mail.email.lower() for mail in sociallogin.email_addresses if mail.verified and mail.email}
        accounts = [found for found in Account.objects.filter(is_active=True) if _address(found) in vouched]
        if len(accounts) != 1:
            no = RefusedError(
                _("Nobody here has the mail address of this sign-in."),
                do=_("Ask an administrator to invite you, with the address that your house knows."),
            )
            raise ImmediateHttpResponse(stopped(request, no))
        sociallogin.connect(request, accounts[0])

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> None:
        """Say that nobody came in, in words of ours; the log has what the house said."""
        error, exception = said.get("error"), said.get("exception")
        logging.getLogger("lockgate.tower").warning("sign-in by %s failed: %s %r", provider, error, exception)
        no = RefusedError(
            _("The house did not let you in."),
            why=_("It said no, you broke off, or the way back took too long."),
            do=_("Begin again on the page to sign in."),
        )
        raise ImmediateHttpResponse(stopped(request, no))


def _address(account: Account) -> str:
    """Return the address that is taken to be somebody's (A3)."""
    people = live().workspace().people
    declared = people.get(account.person)
    if declared is not None and declared.email:
        return declared.email.lower()
    taken = {one.email.lower() for one in people.values() if one.email}
    said = account.email.lower()
    return "" if said in taken else said
