"""What is kept of an answer beside its evidence? All that a page shows of it, so that no page asks Odoo.

K1  It is the answer of the verb as `--json` tells it, with the instance and the site that it is about; of `apply`
    the plan that was carried out, too, and of `plan` when it was made, by whom and of which template.
K2  What a field holds whose name says that it is a secret is masked, and so is a system parameter of such a name.
K3  Who wrote a record last is named as Odoo names them. A name may stand here, and only here: the file can be
    expunged, and the record, which can't be, holds its digest alone.
K4  Evidence of the whole programme is seen by people of every site. What only one site declares, below
    `template/sites/<site>/`, is not in it but counted under the site; who looks at that site by itself finds it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NotRequired

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.kernel.scope import PROGRAMME
from lockgate.kernel.secret import MASK
from lockgate.practices.template.perform.held import INPUT, Held
from lockgate.practices.template.perform.laying_out.declared import site_of
from lockgate.practices.template.perform.telling.answers import (
    ApplyAnswer,
    DriftAnswer,
    DriftedAnswer,
    PlanAnswer,
    StepAnswer,
)

_SECRET: Final = re.compile(
    r"passw|passphrase|secret|token|api_?key|private|credential|(^|[._-])pass($|[._-])", re.IGNORECASE
)
PARAMETER: Final = "ir.config_parameter"


class About(TypedDict):
    """What a kept answer is about."""

    instance: str
    database: str
    scope: str
    left_out: dict[str, int]
    """By site, how many differences are told at the site alone (K4)."""


class KeptPlan(TypedDict):
    """What is kept of a plan that was made."""

    about: About
    made_at: str
    made_by: str
    template: str
    """The digest of the template that it was made of."""
    plan: PlanAnswer


class KeptDrift(TypedDict):
    """What is kept of a look for drift."""

    about: About
    drift: DriftAnswer


class KeptApplied(TypedDict):
    """What is kept of applying."""

    about: About
    plan: PlanAnswer
    applied: ApplyAnswer
    rollback: NotRequired[str]
    """The digest of what was there before."""


def of_plan(answer: PlanAnswer, held: Held, made: tuple[datetime, str]) -> bytes:
    """Return what is kept of a plan: when it was made, by whom and of which template (K1)."""
    plan, sites = _plan(answer, held)
    about, template = _about(held, sites.values()), str(held.workspace.digest_of(INPUT))
    return _written(KeptPlan(about=about, made_at=stamp(made[0]), made_by=made[1], template=template, plan=plan))


def of_drift(answer: DriftAnswer, held: Held) -> bytes:
    """Return what is kept of a look for drift (K1)."""
    sites = [_site_of(one["declared_at"], one["key"], held) for one in answer["changes"]]
    mine = [_masked_drift(one, held) for one, site in zip(answer["changes"], sites, strict=True) if not site]
    drift: DriftAnswer = {**answer, "changes": mine}
    return _written(KeptDrift(about=_about(held, sites), drift=drift))


def of_applied(plan: PlanAnswer, answer: ApplyAnswer, held: Held, rollback: str = "") -> bytes:
    """Return what is kept of applying (K1)."""
    planned, sites = _plan(plan, held)
    others = {key for key, site in sites.items() if site}
    applied: ApplyAnswer = {
        **answer,
        "refused": [one for one in answer["refused"] if not _site_of(one["at"], one["key"], held)],
        "differing": [key for key in answer["differing"] if key not in others],
        "stays": [one for one in answer.get("stays", ()) if not _site_of("", one["key"], held)],
    }
    about = _about(held, sites.values())
    return _written(KeptApplied(about=about, plan=planned, applied=applied, rollback=rollback))


def _plan(plan: PlanAnswer, held: Held) -> tuple[PlanAnswer, dict[str, str]]:
    """Return a plan as everybody may see it, and by key the site that alone declares a resource, empty for none."""
    sites = {one["key"]: _site_of("", one["key"], held) for one in plan["resources"]}
    steps = [_without_sites(one, held) for one in plan["resources"] if not sites[one["key"]]]
    return {**plan, "resources": steps}, sites


def _about(held: Held, sites: Iterable[str]) -> About:
    instance = held.instance
    left_out = dict(sorted(Counter(filter(None, sites)).items()))
    return About(instance=instance.name, database=instance.uuid, scope=str(held.scope), left_out=left_out)


def _site_of(place: str, key: str, held: Held) -> str:
    """Return the site that alone declares a resource or a value, where that is not for everybody to see (K4)."""
    if held.scope != PROGRAMME:
        return ""
    home = next((one.path for one in held.declared if one.resource.key == key), "")
    return next(filter(None, (site_of(path) for path in (home, place) if path)), None) or ""


def _without_sites(one: StepAnswer, held: Held) -> StepAnswer:
    changes = [each for each in one["changes"] if not _site_of(each["at"], one["key"], held)]
    return _masked_step({**one, "changes": changes}, held)


def _masked_drift(one: DriftedAnswer, held: Held) -> DriftedAnswer:
    if not is_secret(one["kind"], one["key"], one["field"], held):
        return one
    return {**one, "declared": MASK, "live": MASK}


def _masked_step(one: StepAnswer, held: Held) -> StepAnswer:
    changes = [
        {**each, "old": MASK if each["old"] is not None else None, "new": MASK}
        if is_secret(one["kind"], one["key"], each["field"], held)
        else each
        for each in one["changes"]
    ]
    return {**one, "changes": changes}  # type: ignore[typeddict-item] # the same keys


def sounds_secret(name: str) -> bool:
    """Return whether what is called so must not be told (K2)."""
    return bool(_SECRET.search(name))


def is_secret(model: str, key: str, field: str, held: Held) -> bool:
    """Return whether a value must not be told (K2)."""
    if model != PARAMETER or field != "value":
        return sounds_secret(field)
    named = (str(one.resource.values.get("key", "")) for one in held.declared if one.resource.key == key)
    return any(sounds_secret(name) for name in (key, *named))


def _written(said: Any) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n").encode()
