"""Which words do the verbs of registers share, and what do `FIELD=VALUE` words mean?"""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from lockgate.kernel.errors import UsageError
from lockgate.kernel.register import Register
from lockgate.ledger.registers.files.cells import value_of
from lockgate.ledger.registers.values import Unfit, near

Name = Annotated[str, typer.Argument(help="The register, like `gap`.", show_default=False)]
Id = Annotated[str, typer.Argument(help="The record, like GAP-12.", show_default=False)]
Values = Annotated[list[str] | None, typer.Argument(help="FIELD=VALUE, as many as you like.", show_default=False)]
Where = Annotated[
    list[str] | None, typer.Option("--where", help="Only records for which this holds, like 'severity = high'.")
]
Version = Annotated[int | None, typer.Option(help="The version that you read; the newest when left out.")]


def counted(number: int, what: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def given(values: Iterable[str] | None, register: Register) -> dict[str, Any]:
    """Return what `FIELD=VALUE` words say; unknown fields are left to the engine to tell."""
    said: dict[str, Any] = {}
    for word in values or ():
        key, is_there, text = word.partition("=")
        if not is_there:
            raise UsageError(f"{word!r} is no FIELD=VALUE.", do="Write it like title='Catch weight'.")
        field = register.field(key)
        if field is None:
            raise UsageError(
                f"A {register.title.lower()} has no {key!r}.", do=near(key, [one.key for one in register.fields])
            )
        try:
            said[key] = value_of(text, field)
        except Unfit as error:
            raise UsageError(f"{field.title}: {error.what}", do=error.do) from None
    return said
