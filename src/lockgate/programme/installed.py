"""Which practices are installed? Whatever stands behind an entry point of the group `lockgate.practices`.

R1  No list names them.
R2  A practice that can't be loaded breaks nothing else: it is named, with the reason.
"""

from dataclasses import dataclass
from importlib.metadata import EntryPoint, distributions, entry_points

from lockgate.faces.terminal import on_one_line
from lockgate.kernel.practice import ENTRY_POINT, Practice

OWN = "lockgate"


@dataclass(frozen=True)
class Found:
    """A practice that was loaded."""

    practice: Practice
    owner: str


@dataclass(frozen=True)
class Broken:
    """A practice that could not be loaded (R2)."""

    name: str
    owner: str
    fault: BaseException

    @property
    def why(self) -> str:
        """Why, in one line."""
        return reason(self.fault)


def practices() -> tuple[Found | Broken, ...]:
    """Return every installed practice, Lockgate's own first (R1)."""
    points, unreadable = _points()
    return (*map(_loaded, sorted(points, key=_rank)), *unreadable)


def reason(fault: BaseException) -> str:
    """Return in one line what an exception says."""
    return on_one_line(f"{type(fault).__name__}: {fault}").rstrip(": ")


def _points() -> tuple[list[EntryPoint], list[Broken]]:
    try:
        return [*entry_points(group=ENTRY_POINT)], []
    except Exception:  # noqa: BLE001 - one package with mangled metadata makes Python fail for all: ask each by itself
        points: list[EntryPoint] = []
        unreadable = []
        for package in {package.name: package for package in reversed([*distributions()])}.values():
            try:
                points += package.entry_points.select(group=ENTRY_POINT)
            except Exception as error:  # noqa: BLE001 - as above
                unreadable.append(Broken(package.name, f"{package.name} {package.version}", error))
        return points, unreadable


def _rank(point: EntryPoint) -> tuple[bool, str, str]:
    owner = _owner(point)
    return (owner.split(" ", 1)[0] != OWN, owner, point.name)


def _owner(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unnamed package"


def _loaded(point: EntryPoint) -> Found | Broken:
    try:
        practice = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may fail in any way and must not take the shell with it
        return Broken(point.name, _owner(point), error)
    if not isinstance(practice, Practice):
        fault = TypeError(f"{point.value} is a {type(practice).__name__}, not a Practice")
        return Broken(point.name, _owner(point), fault)
    return Found(practice, _owner(point))
