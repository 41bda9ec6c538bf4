"""Where does the data of the old systems stand, and how is it written?

E1  Where a file lies below the folder of the extracts is declared; the folder itself is said when it is read, since
    everybody keeps it elsewhere, and it never lies in git.
E2  A database is reached by a connection string that stands in the environment. The workspace names the variable.
E3  Another Odoo is an instance of lockgate.toml, whose key stands in the environment too. It is only read from.
"""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from lockgate.workspace import Declares, Definition, Key, Reference, Text, fault
from lockgate.workspace.frame.probes import Domain, ModelName
from lockgate.workspace.models.model import FORMS, Distinct, Some
from lockgate.workspace.words import clipped

_VARIABLE = r"^[A-Z][A-Z0-9_]*$"
_BELOW = r"^[^/\\\x00]+(/[^/\\\x00]+)*$"
FORMS[_VARIABLE] = "The name of a variable of the environment, like `LEGACY_DATABASE`."
FORMS[_BELOW] = "A path below the folder of the extracts, like `erp/customers.csv`."


def _not_above(path: str) -> str:
    if ".." in path.split("/"):
        raise fault("leads-out", f"`{clipped(path)}` leads out of the folder of the extracts", "Leave `..` out.")
    return path


Below = Annotated[str, Field(pattern=_BELOW), AfterValidator(_not_above)]
ValueType = Literal["text", "integer", "decimal", "date", "datetime", "boolean"]
SourceKind = Literal["csv", "xlsx", "parquet", "sqlite", "postgresql", "adbc", "odoo"]
_FIELD = r"^[a-z_][a-zA-Z0-9_]*(/id)?$"
FORMS[_FIELD] = "A field like `name`; `country_id/id` is the external id of what it refers to, `external_id` its own."
_DRIVER = r"^adbc_driver_[a-z0-9_]+$"
FORMS[_DRIVER] = "The package of an ADBC driver, like `adbc_driver_snowflake`."
_OF_A_KIND = (("instance", "odoo", True), ("language", "odoo", False), ("driver", "adbc", True))
"""What only sources of one kind say, and whether they have to."""
FieldPath = Annotated[str, Field(pattern=_FIELD)]


class Notation(Definition):
    """How numbers, days and answers are written."""

    decimal: Literal[".", ","] = "."
    """What stands before the decimals."""
    thousands: Literal["", ".", ",", " ", "'"] = ""
    """What stands between the thousands."""
    currency: str = ""
    """The sign or code that may stand with an amount."""
    date: Text = "%Y-%m-%d"
    """How a day is written: `%d.%m.%Y`."""
    datetime: Text = "%Y-%m-%d %H:%M:%S"
    """How a moment is written."""
    true: Distinct[Text] = ("true", "yes", "1")
    """What means yes."""
    false: Distinct[Text] = ("false", "no", "0")
    """What means no."""
    blank: Distinct[str] = ("",)
    """What means that nothing is known."""


class Source(Definition):
    """An old system."""

    key: Annotated[Key, Declares("source")]
    """How datasets refer to it."""
    title: Text
    """What people call it."""
    kind: SourceKind
    """What it hands over; `xlsx` stands for all kinds of sheets."""
    folder: Below | None = None
    """Where its files are, below the folder of the extracts."""
    file: Below | None = None
    """The file, where one holds all of its datasets; below its folder."""
    connection: Annotated[str, Field(pattern=_VARIABLE)] | None = None
    """The variable that holds the connection string of its database."""
    driver: Annotated[str, Field(pattern=_DRIVER)] | None = None
    """What reaches its database, where that has a driver for ADBC: the package of the driver."""
    instance: Annotated[str, Reference("instance")] | None = None
    """The instance that it is, where it is another Odoo."""
    language: Text | None = None
    """The language in which another Odoo tells its texts, like `nl_BE`; that of its user when left out."""
    encoding: Text | None = None
    """How its texts are coded, like `cp1252`; found out when left out, or refused where that is not certain."""
    encoding_sure: bool = False
    """True when that stands although its letters could be read in another way as well."""
    separator: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    """What stands between two columns; found out when left out."""
    notation: Notation = Notation()
    """How it writes numbers and days."""

    @model_validator(mode="after")
    def _of_its_kind(self) -> Self:
        for name, kind, needed in _OF_A_KIND:
            said = getattr(self, name)
            if self.kind == kind and needed and said is None:
                raise fault("not-said", f"a source of the kind `{kind}` needs `{name}`", "Say which.", at=("kind",))
            if self.kind != kind and said is not None:
                raise fault("not-of-it", f"`{name}` is for sources of the kind `{kind}`", "Remove it.", at=(name,))
        return self


