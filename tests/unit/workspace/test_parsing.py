import string
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError, model_validator

from lockgate.workspace import Declares, Definition, Key, Reference, Text, load, parse, read
from support.programme import FILES


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Circle(Definition):
    shape: Literal["circle"]
    radius: float


class Square(Definition):
    shape: Literal["square"]
    side: Annotated[float, Field(multiple_of=2)]


class Leaf(Definition):
    name: Text
    """What it is called.

    More of it.
    """
    colour: Colour = Colour.RED


class Branch(Definition):
    leaf: Leaf | None = None


class Whole(Definition):
    branch: Branch | None = None
    text: str = ""
    number: float = 0
    whole: int = 0
    yes: bool = False
    day: date | None = None
    clock: time | None = None
    moment: datetime | None = None
    form: Annotated[str, Field(pattern="^[ab]+$")] = "a"
    leaf: Leaf | None = None
    leaves: tuple[Leaf, ...] = ()
    named: dict[str, Leaf] = Field(default_factory=dict)
    figure: Annotated[Circle | Square, Field(discriminator="shape")] | None = None
    anything: Any = None
    owner: Annotated[str, Reference("person")] | None = None

    @model_validator(mode="after")
    def _not_thirteen(self):
        if self.whole == 13:
            raise ValueError("Thirteen brings bad luck")
        return self


def told(text, **how):
    _, findings = parse(read(text, path="f"), Whole, **how)
    return [f"{finding.at} {finding.code}: {finding.message}. {finding.hint}".rstrip() for finding in findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text: 12", 'f:1:7 wrong-type: `12` is not a text. Put it in quotes: "12".'),
        ("text: true", 'f:1:7 wrong-type: `true` is not a text. Put it in quotes: "true".'),
        ("text: ", "f:1:6 wrong-type: nothing is not a text. Give it a value, or leave the key out."),
        ("text: [a]", "f:1:7 wrong-type: a list is not a text."),
        ("number: 1,5", "f:1:9 wrong-type: `1,5` is not a number. Write it without quotes and units."),
        ("number: true", "f:1:9 wrong-type: `true` is not a number."),
        ("whole: 1.5", "f:1:8 wrong-type: `1.5` is not a whole number."),
        ("whole: '1'", "f:1:8 wrong-type: `1` is not a whole number. Write it without quotes and units."),
        (
            "yes: on",
            ("f:1:6 wrong-type: `on` is not true or false. YAML 1.2 has `true` and `false` for that, without "
            "quotes."),
        ),
        ("yes: 1", "f:1:6 wrong-type: `1` is not true or false."),
        ("day: 1.2.2026", "f:1:6 wrong-type: `1.2.2026` is not a date. Write it like 2026-12-31."),
        ("day: 2026", "f:1:6 wrong-type: `2026` is not a date. Write it like 2026-12-31."),
        ("clock: 8 am", "f:1:8 wrong-type: `8 am` is not a time. Write it like 08:30."),
        ("moment: later", "f:1:9 wrong-type: `later` is not a moment. Write it like 2026-12-31T08:00:00Z."),
        (
            "form: abc",
            ("f:1:7 wrong-form: `abc` is not written as it should be. It is written like the pattern "
            "^[ab]+$"),
        ),
        ("leaf: oak", "f:1:7 wrong-type: `oak` is not a mapping. Write `key: value` lines, indented."),
        ("leaf: {}", "f:1:1 missing-key: `name` is missing. Add `name: …`: What it is called."),
        ("leaf: {name: ''}", "f:1:14 out-of-range: too few characters: at least 1. Write something."),
        ("leaf: {name: ' '}", "f:1:14 wrong-form: `` is not written as it should be. Write something."),
        (
            "leaves: {name: a}",
            ("f:1:9 wrong-type: a mapping is not a list. Write `[…]`, or lines that begin with `- "
            "`."),
        ),
        (
            "leaves: [{name: a}, {nam: b, name: c}]",
            ("f:1:22 unknown-key: `nam` is not known here. Did you mean `name`? Known here: `name`, "
            "`colour`."),
        ),
        (
            "named: {x: {name: a, colour: gren}}",
            ("f:1:30 unknown-choice: `gren` is none of the choices. Did you mean `green`? There are: `red`, "
            "`green`."),
        ),
        ("named: {x: {name: a, colour: 3}}", "f:1:30 wrong-type: `3` is not a text. It is one of `red`, `green`."),
        (
            "figure: {shape: cirkle}",
            ("f:1:9 unknown-choice: `cirkle` is none of the choices. Did you mean `circle`? There are: "
            "`circle`, `square`."),
        ),
        ("figure: {radius: 1}", "f:1:1 missing-key: `shape` is missing. Add `shape: …`."),
        (
            "figure: {shape: square, side: 3}",
            "f:1:31 out-of-range: `3` should be a multiple of 2. Write a number that is a multiple of 2.",
        ),
        (
            "figure: {shape: circle, radius: 1, side: 2}",
            ("f:1:36 unknown-key: `side` is not known here. Known here: `shape`, "
            "`radius`."),
        ),
        (
            "branch: {leaf: {name: a, nama: b}}",
            "f:1:26 unknown-key: `nama` is not known here. Did you mean `name`? Known here: `name`, `colour`.",
        ),
        (
            "named: {x: {name: a, nama: b}}",
            "f:1:22 unknown-key: `nama` is not known here. Did you mean `name`? Known here: `name`, `colour`.",
        ),
        ("whole: 13", "f:1:1 not-valid: thirteen brings bad luck."),
        ("owner: an", "f:1:8 unknown-reference: no person `an` is declared. Did you mean `ann`? Declared: `ann`."),
        (
            "qqq: 1",
            ("f:1:1 unknown-key: `qqq` is not known here. Known here: `branch`, `text`, `number`, `whole`, `yes`, "
            "`day`, `clock`, `moment`, `form`, `leaf`, `leaves`, `named` and 3 more."),
        ),
        ("[a]", "f:1:1 wrong-type: a list is not a mapping. Write `key: value` lines, indented."),
        (f"{'x' * 200}: 1", None),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_what_would_be_right(text, expected):
    (finding,) = told(text, known={"person": ["ann"]})
    assert len(finding) < 400
    if expected is not None:
        assert finding == expected


def test_what_reading_found_is_told_too_and_nothing_twice_in_one_place():
    assert told("whole: .inf\ntext: 1\ntext: 2\n") == [
        "f:1:8 number-out-of-range: .inf is no number to work with. Put it in quotes if it is a text.",
        "f:3:1 duplicate-key: `text` is here twice. Keep one; the first is read.",
        'f:2:7 wrong-type: `1` is not a text. Put it in quotes: "1".',
    ]


def test_a_file_that_can_not_be_read_is_not_parsed():
    assert parse(read("a: ["), Whole)[0] is None
    assert [line.split()[1] for line in told("a: [")] == ["syntax:"]


def test_a_part_of_a_file_can_be_parsed():
    document = read("a:\n  - {name: x}\n  - {nama: y}\n")
    leaf, findings = parse(document, Leaf, ("a", 0))
    assert (leaf, findings) == (Leaf(name="x"), ())
    assert [str(each.at) for each in parse(document, Leaf, ("a", 1))[1]] == ["text.yaml:3:5", "text.yaml:3:6"]
    for steps in (("b",), ("a", 2), ("a", "x"), ("a", 0, "name", 0)):
        model, (finding,) = parse(document, Leaf, steps)
        assert (model, finding.code) == (None, "missing-key")


def test_without_known_keys_references_are_not_checked():
    model, findings = parse(read("owner: nobody"), Whole)
    assert (model.owner, findings) == ("nobody", ())
    assert Whole(owner="nobody").owner == "nobody"


def test_a_definition_does_not_change():
    with pytest.raises(ValueError, match="frozen"):
        Leaf(name="x").name = "y"


SNIPPETS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *":-?[]{},&*!|>'\"%@`#\n \t",
                "\n  ",
                ": ",
                "- ",
                "<<: ",
                "key",
                "sites",
                "roles",
                "&a ",
                "*a",
                "!!int ",
                "---\n",
            ]
        ),
        st.text(max_size=5),
    ),
    max_size=30,
).map("".join)


