"""What do programs learn of rows that were not loaded? The keys of `lockgate migrate rejects` with `--json`."""

from typing_extensions import TypedDict

from lockgate.practices.migration.perform.answers import LoadAnswer


class RejectFileAnswer(TypedDict):
    """Rows that are not in Odoo, in a file."""

    domain: str
    of: str
    """The mapping that Odoo refused them of, or the dataset in which they were kept back."""
    kind: str
    """`refused` by Odoo, or `kept-back` with a reason."""
    records: int
    file: str
    do: str
    """How they are mended."""


class RejectsAnswer(TypedDict):
    """The answer of `lockgate migrate rejects`."""

    ok: bool
    """True when every row is in Odoo."""
    round: int
    mended: int
    """How many values were taken from the files."""
    files: list[RejectFileAnswer]
    load: LoadAnswer | None
    """What came of loading them again; nothing where that was not asked for."""
