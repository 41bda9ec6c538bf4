import sys
import time

import pytest

from lockgate.workspace import read
from lockgate.workspace.text.yaml_reader import DEEPEST, MOST_ALIASES, MOST_VALUES


def data(text):
    document = read(text)
    assert document.findings == ()
    return document.data


def found(text):
    return [(finding.at.line, finding.at.column, finding.code) for finding in read(text).findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("y", "y"),
        ("08:30", "08:30"),
        ("12:30:45", "12:30:45"),
        ("2026-11-21", "2026-11-21"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("-0x1", "-0x1"),
        ("+", "+"),
        (".", "."),
        ("-.e1", "-.e1"),
        ("nulL", "nulL"),
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("true", True),
        ("FALSE", False),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("010", 10),
        ("0o10", 8),
        ("0xFf", 255),
        ("1.5", 1.5),
        ("-.5e1", -5.0),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("9223372036854775807", 9223372036854775807),
        ('"12"', "12"),
        ("'true'", "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("!!int 12", 12),
        ("!!float 12", 12),
        ("!!bool true", True),
        ("!!null ~", None),
    ],
)
def test_a_scalar_means_what_the_core_schema_says(written, meant):  # Y1
    value = data(f"key: {written}")["key"]
    assert (value, type(value)) == (meant, type(meant))


def test_a_key_is_a_text_as_it_is_written():  # Y1
    assert data("1: a\nNO: b\nnull: c\n1.50: d") == {"1": "a", "NO": "b", "null": "c", "1.50": "d"}


def test_what_yaml_offers_for_texts_lists_and_aliases_is_read():
    text = "a: &x [1, {b: 2}]\nc: *x\nd: |\n  two\n  lines\ne: >-\n  one\n  line\nf: !!map {g: !!seq []}\n&k h: *k\n"
    shared = [1, {"b": 2}]
    assert data(text) == {"a": shared, "c": shared, "d": "two\nlines\n", "e": "one line", "f": {"g": []}, "h": "h"}


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "---\n", "~"])
def test_an_empty_text_holds_nothing(text):
    assert data(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\na: 4\n", [(3, 1, "duplicate-key"), (4, 1, "duplicate-key")]),
        ("x:\n  ? [a]\n  : 1\n  ? {b: c}\n  : 2\n", [(2, 5, "key-not-text"), (4, 5, "key-not-text")]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", [(3, 3, "merge-key")]),
        ("a: !secret 1\nb: !!set {}\nc: !!python/name:os.system x\n", [(1, 4, "tag"), (2, 4, "tag"), (3, 4, "tag")]),
        ("a: !!int x\nb: !!bool 1\nc: !!null 0\n", [(1, 4, "tag"), (2, 4, "tag"), (3, 4, "tag")]),
        ("a: .inf\nb: -.INF\nc: .nan\n", [(line, 4, "number-out-of-range") for line in (1, 2, 3)]),
        ("a: 9223372036854775808\nb: 1e999\n", [(1, 4, "number-out-of-range"), (2, 4, "number-out-of-range")]),
        (f"a: {'9' * 5000}\nb: 1{'0' * 5000}.5\n", [(1, 4, "number-out-of-range"), (2, 4, "number-out-of-range")]),
        (
            'a: "\\0"\n"b\\x07": 1\nc: "\\u2028"\n',
            [(line, col, "control-character") for line, col in ((1, 4), (2, 1), (3, 4))],
        ),
    ],
)
def test_what_is_wrong_but_can_be_read_past_is_found_everywhere(text, expected):  # Y2
    document = read(text)
    assert found(text) == expected
    assert document.readable


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a:\n\tb: 1\n", 2, 1, "tab"),
        ("a:\n  b: 1\n \tc: 2\n", 3, 2, "tab"),
        ("a: @x\n", 1, 4, "syntax"),
        ("a: b: c\n", 1, 5, "syntax"),
        ("a: [1, 2\nb: 3\n", 2, 2, "syntax"),
        ("a: 'x\n", 2, 1, "syntax"),
        ("a:\n  - b\n c: 1\n", 3, 2, "syntax"),
        ('a: "\\uD800"\n', 1, 7, "syntax"),
        ("%YAML 3.0\n---\na: 1\n", 1, 1, "syntax"),
        ("a: 1\n---\nb: 2\n", 2, 1, "several-documents"),
        ("a: *b\n", 1, 4, "unknown-alias"),
        ("a: &b\n  c: *b\n", 2, 6, "endless-alias"),
        ("a: &b [*b]\n", 1, 8, "endless-alias"),
        ("a: b\x00c\n", 1, 5, "control-character"),
        ("ä: ü\nb: \x1b\n", 2, 4, "control-character"),
        ("a: \ud800\n", 1, 4, "control-character"),
        ("a: b\u2028c\n", 1, 5, "control-character"),
    ],
)
def test_what_can_not_be_read_is_one_finding_where_it_stands(text, line, column, code):  # Y3
    document = read(text)
    assert found(text) == [(line, column, code)]
    assert (document.readable, document.data) == (False, None)


