"""Where are the pages? Each part of the tower and each practice says it in its own `pages`; this only gathers them."""

from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, URLResolver, path

from lockgate.tower.interface import gather
from lockgate.tower.practices import urls

_HERE = Path(__file__).parent


def _gathered() -> list[URLPattern | URLResolver]:
    parts = sorted(file.parent.name for file in _HERE.glob("*/pages.py"))
    return [url for part in parts for url in import_module(f"{__package__}.{part}.pages").urlpatterns]


urlpatterns = [*_gathered(), *urls(), path("api/", gather().urls)]
