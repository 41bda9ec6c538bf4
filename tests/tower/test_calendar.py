"""The dates of the programme: what is declared, what is due, for whom, and as a file for one's own calendar."""

import re
from datetime import UTC, date, datetime

import pytest

from lockgate.tower.programme.dates import Dated, Kind
from lockgate.tower.programme.ics import ics
from support.recorded import SCRIPT

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def _raise(root, title, due, owner="daan", site="ghent"):
    from lockgate.app.main import run

    said = (f"title={title}", f"site={site}", f"owner={owner}", "severity=sev2", f"due={due}")
    assert run(("register", "raise", "issue", *said, "--by", "bart", "--workspace", str(root))) == 0


def _told(browser, month, **asks):
    return browser.get("/api/programme/calendar", {"month": month, **asks}).json()


def test_a_month_has_its_periods_and_holidays(programme, browser_of):
    told = _told(browser_of("bart"), "2026-12")

    assert [
        (one["first"], one["last"], one["kind"], one["title"], one["where"]) for one in told if one["kind"] != "holiday"
    ] == [
        ("2026-11-20", "2026-12-31", "peak", "Christmas business", "Ghent warehouse"),
        ("2026-11-29", "2026-12-03", "close", "Month end", ""),
        ("2026-12-22", "2027-01-04", "blackout", "End of the year", ""),
        ("2026-12-30", "2027-01-03", "close", "Month end", ""),
    ]
    holidays = [(one["first"], one["where"]) for one in told if one["kind"] == "holiday"]
    germany = "Meridian Deutschland"
    assert holidays == [("2026-12-24", germany), ("2026-12-25", ""), ("2026-12-26", germany)]


def test_a_wave_is_on_the_day_on_which_it_goes_live(programme, browser_of):
    [live] = [one for one in _told(browser_of("bart"), "2027-01") if one["kind"] == "go-live"]

    assert (live["first"], live["title"], live["where"], live["url"]) == (
        "2027-01-18",
        "Ghent and the web shop",
        "Ghent warehouse, Web shop",
        "/gate/?scope=wave:benelux",
    )


def test_what_is_of_another_site_is_not_told(programme, browser_of):  # K1
    _raise(programme, "Ours", "2026-12-09")
    _raise(programme, "Theirs", "2026-12-09", owner="elise", site="liege")
    daan = browser_of("daan")

    told = _told(daan, "2026-12")
    page = daan.get("/programme/calendar/?month=2026-12").content.decode()

    assert [one["title"] for one in told if one["kind"] == "record"] == ["ISS-1 Ours"]
    assert [one["title"] for one in told if one["title"] == "Christmas Eve"] == []  # Germany's
    assert {one["where"] for one in told} == {"", "Issue"}
    assert "Theirs" not in page
    assert "Pilot in Liège" not in str(_told(daan, "2026-10"))


def test_the_page_shows_what_programs_are_told_and_narrows_it(programme, browser_of):
    _raise(programme, "Ours", "2026-12-09")
    daan = browser_of("daan")
    rows = re.compile(r'<tr><th scope="row" class="nowrap">')

    page = daan.get("/programme/calendar/?month=2026-12").content.decode()
    narrowed = daan.get("/programme/calendar/?month=2026-12&kind=peak").content.decode()
    mine = daan.get("/programme/calendar/?month=2026-12&mine=on").content.decode()

    told = _told(daan, "2026-12")
    assert [len(rows.findall(text)) for text in (page, narrowed, mine)] == [len(told), 1, 1]
    assert ("ISS-1 Ours" in mine, "ISS-1 Ours" in narrowed) == (True, False)
    assert page.count('<td class="') == 35  # five weeks, from the last of November on


def test_midnight_is_due_on_the_day_before(programme, browser_of):  # K2
    _raise(programme, "Ours", "2026-11-30")

    months = [
        [one["title"] for one in _told(browser_of(who), month) if one["kind"] == "record"]
        for who, month in (("daan", "2026-11"), ("bart", "2026-12"))
    ]

    assert months == [["ISS-1 Ours"], []]


