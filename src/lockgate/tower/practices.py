"""What do practices bring to the tower? Pages, operations of the API and rights, as each one's `Practice` names them.

N1  No list names them: a practice is found through its entry point, as its verbs are.
N2  What can't be loaded takes no other page along: the server's log names it, with the reason.
N3  A right is open to whom an entry of the policy lets in, or a function of the practice that it names as
    `package.module:function`. One that names anything else, or what can't be loaded, is nobody's.
"""

import logging
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

from lockgate.faces.web import policy
from lockgate.kernel.practice import Practice
from lockgate.programme.installed import Broken, practices, reason

if TYPE_CHECKING:  # the settings ask for the templates: there is no Django yet
    from django.urls import URLPattern, URLResolver
    from ninja import Router

_WHO: Final = {
    who.__name__: who
    for who in (policy.anybody, policy.signed_in, policy.member, policy.of_the_whole, policy.administrator)
}


def urls() -> "list[URLPattern | URLResolver]":
    """Return the addresses of the pages of all practices."""
    return [url for module in loaded(_found(), "pages") for url in module.urlpatterns]


def routers() -> "list[Router]":
    """Return the operations of all practices."""
    return [module.router for module in loaded(_found(), "api")]


def operations() -> dict[str, policy.Who]:
    """Return what all practices enter into the policy."""
    return entries(_found())


def template_folders() -> list[Path]:
    """Return where the templates of those pages are."""
    specs = [find_spec(practice.pages.rpartition(".")[0]) for practice in _found() if practice.pages]
    places = [Path(place) / "templates" for spec in specs if spec for place in spec.submodule_search_locations or ()]
    return [folder for folder in places if folder.is_dir()]


def loaded(found: Iterable[Practice], face: str) -> list[ModuleType]:
    """Return the modules of a face, `pages` or `api`, that practices name and that can be loaded (N2)."""
    modules = []
    for target in filter(None, (str(getattr(practice, face)) for practice in found)):
        try:
            modules.append(import_module(target))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may fail in any way
            logging.getLogger("lockgate.tower").warning("%s can't be loaded: %s", target, reason(error))
    return modules


def entries(found: Iterable[Practice]) -> dict[str, policy.Who]:
    """Return what practices enter into the policy (N3)."""
    rights = ((right.operation, _who(right.open_to)) for practice in found for right in practice.rights)
    return {operation: who for operation, who in rights if who is not None}


def _who(open_to: str) -> policy.Who | None:
    """Return whom a right lets in, None where that is nobody (N3)."""
    module, separator, name = open_to.partition(":")
    if not separator:
        return _WHO.get(open_to)
    try:
        who: policy.Who = getattr(import_module(module), name)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may fail in any way
        logging.getLogger("lockgate.tower").warning("%s can't be loaded: %s", open_to, reason(error))
        return None
    return who


@cache
def _found() -> tuple[Practice, ...]:
    return tuple(one.practice for one in practices() if not isinstance(one, Broken))
