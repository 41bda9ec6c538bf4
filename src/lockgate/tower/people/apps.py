"""People and rights, as Django knows them."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, invitations and keys."""

    name = "lockgate.tower.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
