"""On which Odoo is work tried? On the one that is named, or on a copy of it that is gone afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lockgate.practices.migration.perform.behaving.answers import BehaveAnswer
from lockgate.practices.migration.perform.behaving.behaved import behave
from lockgate.practices.migration.perform.bench import Aim, Bench, aimed
from lockgate.practices.migration.perform.rehearsing.cloning import apart, rehearsable
from lockgate.programme.reaching import meant


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
    chosen = place.instance or meant(bench.workspace)
    with (
        apart(rehearsable(bench.workspace, chosen)) as database,
        aimed(bench, chosen, place.scope, database=database) as aim,
    ):
        yield aim