def test_as_of_the_past_nothing_is_told_of_what_came_later_and_links_keep_the_moment(programme, browser_of):
    from support.recorded import happen

    happen(programme, "gate.refused", gate="go-live", scope="site:ghent", by="bart")
    _raise(programme, "Later", "2026-12-09")
    bart = browser_of("bart")

    told = [one["title"] for one in _told(bart, "2026-12", **{"as-of": "1"}) if one["kind"] == "record"]
    page = bart.get("/programme/calendar/?month=2027-01&as-of=1").content.decode()

    main = page[page.index('<main id="main"') : page.index("</main>")]
    inner = [link for link in re.findall(r'href="([^"#]+)"', main) if not link.endswith(".ics")]
    assert told == []
    assert [link for link in inner if "as-of=1" not in link] == []
    assert any(link.startswith("/gate/") for link in inner)


@pytest.mark.parametrize("said", ["2026-13", "x", "2026-11-01", SCRIPT])
def test_a_month_that_is_none_is_refused(programme, browser_of, said):
    answer = browser_of("bart").get("/programme/calendar/", {"month": said})

    assert (answer.status_code, SCRIPT in answer.content.decode()) == (400, False)


def test_what_is_due_for_one_is_a_file_for_one_s_own_calendar(programme, browser_of):
    _raise(programme, "Ours, and; more", "2026-12-09")
    _raise(programme, "Bart's", "2026-12-10", owner="bart")

    answer = browser_of("daan").get("/programme/calendar.ics")
    said = answer.content.decode()

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert re.findall(r"SUMMARY:(.*)\r\n", said) == ["ISS-1 Ours\\, and\\; more"]
    assert re.findall(r"DT(?:START|END);VALUE=DATE:(\d+)", said) == ["20261209", "20261210"]
    assert "URL:http://127.0.0.1:8070/register/issue/ISS-1/" in said


def test_no_title_adds_a_line_to_the_file_and_long_ones_are_folded():  # I2
    title = "Ä" * 80 + "\r\nATTENDEE:mailto:eve@example.com"
    one = Dated(date(2026, 12, 9), date(2026, 12, 9), Kind.RECORD, title, "", "/x/", key="x")

    lines = ics([one], name="N", address="http://t", moment=NOW).split("\r\n")

    assert (max(len(line.encode()) for line in lines) <= 75, lines[0], lines[-1]) == (True, "BEGIN:VCALENDAR", "")
    unfolded = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
    assert [line for line in unfolded if line.startswith("ATTENDEE")] == []
    assert f"SUMMARY:{'Ä' * 80} ATTENDEE:mailto:eve@example.com" in unfolded


def test_the_same_thing_has_the_same_id_wherever_its_day_is():  # I1
    files = [
        ics(
            [Dated(date(2026, 12, day), date(2026, 12, day), Kind.RECORD, "T", "", "/x/", key="x")],
            name="N",
            address="http://t",
            moment=NOW,
        )
        for day in (1, 2)
    ]

    first, second = (re.findall(r"UID:(\w+)@", file) for file in files)
    assert (first == second, len(first)) == (True, 1)


def test_a_name_of_a_period_is_shown_as_text(programme, browser_of):
    path = programme / "programme" / "calendars.yaml"
    path.write_text(path.read_text().replace("name: Month end", f"name: '{SCRIPT}'"))

    page = browser_of("bart").get("/programme/calendar/?month=2026-12").content.decode()

    assert (SCRIPT in page, "&lt;script&gt;" in page) == (False, True)


def test_a_month_with_one_and_with_three_records_asks_the_database_as_often(programme, browser_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bart = browser_of("bart")
    counts = []
    for number in range(1, 4):
        _raise(programme, f"N{number}", "2026-12-09")
        bart.get("/programme/calendar/?month=2026-12")
        with CaptureQueriesContext(connection) as queries:
            bart.get("/programme/calendar/?month=2026-12")
        counts.append(len(queries))

    assert counts == [counts[0]] * 3
