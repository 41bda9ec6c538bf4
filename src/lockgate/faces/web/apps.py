"""The shared parts of pages, as Django knows them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Layout, parts and looks."""

    name = "lockgate.faces.web"
    label = "web"
