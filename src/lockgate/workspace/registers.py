"""Which registers does the programme keep? Files that declare one each, or replace parts of one declared before.

    register: gap               # a whole register: title, plural, prefix, fields, states, transitions
    extends: true               # or a part of it: what is named here replaces what has the same key, the rest is added
    choices: {fit: {standard: Standard, custom: Custom code}}

G1  Files are read in an order: what ships, then the playbooks, then the workspace. The later one wins, part by part.
G2  What comes of all of them must be a sound register; a fault stands in the file that was last to touch it.
G3  What a field refers to is a register that there is in the end, whichever file declares it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from lockgate.kernel import register as declared
from lockgate.kernel import signal as warned
from lockgate.kernel.comparison import Comparison, parse_comparison
from lockgate.kernel.finding import Finding
from lockgate.kernel.register import Fault, Kind, Register, faults
from lockgate.workspace.models.model import FORMS, Definition, Reference, Text, fault
from lockgate.workspace.models.parsing import parse
from lockgate.workspace.text.document import Document
from lockgate.workspace.text.reading import read
from lockgate.workspace.workspace import Workspace


def _compared(text: str) -> str:
    try:
        parse_comparison(text)
    except ValueError as error:
        what, _, hint = str(error).partition(". ")
        raise fault("bad-comparison", what, hint) from error
    return text


Compared = Annotated[str, AfterValidator(_compared)]
"""A comparison like `cost <= 10000`."""


@dataclass(frozen=True)
class _Named(Reference):
    """Refers to something declared, unless it is one of some words, or empty."""

    words: tuple[str, ...] = ("",)

    def _note(self, value: str, info: ValidationInfo) -> str:
        return value if value in self.words else super()._note(value, info)


OneRole = Annotated[str, _Named("role")]
OneWay = Annotated[str, _Named("escalation")]
OneOfThem = Annotated[Text, _Named("role", ("anyone", "owner", "raiser", "signals"))]
"""A role, or whom the record names; `signals` is Lockgate itself."""
_DUE = r"^[1-9][0-9]{0,3} (working )?days?$"
FORMS[_DUE] = "A number of days: 10 days, 5 working days."


class FieldFile(Definition):
    """One thing that is known of a record."""

    key: Text
    """How comparisons and other files refer to it."""
    title: Text
    """What people call it."""
    kind: Kind
    """What its values are."""
    several: bool = False
    """True when it may have several values."""
    required: bool = False
    """True when a record can't be raised without it."""
    choices: dict[str, Text] = Field(default_factory=dict)
    """For a choice: by key, what people call each."""
    register_: str = Field(default="", alias="register")
    """For a reference: which register the other record is in."""
    help: str = ""
    """What to write there."""

    def plain(self) -> declared.Field:
        """Return it as the engine reads it."""
        return declared.Field(
            self.key,
            self.title,
            self.kind,
            several=self.several,
            required=self.required,
            choices=self.choices,
            register=self.register_,
            help=self.help,
        )


class StateFile(Definition):
    """How far a record can have come."""

    key: Text
    """How comparisons and steps refer to it."""
    title: Text
    """What people call it."""
    open: bool = True
    """False when nothing is left to be done."""
    due_days: int | None = Field(default=None, ge=0, le=3650)
    """How many days a record may stay here before it is overdue."""
    due_in: Annotated[str, Field(pattern=_DUE)] = ""
    """The same in words, and in working days if need be: `10 days`, `5 working days`."""
    escalates_to: OneRole = ""
    """The role that hears of an overdue one at once."""
    escalates_by: OneWay = ""
    """The key of the escalation that it takes instead."""
    blind: bool = False
    """True when nobody is to see what was said so far: the tower shows such a record only where it is decided."""

    @model_validator(mode="after")
    def _says_it_once(self) -> "StateFile":
        if self.due_in and self.due_days is not None:
            raise fault("not-valid", "`due_in` and `due_days` say the same", "Keep one.", at=("due_days",))
        if self.escalates_by and self.escalates_to:
            hint = "Name the role as the first step of the escalation."
            raise fault("not-valid", "`escalates_by` goes without `escalates_to`", hint, at=("escalates_to",))
        return self

    def plain(self) -> declared.State:
        """Return it as the engine reads it."""
        days = int(self.due_in.partition(" ")[0]) if self.due_in else self.due_days
        working = "working" in self.due_in
        return declared.State(
            self.key,
            self.title,
            self.open,
            days,
            self.escalates_to,
            working,
            escalates_by=self.escalates_by,
            blind=self.blind,
        )


