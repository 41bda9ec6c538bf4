"""What does a worker do of the migration when it is asked by name? What the verbs of the command line do, and no more.

B1  Each verb is safe to run again: what was read, put right or loaded in a round stays, and the rest is done.
B2  How far it is, is told while it works, and there it stops when it is not wanted any more.
B3  Where extracts lie is a matter of the machine that the worker runs on, never of who asks for it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from lockgate.engines.sources import Progress
from lockgate.faces.progress import Work
from lockgate.kernel.errors import UsageError
from lockgate.kernel.verb import Doing, Lost, Outcome, Stopped
from lockgate.odoo.loading import LoadStopped
from lockgate.practices.migration.decide.rehearsing import Step
from lockgate.practices.migration.perform.answers import ProfileAnswer
from lockgate.practices.migration.perform.bench import Bench, Telling, aimed, bench
from lockgate.practices.migration.perform.comparing.reconciled import reconcile_all
from lockgate.practices.migration.perform.declared import migration_of
from lockgate.practices.migration.perform.matching.matched import match_all
from lockgate.practices.migration.perform.reading import profiled
from lockgate.practices.migration.perform.reading.staging import extracts
from lockgate.practices.migration.perform.rehearsing.rehearse import Wish
from lockgate.practices.migration.perform.rehearsing.rehearse import rehearse as whole
from lockgate.practices.migration.perform.sending.loaded import load_all
from lockgate.practices.migration.perform.sending.loaded import preflight as look
from lockgate.practices.migration.perform.trying import Place, tried_there
from lockgate.practices.migration.perform.tying.counted import counted
from lockgate.practices.migration.perform.tying.tied_out import tie_out as tie_all_out
from lockgate.programme.opening import opened

_WORKERS = "2"
_REHEARSED: Final = ("round", "minutes", "window_minutes", "rounds", "failed_steps", "volume_share")


def profile(doing: Doing, *, dataset: str = "", new: str = "", round: str = "") -> Outcome:  # noqa: A002 - as people say it
    """Read the extracts and judge them."""
    with _bench(doing, round, begin=True, new=bool(new)) as here:
        there = extracts(here.migration, None)
        answer = profiled.profile(here, there, dataset.split() or list(here.migration.datasets), _reading(doing))
    read = [one for one in answer["datasets"] if not one["refusals"]]
    for one in answer["datasets"]:
        for told in one["refusals"]:
            doing.log(f"{one['dataset']}: {told['at']}: {told['what']}")
    rows, errors = sum(one["rows"] for one in read), sum(one["errors"] for one in read)
    says = f"{rows:,} records of {len(read)} datasets read, {errors:,} with errors."
    facts = {"round": answer["round"], "rows": rows, "errors": errors, "unread": len(answer["datasets"]) - len(read)}
    numbers = tuple(one["evidence"] for one in read if one["evidence"] is not None)
    return Outcome(answer["ok"], says, facts, (*numbers, *_held(answer)))


def cleanse(doing: Doing, *, round: str = "") -> Outcome:  # noqa: A002 - as people say it
    """Put the data right as it is declared, and judge it again."""
    with _bench(doing, round) as here:
        answer = profiled.cleanse(here, extracts(here.migration, None))
    changes, errors = (sum(one[name] for one in answer["datasets"]) for name in ("changes", "errors"))
    says = f"{changes:,} values put right; {errors:,} records still have errors."
    facts = {"round": answer["round"], "changes": changes, "errors": errors}
    numbers = tuple(one["evidence"] for one in answer["datasets"] if one["evidence"] is not None)
    return Outcome(answer["ok"], says, facts, (*numbers, *_held(answer)))


def match(doing: Doing, *, entity: str = "", round: str = "") -> Outcome:  # noqa: A002 - as people say it
    """Find records that are the same thing, and make one record of them."""
    with _bench(doing, round) as here:
        answer = match_all(here, entity.split(), preview=None)
    merged, waiting = (sum(one[name] for one in answer["entities"]) for name in ("merged", "open_reviews"))
    says = f"{merged:,} records merged; {waiting:,} pairs wait for a person."
    numbers = tuple(one["evidence"] for one in answer["entities"] if one["evidence"] is not None)
    held = tuple(one["evidence"] for one in answer["domains"])
    return Outcome(answer["ok"], says, {"merged": merged, "open_reviews": waiting}, (*numbers, *held))


def counts(doing: Doing, *, round: str = "") -> Outcome:  # noqa: A002 - as people say it
    """Compare what was counted with the books."""
    with _bench(doing, round) as here:
        answer = counted(here)
    for one in answer["sites"]:
        doing.log(f"{one['site']}: {one['counted']} of {one['places']} places, {one['unapproved']} not accepted")
    if answer["missing"]:
        doing.log(f"No line was compared of: {', '.join(answer['missing'])}")
    unapproved = sum(one["unapproved"] for one in answer["sites"])
    says = f"{len(answer['sites'])} sites counted; {unapproved:,} differences that nobody has accepted."
    numbers = tuple(one["evidence"] for one in answer["sites"] if one["evidence"] is not None)
    return Outcome(answer["ok"], says, {"sites": len(answer["sites"]), "unapproved": unapproved}, numbers)


def tie_out(
    doing: Doing,
    *,
    instance: str = "",
    scope: str = "",
    tie: str = "",
    round: str = "",  # noqa: A002 - as people say it
) -> Outcome:
    """Compare the figures that have to agree."""
    with _bench(doing, round) as here, aimed(here, instance or None, scope or None, read_only=True) as aim:
        answer = tie_all_out(here, aim, tie.split())
    off = [one for one in answer["ties"] if not one["ok"]]
    for one in off:
        doing.log(f"{one['tie']} {one['company']}: {one['unexplained']:,.2f} {one['unit']} unexplained")
    says = f"{len(answer['ties']) - len(off)} of {len(answer['ties'])} figures tie."
    numbers = tuple(dict.fromkeys(one["evidence"] for one in answer["ties"] if one["evidence"] is not None))
    return Outcome(answer["ok"], says, {"ties": len(answer["ties"]), "off": len(off)}, numbers)


def preflight(doing: Doing, *, instance: str = "", round: str = "") -> Outcome:  # noqa: A002 - as people say it
    """Look whether Odoo would take what would be sent."""
    with _bench(doing, round) as here, aimed(here, instance or None, read_only=True) as aim:
        answer = look(here, aim.client)
    for one in answer["faults"]:
        doing.log(f"{one['mapping']} {one['field']}: {one['what']} {one['do']}")
    rows = sum(one["rows"] for one in answer["mappings"])
    says = f"{len(answer['faults'])} faults in {rows:,} records that would be sent."
    return Outcome(answer["ok"], says, {"round": answer["round"], "rows": rows, "faults": len(answer["faults"])})


def load(
    doing: Doing,
    *,
    instance: str = "",
    scope: str = "",
    domain: str = "",
    workers: str = _WORKERS,
    round: str = "",  # noqa: A002 - as people say it
) -> Outcome:
    """Load what is ready, and go on where it was (B1)."""
    with _bench(doing, round) as here, aimed(here, instance or None, scope or None) as aim, _told_apart():
        answer = load_all(here, aim, domain.split(), workers=_whole("workers", workers))
    whole = [one for each in answer["domains"] for one in each["mappings"]]
    loaded, rejected = (sum(one[name] for one in answer["domains"]) for name in ("loaded", "rejected"))
    refused = sum(one["rejected"] + one["unknown"] + one["not_posted"] for one in whole)
    says = f"{loaded:,} records are in {answer['instance']}; {rejected:,} are not, {refused:,} of them refused by Odoo."
    facts = {"round": answer["round"], "loaded": loaded, "rejected": rejected, "refused": refused}
    numbers = tuple(one["evidence"] for one in answer["domains"] if one["evidence"] is not None)
    return Outcome(answer["ok"], says, facts, numbers)


def reconcile(
    doing: Doing,
    *,
    instance: str = "",
    scope: str = "",
    domain: str = "",
    round: str = "",  # noqa: A002 - as people say it
) -> Outcome:
    """Compare what was sent with what Odoo holds."""
    with _bench(doing, round) as here, aimed(here, instance or None, scope or None, read_only=True) as aim:
        answer = reconcile_all(here, aim, domain.split())
    sums = {
        name: sum(one[name] for one in answer["domains"]) for name in ("missing", "extra", "different", "unexplained")
    }
    told = ", ".join(f"{count:,} {name}" for name, count in sums.items())
    numbers = tuple(one["evidence"] for one in answer["domains"] if one["evidence"] is not None)
    return Outcome(answer["ok"], f"{told}.", {"round": answer["round"], **sums}, numbers)


def behave(
    doing: Doing,
    *,
    instance: str = "",
    scope: str = "",
    check: str = "",
    copy: str = "",
    round: str = "",  # noqa: A002 - as people say it
) -> Outcome:
    """Try work on the data."""
    with _bench(doing, round) as here:
        if not here.migration.checks:
            return Outcome(ok=True, says="No check is declared.")
        answer = tried_there(here, Place(instance or None, scope or None, copy=bool(copy)), check.split())
    for one in answer["checks"]:
        for each in one["failed"]:
            doing.log(f"{one['check']}: {each['warehouse']} {each['record']}: {each['why']}")
    samples, passed = (sum(one[name] for one in answer["checks"]) for name in ("samples", "passed"))
    says = f"{passed} of {samples} samples went through, in {len(answer['checks'])} checks."
    numbers = tuple(one["evidence"] for one in answer["checks"] if one["evidence"] is not None)
    return Outcome(answer["ok"], says, {"round": answer["round"], "samples": samples, "passed": passed}, numbers)


def rehearse(
    doing: Doing,
    *,
    rehearsal: str = "",
    instance: str = "",
    scope: str = "",
    without: str = "",
    again: str = "",
    deltas: str = "",
) -> Outcome:
    """Run the whole migration and time it, or what is left of a run (B1)."""

    @contextmanager
    def shown(step: Step) -> Iterator[Doing]:
        doing.log(f"Step {step.name}")
        yield doing

    migration = migration_of(opened(doing.root))
    wish = Wish(rehearsal, instance, scope, tuple(without.split()), again=bool(again), deltas=bool(deltas))
    answer = whole(migration, wish, doing, shown)
    says = f"Round {answer['round']}: {answer['minutes']} of {answer['window_minutes']} minutes, "
    says += f"{answer['failed_steps']} failed steps."
    facts: dict[str, Any] = {name: answer[name] for name in _REHEARSED}
    return Outcome(answer["ok"], says, facts, (answer["evidence"],) if answer["evidence"] else ())


def telling(doing: Doing) -> Telling:
    """Return what shows work with a run (B2)."""

    @contextmanager
    def shown(name: str, *, total: int | None = None, unit: str = "rows") -> Iterator[Work]:
        doing.log(name)
        work = Work(name, total=total, unit=unit, clock=time.monotonic)
        work.moved = lambda each: doing.progress(each.pace.done, each.pace.total, unit)
        yield work

    return shown


def _held(answer: ProfileAnswer) -> tuple[int, ...]:
    """Return the evidence of how rules and standards are kept."""
    return (*(one["evidence"] for one in answer["domains"]), *(one["evidence"] for one in answer["standards"]))


def _reading(doing: Doing) -> Progress:
    def told(what: str, done: int, of: int | None) -> None:
        if not done:
            doing.log(f"Reading {what}")
        doing.progress(done, of, "records")

    return told


@contextmanager
def _bench(doing: Doing, number: str, *, begin: bool = False, new: bool = False) -> Iterator[Bench]:
    chosen = _whole("round", number) if number else None
    with bench(doing.root, doing.person, chosen, begin=begin, new=new, telling=telling(doing)) as here:
        yield here


def _whole(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"{text!r} is no number for `{name}`.", do="Say a whole number from 1 on.")
    return int(text)


@contextmanager
def _told_apart() -> Iterator[None]:
    """Let a load that somebody cancelled be told from one that could not go on."""
    try:
        yield
    except LoadStopped as stop:
        if isinstance(stop.__cause__, Stopped | Lost):
            raise stop.__cause__ from None
        raise
