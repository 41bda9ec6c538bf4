"""What is kept of work? The queue and the journal in one table, so that they can't disagree."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class State(models.TextChoices):
    """How a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    """The answer is yes."""
    NO = "no"
    """It was done, and the answer is no."""
    FAILED = "failed"
    CANCELLED = "cancelled"


OVER = (State.DONE, State.NO, State.FAILED, State.CANCELLED)


class Run(models.Model):
    """One piece of work that somebody, or a schedule, asked for."""

    verb = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    schedule = models.CharField(max_length=64, blank=True)
    """The schedule that asked for it, if one did."""
    due_at = models.DateTimeField(null=True, blank=True)
    """For when the schedule asked."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    fence = models.PositiveIntegerField(default=0)
    """Grows with each worker that takes the run; who has an older number may write nothing more."""
    died = models.PositiveIntegerField(default=0)
    """How many workers ended in the midst of it."""
    worker = models.CharField(max_length=200, blank=True)
    heard_until = models.DateTimeField(null=True, blank=True)
    """Until when its worker has the run, unless it is heard of again."""
    cancelled_by = models.CharField(max_length=64, blank=True)
    """Who does not want it any more."""

    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=32, blank=True)
    rate = models.FloatField(default=0)
    seconds_left = models.FloatField(null=True, blank=True)
    kept = models.JSONField(default=dict)
    """From where whoever takes over goes on."""
    says = models.TextField(blank=True)
    """What came of it, in a line; of a failure what, why and what to do."""
    facts = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    resumes = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="resumed_by")

    class Meta:
        """A schedule asks once for each of its moments."""

        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="run_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "due_at"], condition=~Q(schedule=""), name="run_once_when_due")
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"

    @property
    def over(self) -> bool:
        """True when nothing more will come of it."""
        return self.state in OVER


class WorkerSeen(models.Model):
    """When a worker was last heard of."""

    name = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """Something that a run said."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    class Meta:
        """In the order in which they were said."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.text
