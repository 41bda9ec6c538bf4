"""Whatever is recorded can be followed, and whatever is changed can't."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.kernel import canonical
from lockgate.ledger.proving.chain import Broken, Chain
from lockgate.ledger.record import OPENED, Event, Head, chained, hash_of
from support.ledgers import NOON

OPENING = Event(OPENED, {"format": 1, "ledger": "0" * 32, "programme": ""})
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
EVENTS = st.lists(
    st.builds(Event, st.sampled_from(["gap.raised", "gap.decided"]), st.dictionaries(TEXTS, VALUES, max_size=3)),
    min_size=1,
    max_size=5,
)


def records(events):
    return list(chained(Head(), [OPENING, *events], at=NOON, by="ada"))


def follow(parts):
    chain = Chain()
    for previous, own_hash, body in parts:
        chain.follow(previous, own_hash, body)
    return chain


def parts_of(made):
    return [(record.previous, record.hash, record.body) for record in made]


@given(EVENTS)
def test_every_record_follows_and_reads_as_it_was_made(events):
    made = records(events)
    chain = Chain()
    assert [chain.follow(r.previous, r.hash, r.body, number=r.number) for r in made] == made
    assert (chain.head, chain.identity) == (made[-1].head, "0" * 32)
    assert [json.loads(record.body)["number"] for record in made] == list(range(1, len(made) + 1))


@given(EVENTS, st.data())
def test_one_changed_byte_anywhere_breaks_the_chain_at_that_record_at_the_latest(events, data):
    parts = parts_of(records(events))
    touched = data.draw(st.integers(0, len(parts) - 1))
    field = data.draw(st.integers(0, 2))
    old = parts[touched][field]
    raw = bytearray(old if isinstance(old, bytes) else old.encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255)) if isinstance(old, bytes) else 1
    new = bytes(raw) if isinstance(old, bytes) else raw.decode()
    parts[touched] = tuple(new if index == field else part for index, part in enumerate(parts[touched]))
    with pytest.raises(Broken) as broken:
        follow(parts)
    assert broken.value.number == touched + 1


@given(EVENTS, st.randoms(use_true_random=False))
def test_another_order_breaks_the_chain(events, chance):
    parts = parts_of(records(events))
    other = parts[:]
    chance.shuffle(other)
    if other != parts:
        with pytest.raises(Broken):
            follow(other)


@given(EVENTS, st.data())
def test_a_record_that_is_gone_breaks_the_chain_unless_it_was_the_last(events, data):
    parts = parts_of(records(events))
    gone = data.draw(st.integers(0, len(parts) - 2))
    with pytest.raises(Broken) as broken:
        follow(parts[:gone] + parts[gone + 1 :])
    assert broken.value.number == gone + 1


def follows(body):
    """Tell whether a second record with this body would follow."""
    [opening] = records([])
    chain = follow(parts_of([opening]))
    try:
        chain.follow(opening.hash, hash_of(opening.hash, body), body)
    except Broken:
        return False
    return True


def body_with(written, *, inside="{}"):
    """Return a body that is canonical but, perhaps, for what is written in its payload."""
    value = inside.replace("{}", written)
    return f'{{"at":"2026-03-02T12:00:00.000000Z","by":"ada","kind":"gap.raised","number":2,"payload":{{"x":{value}}}}}'


def is_canonical(text):
    try:
        return canonical.encode(json.loads(text)).decode() == text
    except ValueError:
        return False


ODD = ["1.0", "-1.0", "0.0", "-0", "-0.0", "1e5", "1E5", "1e-05", "1e-5", "0.00001", "0.0001", "1e16", "1e+16", "1e22"]
ODD += ["1e+22", "9007199254740993.0", "9" * 30, "9" * 30 + ".0", "0.10", "01", "+1", ".5", "1.", "NaN", "Infinity"]
ODD += [
    "1e400",
    "123456789.125",
    "0.1",
    "18446744073709551616",
    '"\\u0041"',
    '"\\/"',
    '"\\ud800"',
    '"\u007f"',
    '"\\u001F"',
]
ODD += ['{"b":1,"a":1}', '{"a":1,"a":1}', "[1, 2]", "[" * 3000 + "]" * 3000]


@pytest.mark.parametrize("inside", ["{}", "[{}]", "[0,{}]", '{"y":[{"z":{}}]}'])
@pytest.mark.parametrize("written", ODD)
def test_one_text_stands_for_one_value_however_it_could_be_written(written, inside):  # C4
    body = body_with(written, inside=inside)
    try:
        wanted = is_canonical(body)
    except RecursionError:
        wanted = False
    assert follows(body.encode()) == wanted


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
    st.sampled_from([str, repr, json.dumps, "{:.17g}".format]),
)
def test_a_number_follows_in_its_canonical_form_only(number, write):  # C4
    body = body_with(write(number))
    assert follows(body.encode()) == is_canonical(body)
    assert follows(canonical.encode(json.loads(body)))
