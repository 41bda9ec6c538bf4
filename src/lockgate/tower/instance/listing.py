"""How does each instance stand? What is declared of it, when it was last seen, and whether its lock is closed.

I1  An instance that names sites is told to whoever sees one of them; one that names none, to everybody.
I2  Only production has a lock. It is closed while the permit refuses, for the reason that the permit tells; a reason
    that names a gate of a scope that one does not see is kept back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.instance import Role
from lockgate.odoo.calls.policy import Refusal
from lockgate.tower.evidence.seeing import visible
from lockgate.tower.evidence.standing import Compared


class InstanceAnswer(TypedDict):
    """One instance."""

    instance: str
    role: str
    url: str
    database: str
    sites: list[str]
    locked: bool | None
    why: str
    do: str
    seen: int | None
    seen_at: str


@dataclass(frozen=True)
class _Lock:
    closed: bool | None
    why: str = ""
    do: str = ""


def instances(
    compared: Compared, viewer: Viewer, permit: Callable[[str], Refusal | None] | None
) -> list[InstanceAnswer]:
    """Return the instances that a viewer sees; without a permit to ask, their locks can't be told."""
    found = []
    for key, instance in compared.workspace.instances.items():
        if not viewer.sees_sites(instance.sites):  # I1
            continue
        lock = _lock(key, viewer, permit) if instance.role is Role.PRODUCTION else _Lock(closed=False)
        number = compared.briefs.seen(key, compared.upto)
        brief = compared.briefs.of(number) if number else None
        seen = brief if brief is not None and visible(brief, viewer, compared.briefs) else None
        found.append(
            InstanceAnswer(
                instance=key,
                role=str(instance.role),
                url=instance.url,
                database=instance.database,
                sites=list(instance.sites),
                locked=lock.closed,
                why=lock.why,
                do=lock.do,
                seen=seen.number if seen else None,
                seen_at=seen.at if seen else "",
            )
        )
    return found


def _lock(key: str, viewer: Viewer, permit: Callable[[str], Refusal | None] | None) -> _Lock:
    if permit is None:
        return _Lock(None, _("Gates are not asked while the workspace has findings."), _("Mend the findings first."))
    no = permit(key)
    if no is None:
        return _Lock(closed=False)
    if not viewer.everywhere:  # I2
        return _Lock(closed=True, why=_("A gate that guards it is not open."), do=_("See the gates of your sites."))
    return _Lock(closed=True, why=no.why, do=no.do)
