"""Numbers and dates are written as the reader writes them, moments with their zone, and nothing of it in files."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from support.recorded import measured, record

AT = datetime(2026, 11, 21, 13, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("accepts", "number", "moment"),
    [
        ("", "1,234.5", "21 Nov 2026 14:03 CET"),
        ("en-US,en;q=0.9", "1,234.5", "Nov 21, 2026 14:03 CET"),
        ("en-GB", "1,234.5", "21 Nov 2026 14:03 CET"),
        ("de", "1.234,5", "21.11.2026 14:03 CET"),
        ("de-AT,de;q=0.9,en;q=0.8", "1.234,5", "21.11.2026 14:03 CET"),
        ("de-CH", "1\xa0234,5", "21.11.2026 14:03 CET"),
        ("sv", "1\xa0234,5", "2026-11-21 14:03 CET"),
        ("xx;q=1, fr;q=0.5", "1\xa0234,5", "21/11/2026 14:03 CET"),
        ("no-such-language", "1,234.5", "21 Nov 2026 14:03 CET"),
    ],
)
def test_a_locale_has_its_own_figures(accepts, number, moment):
    from zoneinfo import ZoneInfo

    from django.utils import timezone

    from lockgate.faces.web import reading

    with timezone.override(ZoneInfo("Europe/Brussels")), reading.reading(reading.wished("", accepts)):
        assert (reading.number(1234.5), reading.whole_moment(AT)) == (number, moment)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1000, "1.000"),
        (-1234567, "-1.234.567"),
        (0.12345, "0,123"),
        (Decimal("2.50"), "2,5"),
        (1e21, "1.000.000.000.000.000.000.000"),
        (float("inf"), "inf"),
    ],
)
def test_numbers_keep_what_they_are(value, written):
    from lockgate.faces.web import reading

    with reading.reading("de"):
        assert reading.number(value) == written


def test_outside_of_a_request_everything_is_plain_english():
    from lockgate.faces.web import reading

    with reading.reading("de"):
        pass

    assert (reading.number(1234.5), reading.day(date(2026, 11, 21))) == ("1,234.5", "21 Nov 2026")


def test_a_page_writes_numbers_and_moments_for_its_reader(programme, browser_of):
    [one] = record(programme, measured(unexplained=1234.5))
    browser, address = browser_of("bart"), f"/evidence/{one.number}/"

    german = browser.get(address, headers={"Accept-Language": "de"}).content.decode()
    american = browser.get(address, headers={"Accept-Language": "en-US"}).content.decode()

    assert ("<strong>1.234,5</strong>" in german, "<strong>1,234.5</strong>" in american) == (True, True)


def test_what_is_kept_with_the_account_goes_before_what_the_browser_says(programme, browser_of):
    [one] = record(programme, measured(unexplained=1234.5))
    browser = browser_of("bart", language="de")

    page = browser.get(f"/evidence/{one.number}/", headers={"Accept-Language": "en-US"}).content.decode()

    assert "<strong>1.234,5</strong>" in page


def test_somebody_chooses_their_locale(programme, browser_of):
    from lockgate.tower.people.models import Account

    said = {"name": "Bart", "email": "", "time_zone": "", "language": "de", "theme": ""}

    answer = browser_of("bart").post("/account/", said)

    assert (answer.status_code, Account.objects.get(person="bart").language) == (302, "de")


def test_files_and_programs_read_no_locale(programme, browser_of):
    [one] = record(programme, measured(unexplained=1234.5))
    browser, german = browser_of("bart"), {"Accept-Language": "de"}

    api = browser.get(f"/api/evidence/{one.number}", headers=german).json()
    csv = browser.get("/evidence/?format=csv", headers=german).content

    assert api["payload"]["measures"] == {"unexplained": 1234.5}
    assert csv == browser.get("/evidence/?format=csv").content
