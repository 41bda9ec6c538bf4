"""What is a file called when it is handed out whose name nobody gave? By what its content begins with."""

from typing import Final

_BEGINNINGS: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"PK\x03\x04", "zip"),
)


def named(content: bytes, stem: str) -> str:
    """Return a name for a file; it is saved under it and never opened by what it says."""
    for beginning, ending in _BEGINNINGS:
        if content.startswith(beginning):
            return f"{stem}.{_office(content) or ending}" if ending == "zip" else f"{stem}.{ending}"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return f"{stem}.bin"
    return f"{stem}.txt"


def _office(content: bytes) -> str:
    """Return the ending of a document that is a package of files, empty when it is another."""
    parts = ((b"word/document.xml", "docx"), (b"xl/workbook.xml", "xlsx"), (b"ppt/presentation.xml", "pptx"))
    return next((ending for part, ending in parts if part in content), "")