class TransitionFile(Definition):
    """A step from one state to another."""

    key: Text
    """How it is called when it is taken."""
    title: Text
    """What people call it."""
    source: tuple[Text, ...] = Field(alias="from")
    """The states that it starts in."""
    target: Text = Field(alias="to")
    """The state that it leads to."""
    who: tuple[OneOfThem, ...]
    """The roles that may; `owner`, `raiser` and `anyone` are understood too."""
    needs: tuple[Text, ...] = ()
    """Fields that must have a value by then."""
    guards: tuple[Compared, ...] = ()
    """What must be true of the record by then."""
    reason: bool = False
    """True when it must be said why."""
    not_by: tuple[Text, ...] = ()
    """Who may not: `raiser`, `owner`, or the key of a step: whoever took that."""
    votes: int = Field(default=1, ge=1, le=99)
    """How many different people must say yes."""
    event: Text
    """What the ledger calls it, like `decided`."""

    def plain(self) -> declared.Transition:
        """Return it as the engine reads it."""
        return declared.Transition(
            self.key,
            self.title,
            self.source,
            self.target,
            self.who,
            needs=self.needs,
            guards=_comparisons(self.guards),
            reason=self.reason,
            not_by=self.not_by,
            votes=self.votes,
            event=self.event,
        )


class RiskFile(Definition):
    """The risk that a signal raises or brings up to date."""

    title: Text
    """What people call it."""
    response: str = ""
    """What is done about it."""
    owner: OneRole = ""
    """The role that owns it."""
    fields: dict[str, str] = Field(default_factory=dict)
    """What its fields hold, by key."""


class SignalFile(Definition):
    """One early warning."""

    key: Text
    """How risks of a playbook refer to it."""
    title: Text
    """What people call it."""
    tells: warned.Tells
    """What it looks at."""
    risk: RiskFile
    """The risk that it raises, or brings up to date."""
    where: tuple[Compared, ...] = ()
    """Only records of which this is true."""
    evidence: tuple[Text, ...] = ()
    """The kinds of evidence that it looks at."""
    measure: str = ""
    """The measure whose trend it looks at."""
    inputs: str = ""
    """The input whose changes it counts."""
    days: int = Field(default=0, ge=0)
    """How long something has to last, or how far it looks back."""
    above: float = Field(default=0, ge=0)
    """It warns when there is more than this."""
    at_least: int = Field(default=1, ge=1)
    """It looks only once there are so many."""
    wrong: warned.Wrong = warned.Wrong.RISING
    """Which way a trend must not go."""
    over: int = Field(default=3, ge=2)
    """How many of the last values make a trend."""
    serves: tuple[Text, ...] = ()
    """The items of the mission that it serves."""

    def plain(self, register: str) -> warned.Signal:
        """Return it as it is evaluated, on the records of that register."""
        of_records = not self.evidence
        risk = warned.RiskToRaise(self.risk.title, self.risk.response, self.risk.owner, tuple(self.risk.fields.items()))
        return warned.Signal(
            self.key,
            self.title,
            self.tells,
            risk,
            register=register if of_records else "",
            where=_comparisons(self.where),
            evidence=self.evidence,
            measure=self.measure,
            inputs=self.inputs,
            days=self.days,
            above=self.above,
            at_least=self.at_least,
            wrong=self.wrong,
            over=self.over,
            serves=self.serves,
        )

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "SignalFile":
        for lacks in warned.wants(self.plain("any")):
            raise fault("incomplete-signal", lacks.rstrip("."), "See the reference of registers.")
        return self


