"""The verb `lockgate register` on a real workspace and a real ledger, as people type it."""

import json
import subprocess
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays

from lockgate.kernel.errors import Exit
from support.programme import FILES

PEOPLE = """
roles:
  - {key: sponsor, title: Sponsor}
  - {key: analyst, title: Analyst}
  - {key: steering-member, title: Member}
  - {key: site-lead, title: Site lead}
  - {key: design-authority, title: Design authority}
people:
  - {key: ann, roles: [{role: sponsor}, {role: steering-member}]}
  - {key: bob, roles: [{role: site-lead, sites: [benelux]}]}
  - {key: cyd, roles: [{role: analyst}]}
  - {key: dan, roles: [{role: design-authority}]}
  - {key: eve, roles: [{role: design-authority}]}
"""
ASSESSED = ("fit=custom", "cause=product", "priority=high", "option=Build it", "owner=cyd", "value=high")
CUSTOM = (
    "justification=No other way",
    "cost=900",
    "upgrade_risk=low",
    "maintainability=good",
    "security=none",
    "test_cases=otc-01;otc-02",
    "support_effect=None",
    "made_with=module",
)


@pytest.fixture
def register(lockgate, tmp_path, monkeypatch):
    """Run `lockgate register` in a workspace of its own."""
    folder = tmp_path / "meridian"
    for path, text in {**FILES, "programme/people.yaml": PEOPLE}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LOCKGATE_PERSON", "cyd")
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)

    def call(*words):
        return lockgate("register", *words)

    return call


@pytest.fixture
def told(register):
    """Run it and return what `--json` says."""

    def call(*words):
        ran = register(*words, "--json")
        return json.loads(ran.out)

    return call


def test_a_gap_goes_all_its_way(register, told):
    assert register("raise", "gap", "title=Catch weight").out == "GAP-1 is open, version 1.\n"
    assert register("do", "GAP-1", "assess", *ASSESSED).code == Exit.DONE
    assert register("edit", "GAP-1", "--version", "2", *CUSTOM).out == "GAP-1 is assessed, version 3.\n"
    first = register("do", "GAP-1", "approve-custom", "--reason", "Law asks for it", "--by", "dan")
    assert first.out == "GAP-1 is assessed, version 3.\n"
    second = told("do", "GAP-1", "approve-custom", "--reason", "Yes", "--by", "eve")
    assert (second["done"], second["records"][0]["state"], second["refusals"]) == (True, "decided", [])
    shown = told("show", "GAP-1")
    assert [(one["transition"], one["by"]) for one in shown["steps"]] == [("assess", "cyd"), ("approve-custom", "eve")]
    assert [(one["by"], one["yes"]) for one in shown["steps"][1]["votes"]] == [("dan", True), ("eve", True)]
    assert shown["next"] == ["defer", "retire", "reopen"]
    assert shown["test_cases"] == ["otc-01", "otc-02"]
    text = register("show", "GAP-1").out
    assert "Fit class" in text
    assert "eve: approve-custom. Yes" in text


def test_the_list_has_the_keys_of_the_contract(register, told):
    register("raise", "risk", "title=Late", "severity=high")
    (row,) = told("list", "risk")
    assert list(row)[:3] == ["id", "state", "title"]
    assert (row["id"], row["state"], row["title"], row["severity"]) == ("RISK-1", "open", "Late", "high")
    assert (row["owner"], row["version"], row["tags"], row["overdue"]) == (None, 1, [], False)


def test_lists_are_filtered_sorted_and_asked_as_of_then(register, told):
    for title in ("b", "c", "a"):
        register("raise", "gap", f"title={title}")
    register("edit", "GAP-2", "priority=high")
    assert [one["id"] for one in told("list", "gaps", "--sort", "title")] == ["GAP-3", "GAP-1", "GAP-2"]
    assert [one["id"] for one in told("list", "gap", "--where", "priority = high")] == ["GAP-2"]
    assert told("list", "gap", "--as-of", "yesterday") == []
    assert [one["priority"] for one in told("list", "gap", "--as-of", "4")] == [None, None, None]
    assert "Raise one" in register("list", "defect").out
    assert register("list", "gap").out.splitlines()[1].startswith("GAP-1  Open")


