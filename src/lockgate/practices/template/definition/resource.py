"""How is a resource declared, and what a site has otherwise? The files below `template/`.

R1  A resource is of a model, or of a kind, which has a model: one of them, and not both.
R2  What can't be of a kind is told where it stands, before any Odoo is asked.
"""

from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from lockgate.practices.template.definition.kinds.kind import Kind
from lockgate.practices.template.definition.kinds.speaking import Sayings, spoken
from lockgate.practices.template.definition.kinds.table import KINDS
from lockgate.workspace import Declares, Definition, Key, Reference, Text
from lockgate.workspace.models.model import FORMS, KEY_FORM, Distinct, fault
from lockgate.workspace.models.technical import FieldName, ModuleName

_MODEL = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"
_LANGUAGE = r"^[a-z]{2,3}(_[A-Z]{2}|_[0-9]{3})?(@[a-z]+)?$"
FORMS[_MODEL] = "The technical name of a model of Odoo, like `product.category`."
FORMS[_LANGUAGE] = "The code of a language as Odoo has it, like `fr_BE`."

Language = Annotated[str, Field(pattern=_LANGUAGE)]
Values = dict[FieldName, Any]


class Resource(Definition):
    """A record of Odoo that the template sets up and keeps."""

    key: Annotated[Key, Declares("resource")]
    """How other resources refer to it."""
    model: Annotated[str, Field(pattern=_MODEL)] = ""
    """The model of Odoo that it is a record of; or else say its `kind`."""
    kind: Annotated[str, Field(pattern=KEY_FORM)] | None = None
    """In place of a model a kind, which has short names for fields and plain words for what they hold."""
    values: Annotated[Values, Field(min_length=1)]
    """What its fields hold. A relation names another resource by its key, or a record of Odoo by its external id."""
    company: Text | None = None
    """The company in which it is made and its values hold, by key or external id; without it that of the user."""
    by_company: dict[Text, Values] = Field(default_factory=dict)
    """What some fields hold for one company, by its key or external id."""
    translations: dict[Language, dict[FieldName, Text]] = Field(default_factory=dict)
    """What texts are in another language."""
    find: Distinct[FieldName] = ()
    """Take over the record that is there already with the same values in these fields, instead of making one."""
    made_by_odoo: bool = False
    """True for a record that Odoo makes by itself, with another one or with a module: it is found, and never made."""
    open: Distinct[FieldName] = ()
    """Fields that a region or a site may set otherwise; all others only by an approved deviation."""
    after: Distinct[Annotated[str, Reference("resource")]] = ()
    """Resources that have to be there before, although it does not refer to them."""
    why: Text | None = None
    """Why it is as it is."""

    @property
    def of_kind(self) -> Kind | None:
        """The kind that it is of; None for a generic resource."""
        return KINDS.get(self.kind or "")

    @property
    def sayings(self) -> Sayings:
        """What it says, as the file has it."""
        return Sayings(self.values, self.company, self.by_company, self.translations)

    @model_validator(mode="after")
    def _one_model(self) -> Self:  # R1
        if self.kind is None and not self.model:
            raise fault("missing", "`model` is needed, or `kind`", "Name the model of Odoo, or a kind of resource.")
        if self.kind is not None and self.model:
            raise fault("one-model", "it has a `kind` and a `model`", "Leave one of them out.", at=("model",))
        if self.kind is not None and self.kind not in KINDS:
            near = get_close_matches(self.kind, KINDS, n=1)
            hint = f"Is it `{near[0]}`?" if near else f"One of: {', '.join(sorted(KINDS))}."
            raise fault("unknown-kind", f"there is no kind `{self.kind}`", hint, at=("kind",))
        return self

    @model_validator(mode="after")
    def _of_its_kind(self) -> Self:  # R2
        flaws = spoken(self.sayings, self.of_kind).flaws if self.of_kind else ()
        if flaws:
            raise fault(flaws[0].code, flaws[0].what, flaws[0].hint, at=flaws[0].way)
        return self


class LocalChange(Definition):
    """What a region or a site has otherwise than the template above it."""

    resource: Annotated[str, Reference("resource")]
    """The resource, by its key."""
    values: Values = Field(default_factory=dict)
    """What some of its fields hold here. `{has: [...], lacks: [...]}` adds to a list of names, and takes from it."""
    by_company: dict[Text, Values] = Field(default_factory=dict)
    """What some fields hold here for one company, by its key or external id."""
    translations: dict[Language, dict[FieldName, Text]] = Field(default_factory=dict)
    """What texts are here in another language."""
    deviation: Text | None = None
    """The record of the register of deviations that allows it, like `DEV-3`; not needed for fields that are open."""
    why: Text | None = None
    """Why it is otherwise here."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any((self.values, *self.by_company.values(), *self.translations.values())):
            hint = "Add `values`, `by_company` or `translations`."
            raise fault("no-value", "it says nothing that is otherwise", hint)
        return self


class TemplateFile(Definition):
    """A part of the template."""

    why: Text | None = None
    """What this part is for."""
    modules: Distinct[ModuleName] = ()
    """Modules of Odoo that have to be installed."""
    languages: Distinct[Language] = ()
    """Languages that have to be active, besides English."""
    resources: Annotated[tuple[Resource, ...], Field(max_length=5_000)] = ()
    """The records that it sets up."""
    changes: Annotated[tuple[LocalChange, ...], Field(max_length=5_000)] = ()
    """What holds here otherwise; only in files of a site, below `template/sites/`."""
