"""The tower, as Django knows it."""

from django.apps import AppConfig


class TowerConfig(AppConfig):
    """Pages and the API of the core."""

    name = "lockgate.tower"
    label = "tower"

    def ready(self) -> None:
        """Enter the operations of the tower and of practices into the policy; the tower's own are not replaced."""
        from lockgate.faces.web.policy import declare  # noqa: PLC0415 - once Django is ready, and once only
        from lockgate.tower.policy import OPERATIONS  # noqa: PLC0415 - as above
        from lockgate.tower.practices import operations  # noqa: PLC0415 - as above

        declare({**operations(), **OPERATIONS})
