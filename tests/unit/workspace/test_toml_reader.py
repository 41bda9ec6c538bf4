import time

import pytest

from lockgate.workspace import read

TEXT = '''\
# a comment with [brackets] = "and" signs
title = "A # b"
number = 1_000
a.b."c d" = 1.5
day = 2026-11-21
at = 2026-11-21 08:00:00Z
list = [1, "two, ]", # comment
  [3.5, 4], { x = 1, y.z = 2 },
]
long = """
[not.a.table]
"quoted" = 1"""
raw = \'\'\'a = "b"\'\'\'

[table]
key = true
[table.'in ner']
  x = 1
[[rows]]
n = 1
[[rows]]
n = 2
[rows.below]
m = 3
'''


def test_an_escape_that_is_fit_is_read():
    assert read('a = "one\\ttwo"\nb = ["\\u00e9"]', path="f.toml").data == {"a": "one\ttwo", "b": ["é"]}


def test_what_toml_offers_is_read():
    document = read(TEXT, path="f.toml")
    assert document.findings == ()
    assert document.data == {
        "title": "A # b",
        "number": 1000,
        "a": {"b": {"c d": 1.5}},
        "day": "2026-11-21",
        "at": "2026-11-21T08:00:00+00:00",
        "list": [1, "two, ]", [3.5, 4], {"x": 1, "y": {"z": 2}}],
        "long": '[not.a.table]\n"quoted" = 1',
        "raw": 'a = "b"',
        "table": {"key": True, "in ner": {"x": 1}},
        "rows": [{"n": 1}, {"n": 2, "below": {"m": 3}}],
    }


@pytest.mark.parametrize(
    ("steps", "place", "key"),
    [
        (("title",), "2:9", "2:1"),
        (("a", "b", "c d"), "4:13", "4:5"),
        (("a", "b"), "4:3", "4:3"),
        (("list", 1), "7:12", "7:12"),
        (("list", 2, 1), "8:9", "8:9"),
        (("list", 3, "y", "z"), "8:28", "8:24"),
        (("long",), "10:8", "10:1"),
        (("raw",), "13:7", "13:1"),
        (("table",), "15:1", "15:2"),
        (("table", "in ner"), "17:1", "17:8"),
        (("table", "in ner", "x"), "18:7", "18:3"),
        (("rows", 0, "n"), "20:5", "20:1"),
        (("rows", 1, "n"), "22:5", "22:1"),
        (("rows", 1), "21:1", "21:1"),
        (("rows", 1, "below", "m"), "24:5", "24:1"),
    ],
)
def test_every_key_and_value_has_its_place(steps, place, key):
    document = read(TEXT, path="f.toml")
    assert (str(document.at(steps)), str(document.at(steps, key=True))) == (f"f.toml:{place}", f"f.toml:{key}")


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("a = 1\na = 2\n", "2:1", "duplicate-key"),
        ("a = 1\na = [\n[1],\n]\n", "2:1", "duplicate-key"),
        ("a = {x = 1, x = 2}", "1:13", "duplicate-key"),
        ("a = 1\na.b = 2\n", "2:1", "duplicate-key"),
        ("[a.b]\n[ a.'b' ]\n", "2:3", "duplicate-key"),
        ("[a]\n[[a]]\n", "2:3", "duplicate-key"),
        ("[[a]]\nx = 1\nx = 2\n", "3:1", "duplicate-key"),
        ("a = 1\nb = \n", "2:5", "syntax"),
        ("[a", "1:3", "syntax"),
        ("a = 'x", "1:7", "syntax"),
        ("a = " + "[" * 5_000, "1:55", "too-deep"),
        (".".join("a" * 1_000) + " = 1", "1:102", "too-deep"),
        ("#" * 100_001, "1:1", "too-large"),
        ("a = 'x\x07'", "1:7", "control-character"),
        ('a = "fine \\t"\nb = ["x", 1, {c = "\\u0000"}]', "2:19", "control-character"),
        ('"a\\u0007" = 1', "1:13", "control-character"),
    ],
)
def test_what_can_not_be_read_is_one_finding_where_it_stands(text, place, code):
    began = time.perf_counter()
    document = read(text, path="f.toml")
    assert [(str(each.at), each.code) for each in document.findings] == [(f"f.toml:{place}", code)]
    assert not document.readable
    assert time.perf_counter() - began < 2