class RegisterFile(Definition):
    """A register, or with `extends` what replaces parts of one."""

    register_: Text = Field(alias="register")
    """The key of the register."""
    extends: bool = False
    """True to replace and add parts of a register that is declared before."""
    title: str = ""
    """What people call one of its records."""
    plural: str = ""
    """What people call several."""
    prefix: str = ""
    """How the ids of its records begin, like GAP."""
    about: str = ""
    """The question that it answers."""
    serves: tuple[Text, ...] = ()
    """The items of the mission that it serves."""
    raised_by: tuple[OneOfThem, ...] = ()
    """The roles that may raise one, or `anyone`."""
    edited_by: tuple[OneOfThem, ...] = ()
    """The roles that may edit one; `owner`, `raiser` and `anyone` are understood too."""
    fields_: tuple[FieldFile, ...] = Field(default=(), alias="fields")
    """What is known of each record."""
    choices: dict[str, dict[str, Text]] = Field(default_factory=dict)
    """With `extends`: by field, the choices that replace those there are."""
    states: tuple[StateFile, ...] = ()
    """How far a record can have come; it begins in the first."""
    transitions: tuple[TransitionFile, ...] = ()
    """The steps from one state to another."""
    signals: tuple[SignalFile, ...] = ()
    """Early warnings that it gives."""

    @model_validator(mode="after")
    def _is_whole(self) -> "RegisterFile":
        if not self.extends:
            for key in ("title", "plural", "prefix"):
                if not getattr(self, key):
                    raise fault(
                        "missing-key", f"`{key}` is missing", "Add it, or `extends: true` to change a register."
                    )
            for one in faults(_applied(self, None)):
                raise fault("unsound-register", one.what.rstrip("."), one.do, at=_way(one.at))
        return self


@dataclass(frozen=True)
class Registers:
    """All registers of a programme, with their early warnings and what is wrong in their files."""

    by_key: Mapping[str, Register]
    signals: tuple[warned.Signal, ...] = ()
    about: Mapping[str, str] | None = None
    """By register, the question that it answers."""
    findings: tuple[Finding, ...] = ()


def shipped(*playbooks: str) -> list[Document]:
    """Return the files of the registers that every programme has, then those of its playbooks."""
    root = files("lockgate") / "playbooks"
    folders = [root / "registers", *(root / name / "registers" for name in playbooks)]
    return [read(file, path=_shown(folder, file)) for folder in folders for file in _yaml(folder)]


def registers_of(workspace: Workspace, folders: Iterable[str] | None = None) -> Registers:
    """Return the registers of a programme: those that ship, changed by its playbooks, changed by its own files.

    `folders` are those of the playbooks and of what they build on; the playbooks alone when nothing is said.
    """
    own = (workspace.documents[path] for path in sorted(workspace.of("registers")))
    return compose([*shipped(*(workspace.programme.playbooks if folders is None else folders)), *own])


def compose(documents: Iterable[Document]) -> Registers:
    """Return what the files make together, the later ones replacing parts of the earlier (G1, G2)."""
    by_key: dict[str, Register] = {}
    warnings: dict[str, warned.Signal] = {}
    about: dict[str, str] = {}
    findings: list[Finding] = []
    whole: list[tuple[Document, RegisterFile]] = []
    for document in documents:
        file, found = parse(document, RegisterFile)
        findings += found
        if file is None:
            continue
        before = by_key.get(file.register_)
        if file.extends and before is None:
            there = f"There are: {', '.join(sorted(by_key))}."
            what = f"there is no register `{file.register_}` to extend"
            findings.append(Finding(document.at(("register",)), "unknown-register", what, there))
            continue
        after = _applied(file, before if file.extends else None)
        wrong = [*_unknown_choices(file, before), *faults(after)]
        findings += [_finding(one, after, file, document) for one in wrong]
        if not wrong:
            by_key[after.key] = after
            about[after.key] = file.about or about.get(after.key, "")
            warnings.update({one.key: one.plain(after.key) for one in file.signals})
            whole.append((document, file))
    findings += [each for document, file in whole for each in _unknown_registers(file, document, by_key)]
    return Registers(by_key, tuple(warnings.values()), about, tuple(findings))


