"""What is kept of notices? What people wish to have by mail, and what they were told: nothing is told twice."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lockgate.tower.people.models import Account


class When(models.TextChoices):
    """When a kind of notice goes out by mail."""

    DAILY = "daily", _("in the morning")
    AT_ONCE = "at-once", _("at once")
    NEVER = "never", _("never")


class Wish(models.Model):
    """When somebody wants a kind of notice by mail."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=16)
    when = models.CharField(max_length=8, choices=When.choices, default=When.DAILY)

    class Meta:
        """One wish for each kind."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "kind"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.kind} {self.when}"


class Told(models.Model):
    """That somebody was told of something."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="told")
    key = models.CharField(max_length=64)
    """A digest of the notice's key, or the day of a digest."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Nothing is told twice."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.key}"
