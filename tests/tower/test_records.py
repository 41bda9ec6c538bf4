"""The page of a record, and what is done from it: the same as by the API and the command line."""

import io
import json
import re

import pytest
from django.utils.html import escape

from lockgate.app.main import run

VOTE = {"vote": "yes", "reason": "Simpler"}


@pytest.fixture
def shell(programme, capsys):
    """Return a way to use the command line on the programme: `shell("show", "GAP-1")` gives what `--json` says."""

    def do(*words, by=None):
        capsys.readouterr()
        run(("register", *words, *(("--by", by) if by else ()), "--workspace", str(programme), "--json"))
        return json.loads(capsys.readouterr().out)

    return do


@pytest.fixture
def gap(shell):
    """A gap that ilias raised and owns."""
    return shell("raise", "gap", "title=Catch weight", "owner=ilias", by="ilias")["records"][0]["id"]


def test_the_api_shows_what_the_command_line_shows(gap, shell, browser_of):
    shell("comment", gap, "Seen with the vendor", by="bart")
    ilias = browser_of("ilias")

    assert ilias.get(f"/api/record/{gap}").json() == shell("show", gap)
    assert ilias.get(f"/api/record/{gap}/history").json() == shell("history", gap)
    assert ilias.get(f"/api/record/{gap}/next").json() == shell("next", gap, by="ilias")
    assert ilias.get(f"/api/record/{gap}?as-of=2").json() == shell("show", gap, "--as-of", "2")


def test_a_record_is_raised_by_the_form_and_whoever_is_signed_in_raised_it(programme, shell, browser_of):
    typed = {"title": "Stock", "site": ["ghent", "liege"], "cost": "12.50", "due": "2027-01-31", "raised_by": "anna"}

    answer = browser_of("bart").post("/register/risk/new/", typed)

    assert (answer.status_code, answer["Location"]) == (302, "/register/risk/RISK-1/")
    found = shell("show", "RISK-1")
    assert {key: found[key] for key in (*typed,)} == {
        "title": "Stock", "site": ["ghent", "liege"], "cost": 12.5, "due": "2027-01-31", "raised_by": "bart",
    }  # fmt: skip


def test_what_was_typed_stays_and_every_fault_stands_at_its_field(programme, browser_of):
    page = browser_of("bart").post("/register/risk/new/", {"cost": "a lot", "due": "soon", "response": "Ask again"})

    said = page.content.decode()
    assert page.status_code == 422
    assert set(re.findall(r'id="wrong-(\w+)"', said)) == {"cost", "title", "due"}
    assert 'value="a lot"' in said
    assert ">Ask again</textarea>" in said


def test_who_comes_second_learns_who_changed_what_and_overwrites_nothing_else(gap, shell, browser_of):
    ilias = browser_of("ilias")
    form = fields(ilias.get(f"/register/gap/{gap}/edit/"))
    shell("edit", gap, "priority=high", by="ilias")

    refused = ilias.post(f"/register/gap/{gap}/edit/", {**form, "days": "5"})
    assert refused.status_code == 422
    assert "Changed since by ilias" in refused.content.decode()
    kept = ilias.post(f"/register/gap/{gap}/edit/", {**form, "days": "5", "version": "2"})

    assert kept.status_code == 302
    found = shell("show", gap)
    assert (found["days"], found["priority"], found["version"]) == (5, "high", 3)


def test_a_cell_is_opened_kept_and_refused_where_it_stands(gap, shell, browser_of):
    ilias, there, htmx = (
        browser_of("ilias"),
        f"/register/gap/{gap}/cell/priority/?columns=priority",
        {"HX-Request": "true"},
    )
    opened = ilias.get(there, headers=htmx).content.decode()
    assert re.findall(r'name="version" value="(\d)"', opened) == ["1"]

    kept = ilias.post(there, {"version": "1", "priority": "high"}, headers=htmx)
    refused = ilias.post(there, {"version": "1", "priority": "low"}, headers=htmx)

    assert (kept["HX-Retarget"], kept["HX-Reswap"]) == (f"#row-{gap}", "outerHTML")
    assert re.findall(r'<td data-title="([^"]+)"', kept.content.decode()) == ["Business priority"]
    assert "is at version 2, not 1" in refused.content.decode()
    assert '<option value="low" selected>' in refused.content.decode()
    assert shell("show", gap)["priority"] == "high"


