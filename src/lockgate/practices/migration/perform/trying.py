"""On which Odoo is work tried? On the one that is named, or on a copy of it that is gone afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.perform.behaving.answers import BehaveAnswer
from lockgate.practices.migration.perform.behaving.behaved import behave
from lockgate.practices.migration.perform.bench import Aim, Bench, aimed
from lockgate.practices.migration.perform.rehearsing.cloning import apart
from lockgate.programme.reaching import meant
from lockgate.workspace.words import advice


@dataclass(frozen=True)
class Place:
    """Where, and for whom."""

    instance: str | None
    scope: str | None
    copy: bool = False


def tried_there(bench: Bench, place: Place, only: Sequence[str]) -> BehaveAnswer:
    """Try the work of the checks there, or of those that are named."""
    with _at(bench, place) as aim:
        return behave(bench, aim, only)


@contextmanager
def _at(bench: Bench, place: Place) -> Iterator[Aim]:
    if not place.copy:
        with aimed(bench, place.instance, place.scope) as aim:
            yield aim
        return
    instances = bench.workspace.instances
    chosen = place.instance or meant(bench.workspace)
    if chosen not in instances:
        why = advice(chosen, instances, otherwise="Declared")
        raise UsageError(f"No instance `{chosen}` is declared.", why=why, do="See lockgate.toml.")
    with (
        apart(instances[chosen]) as database,
        aimed(bench, chosen, place.scope, database=database) as aim,
    ):
        yield aim