def test_the_registers_are_listed_with_what_they_answer(register, told):
    register("raise", "gap", "title=One")
    rows = told("list")
    assert len(rows) == 19
    assert [one for one in rows if one["records"]] == [
        {
            "register": "gap",
            "records": 1,
            "about": "Where does the business not fit the standard, and what is done about it?",
        }
    ]
    assert "change-request" in register("list").out
    assert "approve-custom" in register("explain", "gap").out
    assert told("explain", "gap")["prefix"] == "GAP"


def test_every_reason_why_not_is_told(register, told):
    register("raise", "gap", "title=One")
    ran = register("do", "GAP-1", "decide")
    assert (ran.code, ran.out) == (Exit.REFUSED, "")
    assert "cyd may not take the step 'decide' of GAP-1." in ran.err
    assert "cyd raised it" in ran.err
    assert "'decide' needs a reason." in ran.err
    refusals = told("do", "GAP-1", "decide")["refusals"]
    assert [one["code"] for one in refusals][:2] == ["no-right", "separation-of-duties"]


def test_the_exit_code_says_whose_move_it_is(register):
    register("raise", "gap", "title=One")
    register("edit", "GAP-1", "priority=high")
    assert register("edit", "GAP-1", "--version", "1", "priority=low").code == Exit.NO
    assert register("raise", "gap", "priority=high").code == Exit.USAGE
    assert register("raise", "gap", "titel=One").code == Exit.USAGE
    assert register("raise", "gap", "title").code == Exit.USAGE
    assert register("raise", "gap", "title=x", "cost=1,5").code == Exit.USAGE
    assert register("raise", "gaps-and-more", "title=x").code == Exit.USAGE
    assert register("list", "gap", "--where", "nonsense").code == Exit.USAGE
    assert register("show", "GAP-9").code == Exit.USAGE
    assert register("show", "GAP-1", "--as-of", "0").code == Exit.USAGE
    assert register("raise", "gap", "title=x", "--by", "nobody").code == Exit.USAGE
    assert "already" in register("edit", "GAP-1", "priority=high").err


def test_comments_links_and_tags(register, told):
    register("raise", "gap", "title=One")
    register("raise", "risk", "title=Late")
    assert register("comment", "GAP-1", "Seen at the dock").code == Exit.DONE
    register("link", "GAP-1", "causes", "RISK-1")
    register("tag", "GAP-1", "night", "cold")
    register("tag", "GAP-1", "cold", "--undo")
    shown = told("show", "GAP-1")
    assert [one["text"] for one in shown["comments"]] == ["Seen at the dock"]
    assert (shown["tags"], shown["links"]) == (["night"], [{"relation": "causes", "to": "RISK-1"}])
    text = register("show", "RISK-1").out
    assert "is caused by GAP-1" in text
    assert "cyd says: Seen at the dock" in register("show", "GAP-1").out
    register("link", "GAP-1", "causes", "RISK-1", "--undo")
    assert told("show", "RISK-1")["linked_from"] == []


def test_a_file_is_kept_and_attached(register, told, tmp_path):
    register("raise", "gap", "title=One", "legal=yes")
    for text in ("a report", "another"):
        (tmp_path / "report.txt").write_text(text)
        assert register("attach", "GAP-1", "evidence", str(tmp_path / "report.txt")).code == Exit.DONE
    shown = told("show", "GAP-1")
    assert len(shown["evidence"]) == 2
    kept = tmp_path / "meridian" / ".lockgate" / "artifacts"
    assert all(any(digest[2:] in path.name for path in kept.rglob("*")) for digest in shown["evidence"])
    assert "yes" in register("show", "GAP-1").out
    ran = register("attach", "GAP-1", "story", str(tmp_path / "report.txt"))
    assert (ran.code, "There are: evidence." in ran.err) == (Exit.USAGE, True)