def test_without_a_script_a_cell_leads_to_the_form(gap, browser_of):
    answer = browser_of("ilias").get(f"/register/gap/{gap}/cell/priority/")

    assert answer["Location"] == f"/register/gap/{gap}/edit/#field-priority"


def test_a_step_asks_for_what_it_needs_and_is_taken_with_it(gap, shell, browser_of):
    ilias, needed = browser_of("ilias"), ["fit", "cause", "priority", "option", "owner", "value"]
    page = ilias.get(f"/register/gap/{gap}/").content.decode()
    assert sorted(re.findall(r'id="assess-field-(\w+)"', page)) == sorted(needed)

    refused = ilias.post(f"/register/gap/{gap}/do/assess/", {"version": "1", "fit": "custom", "option": "Own module"})
    assert refused.status_code == 422
    assert ">Own module</textarea>" in refused.content.decode()
    typed = {"fit": "custom", "cause": "product", "priority": "high", "option": "Own", "owner": "ilias", "value": "low"}
    done = ilias.post(f"/register/gap/{gap}/do/assess/", {"version": "1", **typed})

    assert (done.status_code, shell("show", gap)["state"]) == (302, "assessed")


def test_who_may_not_take_a_step_is_told_why_and_refused(gap, shell, browser_of):
    bart = browser_of("bart")

    page = bart.get(f"/register/gap/{gap}/").content.decode()
    refused = bart.post(f"/register/gap/{gap}/do/assess/", {"version": "1"})

    assert "bart may not take the step" in page.replace("&#x27;", "'")
    assert f'action="/register/gap/{gap}/do/assess/"' not in page
    assert (refused.status_code, shell("show", gap)["state"]) == (422, "open")


def test_votes_are_cast_counted_and_decide_together(shell, browser_of):
    shell(
        "raise", "decision", "title=One chart", "body=steering", "options=A or B", "facts=Both", "decided=A", by="bart"
    )
    there = "/register/decision/DEC-1/do/decide/"

    browser_of("anna").post(there, VOTE)
    page = browser_of("clara").get("/register/decision/DEC-1/").content.decode()
    assert "1 of 2 votes lacking" in page
    assert shell("show", "DEC-1")["state"] == "asked"
    browser_of("olaf").post(there, VOTE)

    assert shell("show", "DEC-1")["state"] == "decided"


def test_a_no_needs_a_reason_and_is_kept_with_it(shell, browser_of):
    shell(
        "raise", "decision", "title=One chart", "body=steering", "options=A or B", "facts=Both", "decided=A", by="bart"
    )
    there, anna = "/register/decision/DEC-1/do/decide/", browser_of("anna")

    assert anna.post(there, {"vote": "no"}).status_code == 422
    assert anna.post(there, {"vote": "no", "reason": "Too early"}).status_code == 302
    assert [(vote["by"], vote["yes"], vote["reason"]) for vote in shell("show", "DEC-1")["votes"]] == [
        ("anna", False, "Too early")
    ]


def test_comments_links_and_tags_are_put_on_and_taken_off(gap, shell, browser_of):
    shell("raise", "risk", "title=Late", by="bart")
    ilias, there = browser_of("ilias"), f"/register/gap/{gap}/"

    statuses = [
        ilias.post(f"{there}{part}/", said).status_code
        for part, said in (
            ("comment", {"text": "Hello"}),
            ("comment", {"text": " "}),
            ("link", {"relation": "causes", "to": "RISK-1"}),
            ("link", {"relation": "causes", "to": "RISK-9"}),
            ("tag", {"tags": "cold pilot"}),
            ("tag", {"tags": "pilot", "undo": "yes"}),
        )
    ]

    found = shell("show", gap)
    assert statuses == [302, 422, 302, 422, 302, 302]
    assert [one["text"] for one in found["comments"]] == ["Hello"]
    assert (found["links"], found["tags"]) == ([{"relation": "causes", "to": "RISK-1"}], ["cold"])
    assert "is caused by" in ilias.get("/register/risk/RISK-1/").content.decode()
    ilias.post(f"{there}link/", {"relation": "causes", "to": "RISK-1", "undo": "yes"})
    assert shell("show", gap)["links"] == []


