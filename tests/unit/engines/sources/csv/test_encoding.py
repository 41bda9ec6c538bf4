"""Is every letter right, or the file refused with the line and column of the first byte in doubt?"""

import pytest

from support.staging import told

LINES = "id,name\n1,Zoë\n2,Čapek\n"
SEVERAL = "Letters before it do: the file is in several encodings."
WHICH = "Declare the `encoding` that gives the right letter:"

RIGHT = {
    "UTF-8": ("id,name\n1,Zoë Čapek\n".encode(), None, "Zoë Čapek"),
    "UTF-8 with its mark": ("id,name\n1,Zoë\n".encode("utf-8-sig"), None, "Zoë"),
    "UTF-16 with its mark": ("id,name\n1,Zoë\n".encode("utf-16"), None, "Zoë"),
    "UTF-16 big-endian with its mark": (b"\xfe\xff" + "id,name\n1,Zoë\n".encode("utf-16-be"), "utf-16", "Zoë"),
    "UTF-16 without its mark, declared": ("id,name\n1,Zoë\n".encode("utf-16-le"), "utf-16-le", "Zoë"),
    "cp1252": ("id,name\n1,Zoë… 5 €\n".encode("cp1252"), "cp1252", "Zoë… 5 €"),
    "Latin-1": ("id,name\n1,Zoë\n".encode("latin-1"), "latin-1", "Zoë"),
    "cp850": ("id,name\n1,Müller ½\n".encode("cp850"), "cp850", "Müller ½"),
    "EBCDIC": ("id,name\n1,Zoe\n".encode("cp037"), "cp037", "Zoe"),
}


@pytest.mark.parametrize("case", RIGHT)
def test_letters_are_right(case, round_):
    content, encoding, name = RIGHT[case]
    assert told(round_.csv(content, encoding=encoding)) == []
    assert round_.raw == [(2, "1", name)]


REFUSED = {
    "cp1252, not declared": (
        "id,name\n1,Zoë\n".encode("cp1252"),
        None,
        "2:5",
        "encoding",
        "The byte eb does not fit utf-8: invalid continuation byte.",
    ),
    "UTF-8 and then cp1252": (
        "id,name\n1,Zoë\n".encode() + "2,Chloé\n".encode("cp1252"),
        None,
        "3:7",
        "encoding",
        f"The byte e9 does not fit utf-8: invalid continuation byte. {SEVERAL}",
    ),
    "a lone surrogate in UTF-8": (
        b"id,name\n1,\xed\xa0\x80\n",
        None,
        "2:3",
        "encoding",
        "The byte ed does not fit utf-8: invalid continuation byte.",
    ),
    "a lone surrogate in UTF-16": (
        b"\xff\xfe" + "id,name\n1,".encode("utf-16-le") + b"\x00\xd8" + "\n".encode("utf-16-le"),
        None,
        "2:3",
        "encoding",
        "The byte 00 does not fit utf-16-le: illegal UTF-16 surrogate.",
    ),
    "half a letter at the end": (
        b"id,name\n1,Zo\xc3",
        None,
        "2:5",
        "encoding",
        "The byte c3 does not fit utf-8: unexpected end of data.",
    ),
    "a byte that cp1252 has not": (
        b"id,name\n1,\x81\n",
        "cp1252",
        "2:3",
        "encoding",
        "The byte 81 does not fit cp1252: character maps to <undefined>.",
    ),
    "cp1252 that is called Latin-1": (
        "id,name\n1,5 €\n".encode("cp1252"),
        "latin-1",
        "2:5",
        "encoding",
        r"iso8859-1 gives '\x80' here, a control letter that no text has.",
    ),
    "UTF-8 that is called cp1252": (
        LINES.encode(),
        "cp1252",
        "",
        "encoding-doubt",
        "The file is declared as cp1252, and all of its bytes are UTF-8.",
    ),
    "cp1252 with lines in UTF-8": (
        "id,name\n1,Zoë\n".encode() + "2,Chloé\n".encode("cp1252"),
        "cp1252",
        "",
        "encoding-doubt",
        "The file is declared as cp1252, and 1 of its letters look like UTF-8.",
    ),
    "a NUL": (b"id,name\n1,A\0n\n" + b"x" * 5000, "utf-8", "2:4", "nul", "There is a NUL in the text."),
    "UTF-16 without mark": (
        "id,name\n1,Zoë\n".encode("utf-16-le"),
        None,
        "1:2",
        "encoding",
        "The file has NUL bytes: it is no text, or in an encoding of two bytes.",
    ),
    "a mark that contradicts": (
        b"\xef\xbb\xbfid,name\n",
        "cp1252",
        "1:1",
        "encoding",
        "The file is declared as cp1252 and begins with the mark of utf-8.",
    ),
    "UTF-16 of no known order": (
        "id,name\n".encode("utf-16-le"),
        "utf-16",
        "1:1",
        "encoding",
        "The file has no byte order mark, so utf-16 may be read in two ways.",
    ),
    "no encoding": (b"id,name\n", "cp9999", "", "encoding", "There is no encoding 'cp9999'."),
    "an encoding of bytes": (b"id,name\n", "base64", "", "encoding", "There is no encoding 'base64'."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_in_doubt_is_refused_with_its_place(case, round_):
    content, encoding, place, code, message = REFUSED[case]
    (refusal,) = round_.csv(content, encoding=encoding).refusals
    assert (refusal.place, refusal.code, refusal.message) == (f"items.csv:{place}".rstrip(":"), code, message)


def test_the_hint_shows_how_other_encodings_read_the_byte(round_):
    (refusal,) = round_.csv("id,name\n1,Zoë\n".encode("cp1252")).refusals
    assert refusal.hint == f"{WHICH} `cp1252` (ë), `cp850` (Ù), `iso8859-2` (ë), `cp1251` (л)."


def test_a_declaration_that_is_sure_stands(round_):
    assert told(round_.csv("id,name\n1,Ã©\n".encode("cp1252"), encoding="cp1252", encoding_sure=True)) == []
    assert round_.raw == [(2, "1", "Ã©")]


def test_a_letter_that_was_lost_before_is_a_finding(round_):
    assert told(round_.csv("id,name\n1,Zo\ufffd\n2,Bo\n")) == []
    why = "A letter was lost before the extract was made: U+FFFD stands in its place."
    assert round_.findings == [(2, "lost-letter", "name", "Zo\ufffd", why)]
