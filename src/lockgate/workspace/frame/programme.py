"""What is the programme, and which Odoo databases has it? `lockgate.toml`."""

from typing import Annotated

from pydantic import Field

from lockgate.kernel.instance import Role
from lockgate.workspace.frame.standards import Address, Currency, TimeZone
from lockgate.workspace.models.model import FORMS, Declares, Definition, Distinct, Key, Reference, Some, Text

_ENGINE = r"^(duckdb|local\[(\*|[1-9][0-9]{0,3})\]|spark://\S+)$"
_MEMORY = r"^[1-9][0-9]{0,5}[mg]$"
_VARIABLE = r"^[A-Z_][A-Z0-9_]*$"
FORMS[_ENGINE] = "`duckdb`, Spark on this machine with so many cores: local[4], or the address of a cluster: spark://…"
FORMS[_MEMORY] = "A number with `m` or `g`, like 4g."
FORMS[_VARIABLE] = "The name of an environment variable, in capital letters; never the key itself."


class Programme(Definition):
    """The programme itself."""

    name: Text
    """What people call the programme."""
    playbooks: Some[Annotated[Key, Reference("playbook")]]
    """The ways to run a rollout that it follows, at least one."""
    currency: Currency
    """The currency in which the programme counts, by ISO 4217."""
    time_zone: TimeZone
    """The time zone of its dates, for sites that don't say their own."""
    calendar: Annotated[str, Reference("calendar")] | None = None
    """The calendar of sites that don't say their own."""


class Instance(Definition):
    """One Odoo database."""

    role: Role
    """What it is for; it decides what may be done to it."""
    url: Address
    """Where its Odoo listens."""
    database: Text
    """The name of the database."""
    login: Text | None = None
    """Who Lockgate is there."""
    key_variable: Annotated[str, Field(pattern=_VARIABLE)] | None = None
    """The environment variable that holds the API key. The key itself never stands in a file."""
    reader_variable: Annotated[str, Field(pattern=_VARIABLE)] | None = None
    """The environment variable with the address of its PostgreSQL, `postgresql://…`, for a user who may only read.
    Millions of records are compared through it; the API is asked where it is not set."""
    sites: Distinct[Annotated[str, Reference("site")]] = ()
    """The sites that it serves; all when left out."""


class DataEngine(Definition):
    """Where data is computed."""

    engine: Annotated[str, Field(pattern=_ENGINE)] = "duckdb"
    """`duckdb`, in the process; Spark on this machine with so many cores, `local[4]`; or a Spark cluster, `spark://…`."""
    memory: Annotated[str, Field(pattern=_MEMORY)] = "2g"
    """What Spark may take, like `4g`: on this machine in all, on a cluster for each executor."""
    exchange: Text | None = None
    """The folder for files that are exchanged with a cluster, which all of its machines see under this name."""


class ProgrammeFile(Definition):
    """The programme, its instances and its data engine."""

    programme: Programme
    """The programme itself."""
    instances: dict[Annotated[Key, Declares("instance")], Instance] = Field(default_factory=dict)
    """The Odoo databases, each by its key."""
    data: DataEngine = DataEngine()
    """Where data is computed."""