def _yaml(folder: Traversable) -> list[Traversable]:
    there = folder.iterdir() if folder.is_dir() else ()
    return sorted((one for one in there if one.name.endswith(".yaml")), key=lambda one: one.name)


def _shown(folder: Traversable, file: Traversable) -> str:
    return "/".join(str(folder).rsplit("/", 3)[1:]) + f"/{file.name}"


def _applied(file: RegisterFile, before: Register | None) -> Register:
    base = before or Register(file.register_, file.title, file.plural, file.prefix, (), (), ())
    fields = _merged(base.fields, [one.plain() for one in file.fields_])
    return replace(
        base,
        title=file.title or base.title,
        plural=file.plural or base.plural,
        prefix=file.prefix or base.prefix,
        fields=tuple(replace(one, choices=file.choices.get(one.key, one.choices)) for one in fields),
        states=_merged(base.states, [one.plain() for one in file.states]),
        transitions=_merged(base.transitions, [one.plain() for one in file.transitions]),
        raised_by=file.raised_by or base.raised_by,
        edited_by=file.edited_by or base.edited_by,
        serves=tuple(dict.fromkeys([*base.serves, *file.serves])),
    )


Part = TypeVar("Part", declared.Field, declared.State, declared.Transition)


def _merged(before: tuple[Part, ...], given: list[Part]) -> tuple[Part, ...]:
    """Return the parts, one with a known key in the place of the other; a new one that is there twice stays so."""
    known = [one.key for one in before]
    instead = {one.key: one for one in given}
    replaced = [instead.get(one.key, one) for one in before]
    return tuple(replaced + [one for one in given if one.key not in known])


def _unknown_choices(file: RegisterFile, before: Register | None) -> list[Fault]:
    fields = [one.key for one in (*(before.fields if before else ()), *(one.plain() for one in file.fields_))]
    return [
        Fault(("choices", key), f"There is no field {key!r}.", f"There are: {', '.join(sorted(fields))}.")
        for key in file.choices
        if key not in fields
    ]


def _unknown_registers(file: RegisterFile, document: Document, by_key: Iterable[str]) -> list[Finding]:
    """Return the fields that refer to a register that nobody declares (G3)."""
    there = sorted(by_key)
    return [
        Finding(
            document.at(("fields", place, "register")),
            "unknown-register",
            f"there is no register `{one.register_}` to refer to",
            f"There are: {', '.join(there)}.",
        )
        for place, one in enumerate(file.fields_)
        if one.register_ and one.register_ not in there
    ]


def _finding(one: Fault, register: Register, file: RegisterFile, document: Document) -> Finding:
    """Return the fault at its place in the file; what an earlier file said is told at the top of this one."""
    steps: tuple[str | int, ...] = one.at
    if len(steps) > 1 and isinstance(steps[1], int):
        part, index = str(steps[0]), steps[1]
        key = getattr(register, part)[index].key
        here: list[Any] = list(file.fields_ if part == "fields" else getattr(file, part))
        places = [place for place, given in enumerate(here) if given.key == key]
        steps = (part, places[-1], *steps[2:]) if places else ()
    return Finding(document.at(_way(steps)), "unsound-register", one.what.rstrip("."), one.do)


def _way(steps: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the way to a fault in the words of the file."""
    return tuple({"source": "from", "target": "to"}.get(str(step), step) for step in steps)


def _comparisons(texts: Iterable[str]) -> tuple[Comparison, ...]:
    return tuple(map(parse_comparison, texts))
