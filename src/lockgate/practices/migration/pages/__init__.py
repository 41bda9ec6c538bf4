"""Which pages show the migration? Those of each module in this folder, found by themselves."""

from importlib import import_module
from pkgutil import iter_modules

urlpatterns = [url for found in iter_modules(__path__, f"{__name__}.") for url in import_module(found.name).urlpatterns]
