"""What is kept of people? Only what signing in and rights need; names of people stay out of the ledger."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Accounts(BaseUserManager["Account"]):
    """All accounts."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a person, however the id is capitalised."""
        return self.get(person__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who may sign in: a person of the workspace, or one who only looks after accounts."""

    person = models.CharField(max_length=64, unique=True)
    """The id that stands in programme/people.yaml and in every record."""
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=16, blank=True)
    """How numbers and dates are written; the browser's when empty."""
    time_zone = models.CharField(max_length=64, blank=True)
    """The programme's when empty."""
    theme = models.CharField(
        max_length=8, blank=True, choices=[("", _("as the device")), (_("light"), _("light")), (_("dark"), _("dark"))]
    )

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "person"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """The order of lists."""

        ordering: ClassVar = ["person"]

    def __str__(self) -> str:
        return self.person

    def get_full_name(self) -> str:
        """Return the name to show."""
        return self.name or self.person


class Grant(models.Model):
    """A role that somebody has for a time, given in the tower. Those of programme/people.yaml are not kept here."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=64)
    site = models.CharField(max_length=64, blank=True)
    """Where, what is below it included; everywhere when empty."""
    begins = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=64)
    lent = models.BooleanField(default=False)
    """True when `given_by` lent a role of their own: it counts while they have it."""

    class Meta:
        """A role ends after it began."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=models.F("begins")), name="grant_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.role}"


class Invitation(models.Model):
    """A link that works once: whoever has it chooses a password for the account."""

    digest = models.CharField(max_length=64, unique=True)
    """Of the secret in the link, which is kept nowhere."""
    person = models.CharField(max_length=64)
    administrator = models.BooleanField(default=False)
    made_by = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation of {self.person}"


class Key(models.Model):
    """What a program signs in with, on behalf of a person."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    """Of the key, which is shown once and kept nowhere."""
    begins_with = models.CharField(max_length=12)
    """What people tell keys apart by."""
    writes = models.BooleanField(default=False)
    """False for a key that only reads."""
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
