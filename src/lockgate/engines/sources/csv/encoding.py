"""In which letters is a file written? Declared, or certain from its bytes; anything else is refused with its place.

E1  A byte order mark is certain. UTF-8 is certain when every byte of the file fits; so is plain ASCII.
E2  Any other encoding has to be declared: a guess would change names. The first byte that does not fit is told.
E3  A declared encoding has to fit every byte. Control letters that a one-byte encoding gives are no text.
E4  What is declared as another encoding and is UTF-8 from the first byte to the last is doubted, and so is a file in
    which some letters are in UTF-8 and others are not, unless the declaration is said to be sure.
E5  Nothing is ever replaced by U+FFFD, and there is no NUL in a text.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lockgate.engines.sources.refusal import Refused, refuse

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_LETTER: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
"""How UTF-8 writes a letter that is not in ASCII."""
_NO_TEXT: Final = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}


@dataclass(frozen=True)
class Encoding:
    """What the letters of a file are read with."""

    name: str
    """As Python's codecs call it."""
    mark: int
    """How many bytes of a byte order mark stand before the text."""
    because: str
    declared: bool = False

    @property
    def utf8(self) -> bool:
        """Whether the bytes are UTF-8 as they are."""
        return self.name == "utf-8"


def settled(head: bytes, declared: str | None, *, place: str) -> Encoding:
    """Return the encoding of a file from its first bytes and what is declared."""
    found = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), None)
    named = _named(declared, place) if declared else None
    if found:
        mark, name = found
        if named and named not in {name, *_FAMILIES.get(name, ())}:
            what = f"The file is declared as {declared} and begins with the mark of {name}."
            raise refuse(f"{place}:1:1", "encoding", what, f"Declare `encoding: {name}`, or leave it out.")
        return Encoding(name, len(mark), "it begins with a byte order mark")
    if named in {"utf-16", "utf-32"}:
        what = f"The file has no byte order mark, so {named} may be read in two ways."
        raise refuse(f"{place}:1:1", "encoding", what, f"Declare `encoding: {named}-le` or `{named}-be`.")
    if named:
        return Encoding("utf-8" if named == "utf-8-sig" else named, 0, "it is declared", declared=True)
    if b"\0" in head[:4096]:
        seems = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
        what = "The file has NUL bytes: it is no text, or in an encoding of two bytes."
        raise refuse(f"{place}:1:{head.index(0) + 1}", "encoding", what, f"If it is text, declare `encoding: {seems}`.")
    return Encoding("utf-8", 0, "all of its bytes fit")


_FAMILIES: Final = {
    "utf-8": ("utf-8-sig",),
    "utf-16-le": ("utf-16",),
    "utf-16-be": ("utf-16",),
    "utf-32-le": ("utf-32",),
    "utf-32-be": ("utf-32",),
}


def _named(declared: str, place: str) -> str:
    try:
        info = codecs.lookup(declared)
        is_text = info._is_text_encoding  # noqa: SLF001 - the only way to tell rot13 and base64 apart
    except LookupError:
        is_text = False
    if not is_text or info.name in _NO_TEXT:
        raise refuse(place, "encoding", f"There is no encoding {declared!r}.", "Try utf-8, cp1252, latin-1 or cp850.")
    return info.name


def blocks(
    chunks: Iterable[bytes], encoding: Encoding, *, place: str, sure: bool, whole: bool = True
) -> Iterator[bytes]:
    """Yield the text behind the mark of a file as UTF-8; refuse the first byte that does not fit.

    Without `whole` the chunks are only its beginning.
    """
    reading = _Reading(encoding, place)
    for chunk in chunks:
        yield reading.read(chunk, final=False)
    if whole:
        yield reading.read(b"", final=True)
        if not sure:
            reading.judge()


