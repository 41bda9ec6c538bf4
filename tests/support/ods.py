"""ODS workbooks for tests: the XML of the standard, packed, as spreadsheets write it and as they hardly ever do."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}
SHOWN = "code-with-zeros"
"""The style of cells that shows a number with zeros in front."""
_STYLES = (
    '<number:number-style style:name="N1"><number:number number:min-integer-digits="5" number:decimal-places="0"/>'
    f'</number:number-style><style:style style:name="{SHOWN}" style:family="table-cell" style:data-style-name="N1"/>'
)
_MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def cell(
    text: str | None = None, kind: str | None = "string", *, inside: str = "", beside: str = "", **more: str
) -> str:
    """Return a cell that shows a text; `columns_repeated="2"` is `table:number-columns-repeated` and so on.

    What is `beside` it is XML: a note or a shape.
    """
    attributes = {"office:value-type": kind} if kind else {}
    attributes |= {_named(key): value for key, value in more.items()}
    said = f"<text:p>{escape(text)}{inside}</text:p>" if text is not None else ""
    return element("table:table-cell", beside + said, attributes)


def row(*cells: str, **more: str) -> str:
    """Return a row of cells."""
    return element("table:table-row", "".join(cells), {_named(key): value for key, value in more.items()})


def sheet(name: str, *rows: str) -> str:
    """Return a sheet."""
    return element("table:table", "".join(rows), {"table:name": name})


def element(name: str, content: str, attributes: dict[str, str]) -> str:
    return f"<{name} {' '.join(f'{key}={quoteattr(value)}' for key, value in attributes.items())}>{content}</{name}>"


def content_of(*sheets: str) -> str:
    """Return the part with the cells."""
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in _SPACES.items())
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>{body}</office:document-content>"
    )


def write(file: Path, *sheets: str, **parts: str) -> None:
    """Write a workbook, with more parts or others than it has."""
    told = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content_of(*sheets),
        "META-INF/manifest.xml": _MANIFEST,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (told | parts).items():
            packed.writestr(name, text)


def _named(key: str) -> str:
    if key in {"value", "date_value", "boolean_value", "currency"}:
        return f"office:{key.replace('_', '-')}"
    return f"table:{'number-' if key.endswith(('repeated', 'spanned')) else ''}{key.replace('_', '-')}"
