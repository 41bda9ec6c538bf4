"""What has to fit together in a resource of a kind? Checks that tables of kinds are made with."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lockgate.practices.template.definition.kinds.kind import Check, Flaw

_ALL: Final = 100


def goes_with(name: str, value: Any, *needed: str, because: str) -> Check:
    """Return a check that whoever says this value, or with None any, says these as well."""

    def check(values: Mapping[str, Any]) -> Iterator[Flaw]:
        if name in values and value in (None, values[name]):
            lacking = [f"`{one}`" for one in needed if one not in values]
            if lacking:
                said = f"`{name}`" if value is None else f"`{name}: {values[name]}`"
                yield Flaw((name,), f"{said} needs {' and '.join(lacking)}", because)

    return check


def goes_with_one(name: str, *others: str, because: str) -> Check:
    """Return a check that whoever says this says at least one of the others."""

    def check(values: Mapping[str, Any]) -> Iterator[Flaw]:
        if values.get(name) and not any(one in values for one in others):
            yield Flaw((name,), f"`{name}` needs one of: {', '.join(f'`{one}`' for one in others)}", because)

    return check


def either(*names: str, of: str) -> Check:
    """Return a check that one of these is said, and one alone."""

    def check(values: Mapping[str, Any]) -> Iterator[Flaw]:
        said = [name for name in names if name in values]
        told = " or ".join(f"`{name}`" for name in names)
        if not said:
            yield Flaw((), f"{of} needs {told}", "Say one of them.")
        elif len(said) > 1:
            yield Flaw((said[1],), f"{of} has {told}, not both", "Leave one of them out.")

    return check


def at_most(name: str, letters: int) -> Check:
    """Return a check that a text is no longer than Odoo keeps."""

    def check(values: Mapping[str, Any]) -> Iterator[Flaw]:
        text = values.get(name)
        if isinstance(text, str) and len(text) > letters:
            yield Flaw((name,), f"`{name}` has more than {letters} letters: `{text}`", "Make it shorter.")

    return check


def in_order(low: str, high: str) -> Check:
    """Return a check that one number is not above another one."""

    def check(values: Mapping[str, Any]) -> Iterator[Flaw]:
        least, most = values.get(low), values.get(high)
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield Flaw((low,), f"`{low}` is above `{high}`: {least} and {most}", "Exchange them.")

    return check


def adds_up(lines: str, name: str) -> Check:
    """Return a check that the shares of lines make the whole."""

    def check(values: Mapping[str, Any]) -> Iterator[Flaw]:
        shares = [line[name] for line in _lines(values.get(lines)) if name in line]
        if shares and all(isinstance(one, int | float) for one in shares) and abs(sum(shares) - _ALL) > _ALL / 10**6:
            yield Flaw((lines,), f"the {name} of `{lines}` is {sum(shares)} in all, not 100", "Make them the whole.")

    return check


def each_either(lines: str, *names: str) -> Check:
    """Return a check that each line says one of these, and one alone."""
    inner = either(*names, of=f"each of `{lines}`")

    def check(values: Mapping[str, Any]) -> Iterator[Flaw]:
        for number, line in enumerate(_lines(values.get(lines))):
            for flaw in inner(line):
                yield flaw._replace(way=(lines, number, *flaw.way))

    return check


def _lines(value: Any) -> list[Mapping[str, Any]]:
    """Return the lines, none where something else stands: that is told when it is held against Odoo."""
    return value if isinstance(value, list) and all(isinstance(line, Mapping) for line in value) else []
