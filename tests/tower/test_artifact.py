"""A file that goes with records: shown as what it is, and never believed."""

import pytest

from lockgate.tower.artifact.view import Form, view_of
from support.recorded import SCRIPT, happen, keep, measured, place_of, record

PAGE = f"<!doctype html><h1>Report</h1>{SCRIPT}".encode()


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b'{"a": 1}', Form.JSON),
        (b"{not json", Form.TEXT),
        (b"a,b\n1,2\n", Form.TABLE),
        (b"a;b\n1;2\n3\n", Form.TEXT),
        (b"one line, with a comma", Form.TEXT),
        (b"\x89PNG\r\n\x1a\nrest", Form.PICTURE),
        (b" <HTML><body>", Form.PAGE),
        (b"<svg onload='x'>", Form.TEXT),
        (b"\xff\xfe\x00", Form.OTHER),
        (b"a\0b", Form.OTHER),
        (b"", Form.TEXT),
        (b"[" * 100_000, Form.TEXT),
    ],
)
def test_a_file_is_what_its_content_says(content, form):
    assert view_of(content).form == form


def test_a_long_table_is_shown_by_its_beginning():
    view = view_of(b"a,b\n" + b"1,2\n" * 600)

    assert (len(view.rows), view.cut) == (501, True)


def test_a_page_is_handed_out_sealed_and_the_download_never_opens(programme, browser_of):
    digest = keep(programme, PAGE)
    record(programme, measured(artifact=digest))
    bart = browser_of("bart")

    sealed, download = bart.get(f"/artifact/{digest}/sealed/"), bart.get(f"/artifact/{digest}/content/")
    around = bart.get(f"/artifact/{digest}/").content.decode()

    assert sealed["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert sealed["X-Frame-Options"] == "SAMEORIGIN"
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff"
    assert download["Content-Type"] == "application/octet-stream"
    assert b"".join(download.streaming_content) == PAGE
    assert "<iframe" in around
    assert SCRIPT not in around


def test_a_text_is_no_page_that_could_be_opened(programme, browser_of):
    digest = keep(programme, b"only a text")
    record(programme, measured(artifact=digest))

    assert browser_of("bart").get(f"/artifact/{digest}/sealed/").status_code == 404


def test_a_table_is_shown_as_text_in_cells(programme, browser_of):
    digest = keep(programme, f"name,count\n{SCRIPT},1\n".encode())
    record(programme, measured(artifact=digest))

    page = browser_of("bart").get(f"/artifact/{digest}/").content.decode()

    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>1</td>" in page


def test_a_file_of_another_site_is_not_found(programme, browser_of):
    digest = keep(programme, b"of liege")
    record(programme, measured("liege", artifact=digest))
    daan, elise = browser_of("daan"), browser_of("elise")
    addresses = [f"/artifact/{digest}/{part}" for part in ("", "content/", "sealed/")]

    assert [daan.get(address).status_code for address in addresses] == [404, 404, 404]
    assert [elise.get(address).status_code for address in (addresses[0], addresses[2])] == [200, 404]
    assert b"".join(elise.get(addresses[1]).streaming_content) == b"of liege"


def test_a_file_that_no_record_names_is_not_found(programme, browser_of):
    digest = keep(programme, b"a draft")

    assert browser_of("bart").get(f"/artifact/{digest}/").status_code == 404


def test_an_expunged_file_says_why_when_and_by_whom(programme, browser_of):
    digest = keep(programme, b"a name")
    record(programme, measured(artifact=digest))
    happen(programme, "artifact.expunged", by="anna", digest=digest, reason="asked for, art. 17")
    with place_of(programme) as place:
        place.artifacts.remove(digest)

    page = browser_of("bart").get(f"/artifact/{digest}/").content.decode()

    assert "by anna: asked for, art. 17" in page


def test_that_a_file_of_another_site_was_expunged_is_not_told(programme, browser_of):
    digest = keep(programme, b"a name")
    record(programme, measured("liege", artifact=digest))
    happen(programme, "artifact.expunged", by="anna", digest=digest, reason="Mr Peeters asked")

    page = browser_of("daan").get("/evidence/?all=on").content.decode()

    assert "artifact.expunged" not in page


def test_an_altered_file_is_not_shown(programme, browser_of):
    digest = keep(programme, b"as it was")
    record(programme, measured(artifact=digest))
    with place_of(programme) as place:
        path = place.artifacts.path_of(digest)
        path.chmod(0o640)
        path.write_bytes(b"as somebody wants it")

    page = browser_of("bart").get(f"/artifact/{digest}/").content.decode()

    assert "was altered" in page
    assert "as somebody wants it" not in page
