import json
import pickle
from urllib.parse import quote, quote_plus

import pytest

from lockgate.kernel.secret import MASK, Secret, scrub

AWKWARD = 'pä\\ss "w\'ord"\n+/&'


def test_a_secret_never_shows_itself():
    secret = Secret("swordfish")
    assert (repr(secret), str(secret), f"{secret}", f"{secret:>9}") == (f"Secret({MASK})",) * 4


def test_a_secret_can_not_be_pickled():
    with pytest.raises(TypeError, match="not to be pickled"):
        pickle.dumps(Secret("swordfish"))


def test_the_value_is_masked_wherever_it_stands_while_the_secret_is_in_use():
    secret = Secret("swordfish")
    assert scrub("say swordfish, then swordfish") == f"say {MASK}, then {MASK}"
    assert secret.reveal() == "swordfish"


def test_a_secret_that_holds_another_is_masked_whole():
    secrets = [Secret("sword"), Secret("swordfish")]
    assert scrub("swordfish") == MASK
    assert len(secrets) == 2


def test_an_empty_secret_masks_nothing():
    secret = Secret("")
    assert scrub("text") == "text"
    assert secret.reveal() == ""


@pytest.mark.parametrize(
    "written",
    [
        AWKWARD,
        repr({"key": AWKWARD})[9:-2],
        json.dumps(AWKWARD)[1:-1],
        json.dumps(AWKWARD, ensure_ascii=False)[1:-1],
        quote(AWKWARD),
        quote(AWKWARD, safe=""),
        quote_plus(AWKWARD),
    ],
)
def test_the_value_is_masked_in_each_way_of_writing_it(written):
    secret = Secret(AWKWARD)
    assert scrub(f"<{written}>") == f"<{MASK}>"
    assert secret.reveal() == AWKWARD


@pytest.mark.parametrize(
    ("value", "is_left"),
    [("demo", True), ("swordfish", True), ("7431", True), ("sword-fish", False), ("swordf1sh", False)],
)
def test_what_could_be_a_word_is_left_where_words_are_keys(value, is_left):
    secret = Secret(value)
    assert scrub(f"site:{value}", words=False) == (f"site:{value}" if is_left else f"site:{MASK}")
    assert scrub(f"site:{value}") == f"site:{MASK}"
    assert secret.reveal() == value
