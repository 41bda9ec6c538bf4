"""Notices, as Django knows them."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people wish to hear of, and what they were told."""

    name = "lockgate.tower.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
