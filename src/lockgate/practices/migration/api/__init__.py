"""What can programs ask of the migration? The operations of each module in this folder, found by themselves."""

from importlib import import_module
from pkgutil import iter_modules

from ninja import Router

router = Router(tags=["migration"])
for _found in iter_modules(__path__, f"{__name__}."):
    router.add_router("", import_module(_found.name).router)
