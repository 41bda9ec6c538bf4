import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.kernel.canonical import digest, encode

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


def shuffled(value):
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(inner) for inner in value] if isinstance(value, list) else value


@given(VALUES)
def test_what_is_encoded_reads_back_as_the_same_value(value):
    assert json.loads(encode(value)) == value


@given(VALUES)
def test_the_encoding_of_what_was_read_back_is_the_same(value):
    assert encode(json.loads(encode(value))) == encode(value)


@given(VALUES)
def test_the_order_of_keys_makes_no_difference(value):
    assert digest(shuffled(value)) == digest(value)


@given(VALUES, VALUES)
def test_two_values_have_one_encoding_when_they_are_equal_and_only_then(one, other):
    plain = json.dumps([one, other])  # tells 1 from true, which Python does not
    same = json.loads(plain)[0] == json.loads(plain)[1] and repr(normal(one)) == repr(normal(other))
    assert (encode(one) == encode(other)) == same


def normal(value):
    if isinstance(value, dict):
        return {key: normal(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [normal(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) <= 2**53 else value


def test_whole_numbers_have_one_spelling():
    assert encode([1.0, 1, -0.0, 1e3, 0.1, 1e300, 2**70]) == b"[1,1,0,1000,0.1,1e+300,1180591620717411303424]"


def test_texts_are_written_as_they_are_and_keys_in_order():
    assert encode({"ä": "é\n", "a": None, "Z": (True, [])}) == '{"Z":[true,[]],"a":null,"ä":"é\\n"}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), "\ud800", {"a": "\udfff"}])
def test_values_without_an_encoding_are_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011 - a surrogate's own error is one, too
        encode(value)


@pytest.mark.parametrize("value", [b"a", {1: 2}, {"a": {None: 1}}, {1, 2}, object()])
def test_types_without_an_encoding_are_refused(value):
    with pytest.raises(TypeError):
        encode(value)


def test_another_process_finds_the_same_digest():
    script = "from lockgate.kernel.canonical import digest; print(digest({'b': [1.5, 'ü'], 'a': None}))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == digest({"a": None, "b": [1.5, "ü"]})
