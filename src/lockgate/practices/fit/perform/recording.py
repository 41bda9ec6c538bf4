"""What does the ledger learn of what was looked at? One record for each claim, and one for the instance.

E1  A claim was measured from its own definition and from the modules that are installed: when either changes, what was
    measured before is stale by itself.
E2  What could not be looked at is on record without a measure, so that a criterion can't tell.
"""

from collections.abc import Mapping
from datetime import datetime

from lockgate.kernel.canonical import digest
from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.scope import PROGRAMME
from lockgate.ledger import Ledger
from lockgate.practices.fit.decide.answering import Answer, State
from lockgate.practices.fit.perform.probing import Tried

_VERDICTS = {State.HELD: Verdict.PASSED, State.NOT_HELD: Verdict.FAILED, State.UNTOLD: Verdict.SEEN}


def record_probed(ledger: Ledger, tried: Tried, about: tuple[datetime, str]) -> dict[str, int]:
    """Record what came of each claim, and return the numbers of the records by the keys of the claims."""
    versions = tried.seen.versions
    seen = instance_seen(tried.instance, versions, tried.companies, about)
    found = [_probed(tried, key, answer, about) for key, answer in tried.answers.items()]
    recorded = ledger.record_evidence(seen, *found)
    return {key: record.number for key, record in zip(tried.answers, recorded[1:], strict=True)}


def instance_seen(
    instance: InstanceRef, versions: Mapping[str, str], companies: int, about: tuple[datetime, str]
) -> Evidence:
    """Return what an instance was seen to be."""
    return Evidence(
        kind="instance.seen",
        scope=PROGRAMME,
        subject={"instance": instance.name},
        verdict=Verdict.SEEN,
        measures={
            "version": instance.version,
            "modules": len(versions),
            "companies": companies,
            "reachable": True,
        },
        inputs=modules_input(instance.name, versions),
        producer=about[1],
        taken_at=about[0],
        instance=instance,
    )


def modules_input(instance: str, versions: Mapping[str, str]) -> dict[str, str]:
    """Return the input that stands for what is installed; none where that could not be read (E1)."""
    return {f"modules:{instance}": digest(dict(versions))} if versions else {}


def _probed(tried: Tried, key: str, answer: Answer, about: tuple[datetime, str]) -> Evidence:
    name = f"probe:{key}"
    inputs = {name: tried.workspace.digest_of(name), **modules_input(tried.instance.name, tried.seen.versions)}
    return Evidence(
        kind="fit.probed",
        scope=PROGRAMME,
        subject={"probe": key},
        verdict=_VERDICTS[answer.state],
        measures={} if answer.state is State.UNTOLD else {"holds": answer.state is State.HELD},  # E2
        inputs=inputs,
        producer=about[1],
        taken_at=about[0],
        instance=tried.instance,
        notes={"seen": answer.seen},
    )