def test_votes_that_stand_are_shown(register):
    register("raise", "decision", "title=Two waves", "body=steering", "options=a", "facts=b", "decided=c")
    assert register("do", "DEC-1", "decide", "--no", "--reason", "Too early", "--by", "ann").code == Exit.DONE
    assert "ann says no to decide. Too early" in register("show", "DEC-1").out


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_register_goes_out_and_comes_back(register, told, kind):
    register("raise", "gap", "title==1+1", "cost=12.5", "due=2027-03-31")
    assert register("export", "gap", f"gaps.{kind}").err == f"1 record in gaps.{kind}.\n"
    answer = told("import", "gap", f"gaps.{kind}")
    assert answer == {
        "done": True,
        "raised": [],
        "edited": [],
        "unchanged": [2],
        "wrong": [],
        "events": [],
        "findings": [],
    }


def test_an_import_is_all_or_nothing_unless_in_part(register, told, tmp_path):
    file = tmp_path / "gaps.csv"
    file.write_text("title,cost\nOne,5\nTwo,many\n", encoding="utf-8")
    ran = register("import", "gap", str(file))
    assert ran.code == Exit.USAGE
    assert ran.out.splitlines() == [
        "gaps.csv!B3 Cost: 'many' is no number. Write digits, with a point before decimals and nothing else.",
        "Nothing was written.",
        "Rows that change nothing: 0.",
        "Rows that are wrong: 1 (3).",
        "Repair them, or write the others with --partial.",
    ]
    assert told("list", "gap") == []
    assert "Records would be raised: 1, edited: 0." in register("import", "gap", str(file), "--check").out
    assert told("list", "gap") == []
    answer = told("import", "gap", str(file), "--partial")
    assert (answer["done"], answer["raised"], answer["wrong"]) == (True, [2], [3])
    assert [one["title"] for one in told("list", "gap")] == ["One"]


def test_only_spreadsheets_are_written(register):
    assert register("export", "gap", "gaps.pdf").code == Exit.USAGE


def test_what_is_late_is_told_with_who_should_hear_of_it(register, told):
    assert register("late").out == "Nothing is late.\n"
    register("raise", "gap", "title=One", "due=2020-01-01", "owner=bob")
    ran = register("late", "gap")
    assert ran.code == Exit.NO
    assert "process-owner: nobody" in ran.out
    (row,) = told("late")
    assert (row["id"], row["owner"], row["escalates_to"]) == ("GAP-1", "bob", "process-owner")
    assert row["escalated"] == [{"role": "process-owner", "since": row["due_at"], "people": []}]
    assert told("late", "--as-of", "1") == []
    heard = [(one["person"], one["id"], one["why"], one["about"]) for one in told("notices")]
    assert heard == [("", "GAP-1", "escalated", "process-owner"), ("bob", "GAP-1", "overdue", "")]
    assert [one["why"] for one in told("notices", "bob")] == ["overdue"]
    assert told("notices", "ann") == []
    assert "nobody  GAP-1  One    escalated process-owner" in register("notices").out
    assert register("notices", "zoe").code == Exit.USAGE
    assert "(late)" in register("show", "GAP-1").out
    assert "late" in register("list", "gap").out


def test_signals_raise_their_risks_once(register, told):
    assert register("signals").out == "All is quiet.\n"
    for number in range(6):
        register("raise", "action", f"title={number}", "owner=bob", "due=2020-01-01")
    ran = register("signals", "--raise")
    assert (ran.code, ran.err) == (Exit.NO, "1 risk raised or brought up to date.\n")
    assert register("signals", "--raise").err == "0 risks raised or brought up to date.\n"
    (risk,) = told("list", "risk")
    assert (risk["signal"], risk["raised_by"]) == ("actions-overdue", "lockgate")
    assert told("signals")[0]["records"] == [f"ACT-{number}" for number in range(1, 7)]


def test_what_can_be_done_next_is_told_with_why_not_the_rest(register, told):
    register("raise", "gap", "title=One")
    answer = told("next", "GAP-1", "--by", "dan")
    assert (answer["id"], answer["state"], answer["version"], answer["may_edit"]) == ("GAP-1", "open", 1, False)
    steps = {one["step"]: one for one in answer["steps"]}
    assert steps["approve-custom"]["votes"] == {"needed": 2, "yes": [], "no": [], "lacking": 2}
    assert not steps["approve-custom"]["may"]
    text = register("next", "GAP-1").out
    assert text.startswith("GAP-1, version 1, lets you take:\n  assess with ")
    assert "\n  edit\n" in text
    assert "Not edit:\n  dan may not edit GAP-1." in register("next", "GAP-1", "--by", "dan").out


