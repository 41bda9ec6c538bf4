"""What is known of a CSV file before its rows are read? Letters, separator and names; all that may be in doubt."""

import csv
from dataclasses import dataclass
from typing import BinaryIO, Final

from lockgate.engines.sources.csv import encoding, header, separator
from lockgate.engines.sources.csv.encoding import Encoding
from lockgate.engines.sources.csv.header import Header
from lockgate.engines.sources.csv.records import LONGEST_RECORD
from lockgate.engines.sources.extract import Extract
from lockgate.engines.sources.opening import Opened
from lockgate.engines.sources.refusal import refuse

_SAMPLE: Final = 2**20
_PACKED: Final = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True)
class Text:
    """How a CSV file is to be read."""

    encoding: Encoding
    separator: str
    header: Header


def text_of(file: BinaryIO, extract: Extract, opened: Opened) -> Text:
    """Return how a file is to be read, or refuse what is not certain."""
    csv.field_size_limit(LONGEST_RECORD)
    head = file.read(4096)
    if not head:
        raise refuse(f"{opened.name}:1:1", "empty", "The file is empty.", "Ask for it again.")
    if head.startswith(_PACKED):
        raise refuse(opened.name, "packed", "The file is packed, or no CSV.", "Unpack it first.")
    letters = encoding.settled(head, extract.encoding, place=opened.name)
    sample, whole = _sample(file, letters, opened)
    skip = max(extract.header or 1, 1) - 1
    sign = separator.settled(sample, extract.separator, skip=skip, whole=whole, place=opened.name)
    return Text(letters, sign, header.settled(sample, sign, extract, place=opened.name))


def _sample(file: BinaryIO, letters: Encoding, opened: Opened) -> tuple[str, bool]:
    """Return the beginning of the text, and whether that is all."""
    file.seek(letters.mark)
    beginning = file.read(_SAMPLE)
    whole = letters.mark + len(beginning) >= opened.size
    data = b"".join(encoding.blocks([beginning], letters, place=opened.name, sure=True, whole=whole))
    return data.decode("utf-8", "ignore"), whole
