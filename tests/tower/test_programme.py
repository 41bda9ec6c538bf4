"""The first page, and the same from the API and the command line."""

import json
import re

from lockgate.app.main import run


def test_who_is_not_signed_in_is_sent_to_the_door_and_back_again(programme, client):
    answer = client.get("/?as-of=yesterday")

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2F%3Fas-of%3Dyesterday")


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(programme, client):
    answer = client.get("/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/account/login/?next=%2F&ended=yes")


def test_whoever_signs_in_again_comes_back_to_the_page_around_the_part(programme, client):
    def there(around):
        return client.get("/notice/count/", headers={"HX-Request": "true", "HX-Current-URL": around})["HX-Redirect"]

    assert there("http://127.0.0.1/gate/?stage=build#x") == "/account/login/?next=%2Fgate%2F%3Fstage%3Dbuild&ended=yes"
    assert there("https://elsewhere.example/gate/") == "/account/login/?next=%2Fnotice%2Fcount%2F&ended=yes"


def test_somebody_of_the_whole_programme_sees_every_row(programme, browser_of):
    page = browser_of("bart").get("/").content.decode()

    assert _rows(page) == [
        "Programme",
        "Pilot in Liège",
        "Ghent and the web shop",
        "Germany",
        "Meridian Benelux",
        "Ghent warehouse",
        "Liège warehouse",
        "Web shop",
        "Meridian Deutschland",
        "Köln warehouse",
    ]


def test_the_page_says_up_to_which_record_it_was_computed(programme, browser_of):
    page = browser_of("bart").get("/").content.decode()

    head = re.search(r"<code>#(\d+) ", page)
    assert head
    assert f"computed from the ledger up to #{head[1]}, " in page


def test_somebody_of_one_site_sees_it_its_wave_and_the_programme(programme, browser_of):
    page = browser_of("daan").get("/").content.decode()

    assert _rows(page) == ["Programme", "Ghent and the web shop", "Ghent warehouse"]


def test_an_account_without_a_role_sees_nothing(programme, browser_of):
    answer = browser_of("stranger").get("/")

    assert answer.status_code == 403
    assert "Meridian Benelux" not in answer.content.decode()


def test_the_api_and_the_command_line_list_the_same_gates(programme, browser_of, capsys):
    answer = browser_of("bart").get("/api/gate").json()
    run(("gate", "list", "--json", "--workspace", str(programme)))

    assert answer == json.loads(capsys.readouterr().out)


def test_the_api_keeps_from_somebody_of_one_site_what_the_page_keeps(programme, browser_of):
    answer = browser_of("daan").get("/api/gate").json()

    assert {line["scope"] for line in answer} == {"programme", "wave:benelux", "site:ghent"}


def test_a_workspace_with_findings_is_not_asked_and_the_page_says_where_to_look(programme, browser_of):
    (programme / "programme" / "gates.yaml").write_text("gates: [{key: 1}]\n")

    answer = browser_of("bart").get("/")

    assert answer.status_code == 400
    assert "The workspace has" in answer.content.decode()


def test_a_workspace_that_is_gone_is_told_and_not_taken_for_a_bug(programme, browser_of):
    bart = browser_of("bart")
    (programme / "lockgate.toml").unlink()

    answer = bart.get("/")

    assert answer.status_code == 400
    assert "There is no workspace in" in answer.content.decode()


def _rows(page: str) -> list[str]:
    return re.findall(r'<th scope="row" class="depth[^>]*>([^<]+)<', page)
