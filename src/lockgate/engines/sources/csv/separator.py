"""What stands between the values of a CSV text? Declared, or the one sign by which every record has as many values.

S1  Comma, semicolon, tab and bar are tried on the first records. One has to give all of them the same number of values.
S2  Two that fit are a doubt: the separator has to be declared.
S3  A text in which none of them stands has one column.
S4  When none fits, the likely one is taken: the records are refused one by one then, unless the declared names are
    found below lines that are no records, and everything after them fits.
"""

import csv
import io
from typing import Final

from lockgate.engines.sources.refusal import refuse

KNOWN: Final = (",", ";", "\t", "|")
MOST_RECORDS: Final = 1000
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def settled(sample: str, declared: str | None, *, skip: int, whole: bool, place: str) -> str:
    """Return the separator of a text from its beginning, without the lines before the header that is declared."""
    if declared is not None:
        if len(declared) != 1 or not declared.isascii() or declared.isalnum() or declared in '"\r\n':
            what = f"{declared!r} can't be a separator."
            raise refuse(place, "separator", what, 'Declare one sign: `","`, `";"`, `"|"` or `"\\t"`.')
        return declared
    fits = {sign: widths for sign in KNOWN if (widths := _widths(sample, sign, skip=skip, whole=whole))}
    even = [sign for sign, widths in fits.items() if len(set(widths)) == 1 and widths[0] > 1]
    if len(even) == 1:
        return even[0]
    if even:
        told = " and ".join(_NAMES[sign] for sign in even)
        raise refuse(f"{place}:{skip + 1}:1", "separator", f"The separator may be {told}.", "Declare `separator`.")
    return _likely(sample, skip)  # S3, S4


def _widths(sample: str, sign: str, *, skip: int, whole: bool) -> list[int]:
    """Return how many values each record has with a separator; none when the quotes do not fit it."""
    text = io.StringIO(sample, newline="")
    for _ in range(skip):
        text.readline()
    widths: list[int] = []
    try:
        for record in csv.reader(text, delimiter=sign, strict=True):
            if record:
                widths.append(len(record))
            if len(widths) > MOST_RECORDS:
                return widths[:MOST_RECORDS]
    except csv.Error:
        return widths if not whole and len(widths) > 1 else []
    return widths if whole else widths[:-1] or widths


def _likely(sample: str, skip: int) -> str:
    """Return the sign that the first line with anything has most of, or else the whole text."""
    lines = [line for line in sample.splitlines()[skip:] if line.strip()]
    first = lines[0] if lines else ""
    return max((";", "\t", "|", ","), key=lambda sign: (first.count(sign), sample.count(sign)))
