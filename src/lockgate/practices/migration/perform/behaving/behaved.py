"""What came of the work that was tried on the data? Per check, how many of the samples came to their end.

V1  Tried is on a copy, or on an Odoo for rehearsals or building: what it writes stays there. Never in production.
V2  A site that has no record to try it on counts as a sample that failed: what could not be looked at is no pass.
V3  A sample that fails holds up no other; it is told with its record and what Odoo said. An Odoo that can't be reached
    ends the check: nothing is known then.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from lockgate.kernel.errors import Exit, LockgateError, RefusedError, UsageError
from lockgate.kernel.instance import Role
from lockgate.kernel.verb import Lost, Stopped
from lockgate.odoo.client import Client
from lockgate.practices.migration.decide.sampling import Candidate, drawn, in_order, paired
from lockgate.practices.migration.definition import Check
from lockgate.practices.migration.perform.behaving import keeping, trading
from lockgate.practices.migration.perform.behaving.acting import acting, ids_of
from lockgate.practices.migration.perform.behaving.answers import BehaveAnswer, CheckAnswer, FailedSampleAnswer
from lockgate.practices.migration.perform.behaving.candidates import candidates, partners_of
from lockgate.practices.migration.perform.behaving.scene import Scene
from lockgate.practices.migration.perform.bench import Aim, Bench
from lockgate.practices.migration.perform.declared import Migration
from lockgate.workspace.words import advice

_ROLES: Final = frozenset({Role.LAB, Role.BUILD, Role.REHEARSAL})
_WITH_SOMEBODY: Final[dict[str, Callable[[Scene, int, int], Any]]] = {
    "reserve-and-ship": trading.reserve_and_ship,
    "invoice-and-pay": trading.invoice_and_pay,
    "buy-and-receive": trading.buy_and_receive,
}
_ALONE: Final[dict[str, Callable[[Scene, int], None]]] = {
    "replenish": keeping.replenish,
    "make": keeping.make,
    "finish": keeping.finish,
    "count": keeping.count,
}


@dataclass(frozen=True)
class _Sample:
    warehouse: str
    scene: Scene
    record: Candidate
    partner: Candidate | None


def behave(bench: Bench, aim: Aim, only: Sequence[str]) -> BehaveAnswer:
    """Try the work of the checks, or of those that are named, and leave evidence of each."""
    _not_where_people_work(aim.client)
    checks = [check_of(bench.migration, key) for key in only] or list(bench.migration.checks.values())
    if not checks:
        raise UsageError("No check is declared.", why="Nothing below `checks` says what work is tried.")
    answers = [_checked(bench, aim, check) for check in checks]
    ok = all(one["passed"] >= one["samples"] for one in answers)
    return {"ok": ok, "round": bench.store.number, "instance": aim.instance.name, "checks": answers}


def check_of(migration: Migration, key: str) -> Check:
    """Return the check of that key, or stop."""
    found = migration.checks.get(key)
    if found is None:
        raise UsageError(f"No check {key!r} is declared.", why=advice(key, migration.checks))
    return found


def _not_where_people_work(client: Client) -> None:
    if client.role not in _ROLES:
        raise RefusedError(
            "Work is tried on copies only.",
            why=f"This Odoo has the role {client.role}; what is tried there would stay.",
            do="Name an instance for rehearsals: `--instance KEY`.",
        )


def _checked(bench: Bench, aim: Aim, check: Check) -> CheckAnswer:
    began = time.monotonic()
    [company] = ids_of(aim.client, [check.company], "res.company")
    declared = bench.workspace.instances[aim.instance.name].model_copy(update={"database": aim.database})
    with acting(aim.client, declared, check.key, check.groups, company) as person:
        view = person.within(company=company)
        failed, samples = _tried(bench, aim.client.within(company=company), view, check, company)
    answer: CheckAnswer = {
        "check": check.key,
        "does": check.does,
        "samples": samples,
        "passed": samples - len(failed),
        "seconds": round(time.monotonic() - began, 1),
        "failed": failed,
        "evidence": None,
    }
    file = (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()
    measures = {"samples": samples, "passed": samples - len(failed)}
    answer["evidence"] = bench.record(
        "migration.behaved", {"check": check.key}, measures, passed=not failed, aim=aim, file=file
    )
    return answer


def _tried(
    bench: Bench, all_seeing: Client, view: Client, check: Check, company: int
) -> tuple[list[FailedSampleAnswer], int]:
    """Try it, and return what failed and how many samples there were."""
    if check.does == "close-the-month":
        scene = Scene(view, company, None)
        why = _why(partial(keeping.close_the_month, scene))
        return ([_failure("", why)] if why else []), 1
    found = [_samples(bench, all_seeing, view, check, (company, name)) for name in check.warehouses]
    empty = [
        _failure(name, "There is no record here to try it on.")
        for name, samples in zip(check.warehouses, found, strict=True)
        if not samples
    ]
    samples = [one for each in found for one in each]
    failed = list(_failing(bench, check, samples))
    return [*empty, *failed], len(samples) + len(empty)


def _failing(bench: Bench, check: Check, samples: Sequence[_Sample]) -> Iterator[FailedSampleAnswer]:
    with bench.telling(f"Trying {check.key}", total=len(samples), unit="samples") as work:
        for sample in samples:
            why = _why(partial(_do, check, sample))
            if why:
                yield _failure(sample.warehouse, why, sample)
            work.advance()


def _do(check: Check, sample: _Sample) -> None:
    if sample.partner is not None:
        _WITH_SOMEBODY[check.does](sample.scene, sample.record.id, sample.partner.id)
    else:
        _ALONE[check.does](sample.scene, sample.record.id)


def _why(work: Callable[[], Any]) -> str:
    """Return why work did not come to its end, nothing when it did (V3)."""
    try:
        work()
    except (Stopped, Lost):
        raise
    except LockgateError as stop:
        if stop.exit is Exit.UNREACHABLE:
            raise
        return " ".join(line for line in (stop.what, stop.why) if line)
    return ""


def _failure(warehouse: str, why: str, sample: _Sample | None = None) -> FailedSampleAnswer:
    partner = sample.partner.name if sample and sample.partner else ""
    return {
        "warehouse": warehouse,
        "kind": sample.record.kind if sample else "",
        "record": sample.record.name if sample else "",
        "partner": partner,
        "why": why,
    }


def _samples(bench: Bench, all_seeing: Client, view: Client, check: Check, where: tuple[int, str]) -> list[_Sample]:
    """Return on what it is tried at a place."""
    company, name = where
    [warehouse] = ids_of(all_seeing, [name], "stock.warehouse")
    scene = Scene(view, company, warehouse)
    chosen = drawn(candidates(bench, all_seeing, check, (company, warehouse)), samples=check.samples, seed=check.seed)
    if check.partners is None:
        return [_Sample(name, scene, one, None) for one in chosen]
    partners = in_order(partners_of(bench, all_seeing, check.partners, company), check.seed)
    if not partners:
        return []
    return [_Sample(name, scene, one, paired(number, partners)) for number, one in enumerate(chosen)]
