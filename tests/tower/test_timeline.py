"""When does what go live? The waves on a line of months."""

from datetime import date

from lockgate.programme.opening import opened
from lockgate.tower.programme.timeline import timeline


def test_the_line_reaches_from_the_first_wave_to_the_last_and_holds_today(programme):  # T1
    line = timeline(opened(programme), date(2026, 11, 21), open_waves=["pilot"])

    assert [mark.name for mark in line.months] == ["Oct", "Nov", "Dec", "Jan 2027", "Feb", "Mar", "Apr"]
    assert [(mark.key, mark.says, mark.row, mark.late) for mark in line.waves] == [
        ("pilot", "5 Oct 2026", 0, False),
        ("benelux", "18 Jan 2027", 0, False),
        ("germany", "12 Apr 2027", 0, False),
    ]
    assert 0 < line.today < line.waves[1].at < 100


def test_a_wave_whose_day_has_passed_is_late_until_it_is_live(programme):
    line = timeline(opened(programme), date(2026, 11, 21))

    assert [mark.key for mark in line.waves if mark.late] == ["pilot"]


def test_names_that_would_run_into_each_other_stand_on_rows_of_their_own(programme):  # T2
    file = programme / "programme" / "waves.yaml"
    file.write_text(file.read_text().replace("2027-01-18", "2027-04-01").replace("after: [benelux]", "after: []"))

    line = timeline(opened(programme), date(2026, 11, 21))

    assert [(mark.key, mark.row) for mark in line.waves] == [("pilot", 0), ("benelux", 0), ("germany", 1)]


def test_without_a_day_there_is_no_line(programme):
    file = programme / "programme" / "waves.yaml"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "go_live" not in line))

    assert timeline(opened(programme), date(2026, 11, 21)) is None
