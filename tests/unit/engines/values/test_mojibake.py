"""Wrongly decoded text is mended only when there is no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.engines.values.mojibake import mended, suspicious


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("MÃ¼ller", "Müller"),
        ("GroÃŸ", "Groß"),
        ("â\u201a¬ 5", "€ 5"),
        ("Å\u0081Ã³dÅº", "Łódź"),
        ("BjÃƒÂ¶rn", "Björn"),  # M4
        ("Müller", "Müller"),
        ("Müller und MÃ¼ller", "Müller und MÃ¼ller"),  # M1
        ("CAFÉ®", "CAFÉ®"),  # M2
        ("BÄ®", "BÄ®"),  # M3
        ("plain", "plain"),
    ],
)
def test_a_text_is_mended_only_when_it_is_certain(text, meant):
    assert mended(text) == meant


def test_what_is_not_certain_is_suspicious():
    assert [suspicious(text) for text in ("Müller und MÃ¼ller", "MÃ¼ller", "Müller", "a\ufffdb")] == [
        True,
        False,
        False,
        True,
    ]


@given(st.text(alphabet="abcdefghij äöüßéèêëçñåøæÄÖÜÉ"))
def test_names_as_people_write_them_are_never_touched(text):
    assert mended(text) == text


@given(st.text(alphabet="abc äöüßéèêëçñåøæ", min_size=1))
def test_what_was_read_wrongly_as_a_whole_comes_back(text):
    wrong = text.encode("utf-8").decode("latin-1")
    passed = "".join(bytes([ord(c)]).decode("cp1252", errors="replace") for c in wrong)
    assert "\ufffd" in passed or mended(passed) == text