def test_bytes_that_are_not_utf_8_are_found_where_they_stand(tmp_path):
    file = tmp_path / "latin.yaml"
    file.write_bytes("\ufeffa: é\nbé: ".encode() + b"caf\xe9\n")
    (finding,) = read(file, path="latin.yaml").findings
    assert (str(finding.at), finding.code) == ("latin.yaml:2:8", "encoding")


def test_a_byte_order_mark_is_nothing(tmp_path):
    file = tmp_path / "marked.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read(file).data == {"a": 1, "b": 2}


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"#" * 1_048_577)
    (finding,) = read(tmp_path / "x.yaml", path="x.yaml").findings
    assert (str(finding.at), finding.code) == ("x.yaml:1:1", "too-large")


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: None], ids=["a folder", "nothing"])
def test_what_is_no_file_is_a_finding(tmp_path, make):
    make(tmp_path / "x.yaml")
    (finding,) = read(tmp_path / "x.yaml", path="x.yaml").findings
    assert (str(finding.at), finding.code) == ("x.yaml:1:1", "unreadable")


BOMBS = {
    "levels of lists": ("[" * 500_000, "too-deep"),
    "levels of mappings": ("{a: " * 200_000, "too-deep"),
    "levels of blocks": ("- " * 400_000, "too-deep"),
    "levels of keys": ("? " * 400_000, "too-deep"),
    "values": ("[" + "1," * 500_000, "too-many-values"),
    "keys": ("{" + ",".join(f"k{n}: 1" for n in range(90_000)) + "}", "too-many-values"),
    "laughs": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "too-many-values",
    ),
    "aliases": ("a: &a x\nb: [" + "*a ," * (MOST_ALIASES + 1) + "]", "too-many-aliases"),
    "levels of aliases": ("a0: &a0 []\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 300)), "too-deep"),
    "bytes": ("a: " + "x" * 2_000_000, "too-large"),
    "open quotes": ('"' + "a" * 1_000_000, "syntax"),
    "colons": ("a:" * 400_000, "syntax"),
    "a tag": ("!" * 1_000_000, "tag"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name):  # Y3
    text, code = BOMBS[name]
    began = time.process_time()
    codes = {finding.code for finding in read(text).findings}
    assert time.process_time() - began < (30 if sys.gettrace() else 1)  # measuring coverage takes its time
    assert code in codes
    assert all(len(finding.message) < 200 for finding in read(text).findings)


def test_what_is_just_within_the_limits_is_read():
    assert data("[" * DEEPEST + "]" * DEEPEST)
    assert len(data("- 1\n" * (MOST_VALUES - 1))) == MOST_VALUES - 1
    assert len(data("- &a x\n" + "- *a\n" * MOST_ALIASES)) == MOST_ALIASES + 1


def test_every_key_and_value_has_its_place():
    text = "# first\na:  1\nb:\n  - x\n  - c: y\n    d: {e: ü, f: z}\ng: &h [1]\ni: *h\n"
    document = read(text, path="file.yaml")
    places = {
        ("a",): "2:5",
        ("b", 0): "4:5",
        ("b", 1): "5:5",
        ("b", 1, "d", "f"): "6:18",
        ("i",): "8:4",
        ("i", 0): "7:8",
        ("b", 1, "nothing"): "5:5",
        ("b", 7): "4:3",
        (): "2:1",
    }
    assert {steps: str(document.at(steps)) for steps in places} == {
        steps: f"file.yaml:{place}" for steps, place in places.items()
    }
    assert str(document.at(("b", 1, "d", "f"), key=True)) == "file.yaml:6:15"
    assert str(document.at(("b", 0), key=True)) == "file.yaml:4:5"


def test_an_empty_file_and_one_that_could_not_be_read_have_places_too():
    assert str(read("", path="a").at(("x",))) == "a:1:1"
    assert str(read("a: [", path="a").at(("x",))) == "a:1:1"
    assert str(read("a: 1\n? [b]\n: 2\na: 3", path="a").at(("a",))) == "a:1:4"