class _Reading:
    """The letters of one file as far as they were read."""

    def __init__(self, encoding: Encoding, place: str) -> None:
        self.encoding, self.place = encoding, place
        self.decoder = codecs.getincrementaldecoder(encoding.name)("strict")
        self.one_byte = _one_byte(encoding.name)
        self.line, self.column = 1, 1
        self.letters_of_utf8 = 0
        self.whole_as_utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")("strict")

    def read(self, block: bytes, *, final: bool) -> bytes:
        """Return a block as UTF-8 (E3, E5)."""
        if self.encoding.utf8 and block.isascii() and not final and not self.decoder.getstate()[0]:
            text: str | bytes = block
        else:
            try:
                text = self.decoder.decode(block, final)
            except UnicodeDecodeError as error:
                raise self._misfit(error) from None
        self._letters(block, text)
        self._doubt(block, final=final)
        self._moved(text)
        return block if self.encoding.utf8 or isinstance(text, bytes) else text.encode()

    def judge(self) -> None:
        """Refuse what is not what it was declared to be (E4)."""
        if not self.encoding.declared or self.encoding.utf8 or not self.letters_of_utf8:
            return
        name = self.encoding.name
        if self.whole_as_utf8 is not None:
            what = f"The file is declared as {name}, and all of its bytes are UTF-8."
            hint = "Declare `encoding: utf-8`."
        elif self.one_byte and _keeps_ascii(name):
            what = f"The file is declared as {name}, and {self.letters_of_utf8:,} of its letters look like UTF-8."
            hint = "Ask for it in one encoding."
        else:
            return
        raise refuse(self.place, "encoding-doubt", what, f"{hint} If it is right, declare `encoding_sure: true`.")

    def _letters(self, block: bytes, text: str | bytes) -> None:
        if b"\0" in block and (isinstance(text, bytes) or "\0" in text):
            at = text.find(b"\0") if isinstance(text, bytes) else text.find("\0")
            raise refuse(
                self._at(text[:at]), "nul", "There is a NUL in the text.", "Ask for the file again; it is broken."
            )
        found = _CONTROLS.search(text) if self.one_byte and isinstance(text, str) else None
        if found:
            what = f"{self.encoding.name} gives {found[0]!r} here, a control letter that no text has."
            bad = found[0].encode(self.encoding.name)
            raise refuse(self._at(text[: found.start()]), "encoding", what, _candidates(bad, self.encoding.name))

    def _doubt(self, block: bytes, *, final: bool) -> None:
        if block.isascii() and not final:
            return
        self.letters_of_utf8 += len(_LETTER.findall(block))
        if self.whole_as_utf8 is not None:
            try:
                self.whole_as_utf8.decode(block, final)
            except UnicodeDecodeError:
                self.whole_as_utf8 = None

    def _misfit(self, error: UnicodeDecodeError) -> Refused:
        good, bad = error.object[: error.start], error.object[error.start : error.start + 1]
        what = f"The byte {bad.hex()} does not fit {self.encoding.name}: {error.reason}."
        if self.encoding.utf8 and (self.letters_of_utf8 or _LETTER.search(good)):
            what += " Letters before it do: the file is in several encodings."
        place = self._at(good.decode(self.encoding.name))
        return refuse(place, "encoding", what, _candidates(bad, self.encoding.name))

    def _at(self, before: str | bytes) -> str:
        """Return the place behind what was read before and this much of the block."""
        self._moved(before)
        return f"{self.place}:{self.line}:{self.column}"

    def _moved(self, text: str | bytes) -> None:
        end = b"\n" if isinstance(text, bytes) else "\n"
        lines = text.count(end)  # type: ignore[arg-type]  # both are of one kind
        self.line += lines
        self.column = len(text) - text.rfind(end) if lines else self.column + len(text)  # type: ignore[arg-type]


def _one_byte(name: str) -> bool:
    """Return whether each byte is a letter in an encoding."""
    return not name.startswith("utf") and len(bytes(range(256)).decode(name, "replace")) == 256  # noqa: PLR2004 - all bytes


def _keeps_ascii(name: str) -> bool:
    """Return whether the plain letters of an encoding are those of UTF-8, so that a file may have both."""
    plain = bytes(range(32, 127))
    return plain.decode(name, "replace") == plain.decode()


def _candidates(bad: bytes, but: str) -> str:
    """Return what to declare: how the encodings that legacy systems use would read a byte."""
    told = []
    for name in ("cp1252", "cp850", "iso8859-2", "cp1251"):
        try:
            letter = bad.decode(name)
        except UnicodeDecodeError:
            continue
        if name != but and letter.isprintable():
            told.append(f"`{name}` ({letter})")
    return f"Declare the `encoding` that gives the right letter: {', '.join(told)}." if told else "Declare `encoding`."