@given(SNIPPETS)
@settings(max_examples=300, deadline=None)
def test_no_text_makes_the_readers_fail(text):
    for path in ("a.yaml", "a.toml"):
        document = read(text, path=path)
        parse(document, Whole)
        assert document.readable or document.findings
        lines = max(text.count("\n") + text.count("\r"), 0) + 1
        assert all(1 <= each.at.line <= lines + 1 and each.at.column >= 1 for each in document.findings)


@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_bytes_make_the_readers_fail(content):
    with TemporaryDirectory() as folder:
        for name in ("a.yaml", "a.toml"):
            Path(folder, name).write_bytes(content)
            read(Path(folder, name))


@given(st.sampled_from(sorted(FILES)), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_no_damage_to_a_workspace_makes_loading_fail(path, random):
    text = FILES[path]
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(text))
        text = (
            text[:at]
            + random.choice(["", "\n", " ", "x", "[", "{", ":", "- ", "&a ", *string.punctuation])
            + text[at + random.randint(0, 12) :]
        )
    with TemporaryDirectory() as folder:
        for each, content in {**FILES, path: text}.items():
            file = Path(folder, each)
            file.parent.mkdir(exist_ok=True)
            file.write_text(content)
        workspace = load(Path(folder))
        assert all(each.at.line >= 1 and each.code and each.message for each in workspace.findings)
        assert workspace.digests is not None or workspace.findings


class Keyed(Definition):
    key: Annotated[Key, Declares("thing")]


def test_a_model_is_validated_without_a_file_around_it_too():
    assert Keyed.model_validate({"key": "north"}).key == "north"
    with pytest.raises(ValidationError):
        Keyed.model_validate({"key": "North Sea"})