def test_a_file_is_kept_with_its_secrets_masked_and_only_saved_by_a_browser(gap, shell, browser_of):
    ilias = browser_of("ilias")
    ilias.post(f"/register/gap/{gap}/attach/", {"field": "evidence", "version": "1", "file": file(b"<b>seen</b>")})

    [digest] = shell("show", gap)["evidence"]
    answer = ilias.get(f"/register/gap/{gap}/file/{digest}/")
    assert answer.content == b"<b>seen</b>"
    assert {key: answer[key] for key in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": 'attachment; filename="paper.txt"',
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert ilias.get(f"/register/gap/{gap}/file/{'0' * 64}/").status_code == 404


@pytest.mark.parametrize(
    "called",
    [
        ("Anna's notes.txt", "Anna's notes.txt", 'attachment; filename="Anna\'s notes.txt"'),
        ('x".exe', 'x".exe', 'attachment; filename="x\\".exe"'),
        ("a\r\nSet-Cookie: b.txt", "a Set-Cookie: b.txt", 'attachment; filename="a Set-Cookie: b.txt"'),
        ("<script>x.txt", "<script>x.txt", 'attachment; filename="<script>x.txt"'),
        ("Köln\u202efdp.exe", "Kölnfdp.exe", "attachment; filename*=utf-8''K%C3%B6lnfdp.exe"),
        ("y" * 240 + ".pdf", "y" * 116 + ".pdf", f'attachment; filename="{"y" * 116}.pdf"'),
    ],
)
def test_a_file_keeps_its_name_made_harmless_on_every_face(called, gap, shell, browser_of, tmp_path):
    said, name, header = called
    ilias, path = browser_of("ilias"), tmp_path / said
    path.write_bytes(b"seen")
    shell("attach", gap, "evidence", str(path), by="ilias")
    [digest] = shell("show", gap)["evidence"]

    assert shell("show", gap)["files"] == [{"field": "evidence", "digest": digest, "name": name}]
    assert ilias.get(f"/api/record/{gap}").json() == shell("show", gap)
    pages = [f"/register/gap/{gap}/", "/register/gap/?columns=evidence", f"/artifact/{digest}/"]
    assert [escape(name) in ilias.get(one).content.decode() for one in pages] == [True] * 3
    downloads = [f"/register/gap/{gap}/file/{digest}/", f"/artifact/{digest}/content/"]
    assert [_offered(ilias, one) for one in downloads] == [header] * 2


def test_a_name_is_told_to_those_alone_who_see_a_record_with_the_file(shell, browser_of, tmp_path):
    path = tmp_path / "Kündigung Anna.txt"
    path.write_text("seen", encoding="utf-8")
    for site, by in (("ghent", "ilias"), ("liege", "ilias")):
        record = shell("raise", "gap", "title=One", f"site={site}", f"owner={by}", by=by)["records"][0]["id"]
        named = path if site == "liege" else path.with_name("plan.txt")
        named.write_text("seen", encoding="utf-8")
        shell("attach", record, "evidence", str(named), by=by)
    [digest] = shell("show", "GAP-1")["evidence"]

    daan = browser_of("daan")
    page = daan.get(f"/artifact/{digest}/").content.decode()

    assert ("plan.txt" in page, "Kündigung" in page) == (True, False)
    assert _offered(daan, f"/artifact/{digest}/content/") == 'attachment; filename="plan.txt"'
    assert "Kündigung Anna.txt" in browser_of("bart").get(f"/artifact/{digest}/").content.decode()


def test_who_may_not_change_a_record_can_not_rename_its_file(gap, shell, browser_of):
    browser_of("ilias").post(f"/api/record/{gap}/attach", {"field": "evidence", "file": file(b"seen", "mine.txt")})
    browser_of("daan").post(f"/api/record/{gap}/attach", {"field": "evidence", "file": file(b"seen", "theirs.txt")})

    assert [one["name"] for one in shell("show", gap)["files"]] == ["mine.txt"]


def test_a_file_that_is_too_large_or_empty_is_refused_with_what_to_do(gap, browser_of, monkeypatch):
    from lockgate.tower.seeing import acting

    monkeypatch.setattr(acting, "LARGEST", 10)
    ilias, there = browser_of("ilias"), f"/register/gap/{gap}/attach/"

    for content in (b"x" * 11, b""):
        answer = ilias.post(there, {"field": "evidence", "version": "1", "file": file(content)})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()


def test_the_api_changes_records_as_the_command_line_does(programme, shell, browser_of):
    ilias = browser_of("ilias")

    def put(path, said, method="post"):
        return getattr(ilias, method)(path, said, content_type="application/json").json()

    raised = put("/api/register/gap", {"values": {"title": "Catch weight", "owner": "ilias"}})
    assert set(raised) == set(shell("raise", "gap", "title=Other", by="ilias"))
    assert raised["records"][0]["id"] == "GAP-1"
    assert put("/api/record/GAP-1", {"version": 1, "values": {"days": 3}}, "patch")["done"]
    assert [
        one["code"] for one in put("/api/record/GAP-1", {"version": 1, "values": {"days": 4}}, "patch")["refusals"]
    ] == ["stale-version"]
    assert put("/api/record/GAP-1/comment", {"text": "Hello"})["done"]
    assert put("/api/record/GAP-1/tag", {"tags": ["cold"]})["done"]
    assert put("/api/record/GAP-1/link", {"relation": "relates", "to": "GAP-2"})["done"]
    assert put("/api/record/GAP-1/do/retire", {"reason": "Gone"})["refusals"][0]["code"] == "no-right"
    assert ilias.post("/api/record/GAP-1/attach", {"field": "evidence", "file": file(b"seen")}).json()["done"]
    assert ilias.get("/api/record/GAP-1").json() == shell("show", "GAP-1")
    assert shell("show", "GAP-1")["raised_by"] == "ilias"


def test_an_account_that_the_workspace_does_not_know_acts_on_nothing(gap, browser_of):
    keeper = browser_of("keeper", administrator=True)

    answer = keeper.post(f"/register/gap/{gap}/comment/", {"text": "Hello"})

    assert answer.status_code == 403
    assert "The workspace knows nobody called" in answer.content.decode()


def test_a_form_leads_back_to_a_page_of_ours_and_nowhere_else(gap, browser_of):
    ilias = browser_of("ilias")

    back = [
        ilias.post(f"/register/gap/{gap}/comment/", {"text": "Hello", "next": there})["Location"]
        for there in ("/register/gap/board/?state=open", "https://evil.example/", "//evil.example/")
    ]

    assert back == ["/register/gap/board/?state=open", f"/register/gap/{gap}/", f"/register/gap/{gap}/"]


def test_the_page_of_the_past_has_no_forms_to_change_it(gap, browser_of):
    page = browser_of("ilias").get(f"/register/gap/{gap}/?as-of=2").content.decode()

    assert "as of 2" in page
    assert f'action="/register/gap/{gap}/' not in page


def test_records_to_refer_to_are_found_by_their_words(programme, shell, browser_of):
    for title in ("Late counts", "Tax unclear"):
        shell("raise", "risk", f"title={title}", by="bart")
    shell("raise", "gap", "title=Tax codes", by="ilias")

    found = browser_of("bart").get("/record/options/?of=risk&name=risks&risks=tax").content.decode()

    assert re.findall(r'<option value="([^"]+)">([^<]+)<', found) == [("RISK-2", "Tax unclear")]


def fields(answer):
    """Return what the form on a page holds, as a browser would send it."""
    said = answer.content.decode()
    inputs = re.findall(r'<input [^>]*?name="(\w+)"[^>]*?value="([^"]*)"', said)
    chosen = re.findall(r'name="(\w+)"[^>]*>(?:(?!</select>).)*?<option value="([^"]*)" selected', said)
    return {key: value for key, value in (*inputs, *chosen) if key != "csrfmiddlewaretoken"}


def _offered(browser, url):
    """Return under which name a file is offered, once it was read."""
    answer = browser.get(url)
    assert answer.getvalue() == b"seen"
    return answer["Content-Disposition"]


def file(content, name="paper.txt"):
    kept = io.BytesIO(content)
    kept.name = name
    return kept
