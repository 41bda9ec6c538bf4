"""Runs, as Django knows them."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """The queue, its workers and schedules."""

    name = "lockgate.tower.runs"
    label = "runs"
    default_auto_field = "django.db.models.BigAutoField"