def test_votes_that_are_lacking_are_told(register):
    register("raise", "decision", "title=Two waves", "body=steering", "options=a", "facts=b", "decided=c")
    assert "votes are lacking)" in register("next", "DEC-1", "--by", "ann").out


def test_the_history_of_a_record_tells_what_each_change_changed(register, told):
    register("raise", "gap", "title=One")
    register("raise", "gap", "title=Other")
    register("edit", "GAP-1", "priority=high", "test_cases=a;b")
    register("comment", "GAP-1", "Seen")
    register("tag", "GAP-1", "night")
    register("link", "GAP-2", "blocks", "GAP-1")
    happened = told("history", "GAP-1")
    assert [one["happened"] for one in happened] == ["raised", "edited", "commented", "tagged", "linked"]
    assert happened[1]["changes"][0] == {"field": "priority", "old": None, "new": "high"}
    lines = [line[17:] if line[0] == "2" else line for line in register("history", "GAP-1").out.splitlines()]
    assert lines == [
        "cyd: raised",
        "  Title: nothing → One",
        "cyd: edited",
        "  Business priority: nothing → high",
        "  Test cases: nothing → a, b",
        "cyd: commented: Seen",
        "cyd: tagged: night",
        "cyd: linked by GAP-2: blocks GAP-1",
    ]


def test_working_days_are_those_of_the_site_of_a_record(register, told, tmp_path):
    """Belgium works on Mondays and Fridays here, Holland never; the web shop counts as the programme, like Belgium."""
    own = tmp_path / "meridian" / "programme" / "registers" / "task.yaml"
    own.parent.mkdir()
    own.write_text(
        "register: task\ntitle: Task\nplural: Tasks\nprefix: TASK\n"
        "fields: [{key: title, title: Title, kind: text, required: true}, {key: site, title: Site, kind: site}]\n"
        "states: [{key: open, title: Open, due_in: 1 working day}, {key: done, title: Done, open: false}]\n"
        "transitions: [{key: end, title: End, from: [open], to: done, who: [anyone], event: ended}]\n"
    )
    for site in ("ghent", "web", "breda"):
        register("raise", "task", "title=One", f"site={site}")
    rows = told("list", "task")
    since = datetime.fromisoformat(rows[0]["raised_at"]).astimezone(ZoneInfo("Europe/Brussels")).date()
    due = [datetime.fromisoformat(row["due_at"]).astimezone(ZoneInfo("Europe/Brussels")) for row in rows]
    worked = [since + timedelta(days=number) for number in range(1, 40)]
    days = [day for day in worked if day.weekday() in {0, 4} and day not in country_holidays("BE", years=day.year)]
    assert [one.date() - timedelta(days=1) for one in due[:2]] == [days[0], days[0]]
    assert due[2].date() - timedelta(days=1) == since + timedelta(days=7 + 366)


def test_the_past_is_listed_by_what_was_declared_then(register, told, tmp_path, monkeypatch):
    folder = tmp_path / "meridian"
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "ann")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ann@example.com")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2020-01-01T00:00:00Z")
    for words in (("init",), ("add", "programme", "lockgate.toml"), ("commit", "-m", "Begin")):
        subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True)
    register("raise", "gap", "title=One")
    own = folder / "programme" / "registers" / "gap.yaml"
    own.parent.mkdir()
    own.write_text("register: gap\nextends: true\nfields: [{key: sponsor, title: Sponsor, kind: person}]\n")
    now, then = told("list", "gap")[0], told("list", "gap", "--as-of", "2")[0]
    assert ("sponsor" in now, "sponsor" in then, then["title"]) == (True, False, "One")
    assert "sponsor" not in told("show", "GAP-1", "--as-of", "2")
    ran = register("list", "gap", "--as-of", "2019-01-01")
    assert ran.err == "git does not tell how the workspace was then: it is read as it is today.\n"