class Column(Definition):
    """A column of a dataset."""

    type: ValueType = "text"
    """What it holds."""
    required: bool = False
    """True when nothing may be missing."""
    is_: Annotated[Key | None, Field(alias="is")] = None
    """Of what kind its values are, so that they can be checked: `vat`, `email`, `phone`, `gtin`, `iban`, `unit`, …"""
    country: Text | None = None
    """The column that says of which country its values are."""
    personal: bool = False
    """True for what is about a person, and must not be shown to everybody."""


class Link(Definition):
    """Records of a dataset refer to records of another one, or of the same."""

    columns: Some[Text]
    """The columns that refer."""
    to: Annotated[str, Reference("dataset")]
    """The dataset that is referred to, by its key columns."""
    part_of: bool = False
    """True when they are parts of what they refer to: it is not ready while one of them is not."""


class Dataset(Definition):
    """A file or table of an old system."""

    key: Annotated[Key, Declares("dataset")]
    """How others refer to it; also the name of its table in rules and mappings."""
    title: Text
    """What people call it."""
    source: Annotated[str, Reference("source")]
    """The system that it comes from."""
    file: Below | None = None
    """Its file, below the folder of the source."""
    sheet: Text | None = None
    """Its sheet, in a file with several."""
    table: Text | None = None
    """Its table, in a database."""
    query: Text | None = None
    """What selects it, in a database, instead of a table."""
    model: ModelName | None = None
    """Its model, in another Odoo."""
    fields: Distinct[FieldPath] = ()
    """The fields that are read of it, besides `id`; `country_id/id` is the external id of what a field refers to, and
    `external_id` that of the record itself."""
    where: Domain = ()
    """Which records of the model, as Odoo writes a domain; all when left out."""
    archived: bool = False
    """True when archived records come along."""
    header: Annotated[int, Field(ge=1)] | None = None
    """The row with the names of the columns; found when left out, or refused where that is not certain."""
    id: Some[Text]
    """The columns that tell its records apart."""
    steward: Annotated[str, Reference("person")] | None = None
    """Who looks after it."""
    columns: dict[Text, Column] = Field(default_factory=dict)
    """What is known of its columns; one that is not named is text."""
    unused: dict[Text, Text] = Field(default_factory=dict)
    """Columns that are left behind on purpose, with the reason."""
    links: Annotated[tuple[Link, ...], Field(max_length=100)] = ()
    """What its records refer to."""

    @property
    def columns_read(self) -> tuple[str, ...]:
        """The columns that are read of another Odoo, `id` first."""
        return ("id", *(name for name in self.fields if name != "id"))

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.table is not None and self.query is not None:
            raise fault("two-places", "it names a table and a query", "Leave one out.", at=("query",))
        for name in ("fields", "where", "archived"):
            if self.model is None and getattr(self, name):
                raise fault("no-model", f"it has `{name}` and no `model`", "Name the model of Odoo.", at=(name,))
        if self.model is not None and not self.fields:
            raise fault("no-fields", "it names no `fields`", "Name the fields that are read.", at=("model",))
        both = self.columns.keys() & self.unused.keys()
        if both:
            name = min(both)
            raise fault(
                "used-and-unused", f"the column `{name}` is described and unused", "Leave one out.", at=("unused", name)
            )
        return self
