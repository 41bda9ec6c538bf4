"""What does the tower show of a migration? Its domains by rounds, and what is in each dataset."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lockgate.app.main import run
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import PROGRAMME
from lockgate.programme.ledger_place import ledger_place
from support.migrated import _rounds, declared_only, migrate, migrated
from support.recorded import SCRIPT

__all__ = ["_rounds", "declared_only", "migrated"]


def said(root, capsys, *words):
    capsys.readouterr()
    assert run(("migrate", "show", *words, "--json", "--workspace", str(root))) == 0
    return json.loads(capsys.readouterr().out)


def cells(told, domain):
    [one] = [each for each in told["domains"] if each["domain"] == domain]
    return [(cell["round"], cell["state"], cell["rows"], cell["ready"]) for cell in one["rounds"]]


def test_each_domain_stands_in_each_round_as_it_was_measured(migrated, browser_of, capsys):
    told = browser_of("anna").get("/api/migration").json()

    assert (told["rounds"], told["round"]) == ([1, 2], 2)
    assert cells(told, "partners") == [(1, "blocked", 4, 0.75), (2, "blocked", 4, 0.666667)]
    assert cells(told, "goods") == [(1, "not-loaded", None, None), (2, "not-loaded", None, None)]
    assert told["next"] == ["lockgate migrate preflight", "lockgate migrate load"]
    assert said(migrated, capsys) == told


def test_what_blocks_and_what_stays_behind_is_told_with_reason_and_owner(migrated, browser_of):
    anna = browser_of("anna")

    [partners, _] = anna.get("/api/migration").json()["domains"]
    [before, _] = anna.get("/api/migration?round=1").json()["domains"]

    assert [(one["rule"], one["records"], one["owner"]) for one in partners["blocks"]] == [("name", 1, "clara")]
    about = {"key": "gone", "dataset": "customers", "treatment": "archive", "owner": "clara"}
    assert partners["left_out"] == [{**about, "records": 1, "why": "Not a customer any more"}]
    assert [one["records"] for one in before["left_out"]] == [None]


def test_the_page_draws_rounds_with_shape_and_word_and_no_markup_of_somebody(migrated, browser_of):
    page = browser_of("anna").get("/migration/").content.decode()

    assert (SCRIPT in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (False, True)
    assert page.count('<td class="cell-blocked') == 2
    assert '<a href="?round=2" aria-current="true">Round 2</a>' in page


def test_a_migration_of_which_nothing_was_read_says_how_to_begin(declared_only, browser_of):
    anna = browser_of("anna")

    assert "No round was begun yet." in anna.get("/migration/").content.decode()
    assert "This dataset was not read yet." in anna.get("/migration/datasets/customers/").content.decode()
    assert anna.get("/api/migration").json()["next"] == ["lockgate migrate profile", "lockgate migrate cleanse"]


def test_as_of_before_a_round_there_is_no_round(migrated, browser_of):
    anna = browser_of("anna")

    assert [anna.get(f"/api/migration?as-of={number}").json()["rounds"] for number in (1, 2)] == [[], [1]]
    assert anna.get("/api/migration/datasets/customers?as-of=2").json()["values"] == {}


def test_rules_that_changed_since_make_the_round_stale(migrated, browser_of):
    file = migrated / "migration" / "all.yaml"
    file.write_text(file.read_text().replace("length(NAME) > 1", "length(NAME) > 2"), encoding="utf-8")
    anna = browser_of("anna")

    told = anna.get("/api/migration").json()

    assert [cell["stale"] for cell in told["domains"][0]["rounds"]] == [True, True]
    assert told["next"] == ["lockgate migrate profile", "lockgate migrate cleanse"]
    assert anna.get("/api/migration/datasets/customers").json()["stale"] is True


def test_the_domains_by_rounds_are_a_table_to_take_along(migrated, browser_of):
    answer = browser_of("anna").get("/migration/export.csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(one["domain"], one["round"], one["state"]) for one in rows] == [
        ("partners", "1", "blocked"),
        ("partners", "2", "blocked"),
        ("goods", "1", "not-loaded"),
        ("goods", "2", "not-loaded"),
    ]


def test_a_dataset_is_told_column_by_column_alike_on_page_api_and_command_line(migrated, browser_of, capsys):
    jonas = browser_of("jonas")

    told = jonas.get("/api/migration/datasets/customers").json()
    page = jonas.get("/migration/datasets/customers/").content.decode()

    assert said(migrated, capsys, "--dataset", "customers") == told
    assert told["records"] == {"ready": 2, "remarked": 0, "blocked": 1, "left-out": 1}
    uses = {one["column"]: one["use"] for one in told["figures"]["columns"]}
    assert uses == {
        **dict.fromkeys(("NO", "NAME", "MAIL", "CREDIT", "GONE", "KIND", "HEAD"), "used"),
        "FAX": "ignored",
        "NOTE": "forgotten",
    }
    assert [(one["column"], one["rows"]) for one in told["figures"]["orphans"]] == [("HEAD", 1)]
    assert page.count('<svg class="bars"') == 1
    assert (SCRIPT in page, "ann@acme.example" in page) == (False, False)


def test_values_are_for_who_answers_for_data_and_those_of_people_for_nobody(migrated, browser_of):
    kinds = {"jonas": True, "clara": True, "ilias": True, "anna": False, "daan": False}

    told = {who: browser_of(who).get("/api/migration/datasets/customers").json()["values"] for who in kinds}

    assert {who: bool(values) for who, values in told.items()} == kinds
    assert "MAIL" not in told["jonas"]
    assert told["jonas"]["KIND"]["frequent"] == [{"value": "A", "rows": 3}, {"value": "B", "rows": 1}]


def test_the_list_of_datasets_asks_the_database_as_often_for_three_as_for_one(migrated, browser_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    jonas = browser_of("jonas")

    def asked(address):
        jonas.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert jonas.get(address).status_code == 200
        return len(queries)

    addresses = ("/migration/", "/migration/datasets/")
    one = [asked(address) for address in addresses]
    more = "".join(f"  - {{key: more-{n}, title: More, source: erp, file: customers.csv, id: [NO]}}\n" for n in (1, 2))
    (migrated / "migration" / "more.yaml").write_text(f"datasets:\n{more}", encoding="utf-8")
    migrate(migrated, "profile")

    assert [asked(address) for address in addresses] == one


@pytest.mark.parametrize("address", ["/migration/datasets/nothing/", "/api/migration/datasets/nothing"])
def test_a_dataset_that_nobody_declared_is_not_there(migrated, browser_of, address):
    assert browser_of("anna").get(address).status_code == 404


def test_rounds_stand_side_by_side_as_the_command_and_the_api_tell_them(migrated, browser_of, capsys):
    anna = browser_of("anna")

    told = anna.get("/api/migration/rounds").json()

    assert [one["round"] for one in told["rounds"]] == [1, 2]
    assert (told["forecast"]["rounds"], told["forecast"]["fits"]) == (0, None)
    capsys.readouterr()
    run(("migrate", "rounds", "--json", "--workspace", str(migrated)))
    assert json.loads(capsys.readouterr().out) == told
    assert "No round has loaded anything yet." in anna.get("/migration/rounds/").content.decode()


def test_what_a_round_loaded_is_compared_with_the_window_and_what_is_frozen_is_told(migrated, browser_of):
    file = migrated / "migration" / "rehearsal.yaml"
    file.write_text(REHEARSAL, encoding="utf-8")
    with ledger_place(migrated) as place:
        for kind, measures in (("loaded", LOADED), ("rehearsed", REHEARSED)):
            about = {"domain": "partners"} if kind == "loaded" else {"rehearsal": "whole"}
            place.ledger.record_evidence(measured(f"migration.{kind}", about, measures))
        failed = [{"record": "item_1", "why": "It is <locked>."}]
        for number, passed in ((1, 3), (2, 2)):
            kept = place.artifacts.keep(json.dumps({"failed": failed if passed < 3 else []}).encode())
            tried = {"samples": 3, "passed": passed, "round": number}
            place.ledger.record_evidence(
                replace(measured("migration.behaved", {"check": "ship"}, tried), artifact=kept)
            )

    page = browser_of("anna").get("/migration/rounds/").content.decode()

    assert "It fits the window of 5 minutes" in page
    assert page.count("longer than the window") == 1
    assert "In an emergency: The next extract has it." in page
    assert '<td data-title="Today">frozen</td>' in page
    assert page.count("What is there can be shipped") == 1  # of the newest round
    assert '<td class="num" data-title="Went through">2</td>' in page
    assert "<code>item_1</code> It is &lt;locked&gt;." in page


REHEARSAL = """
rehearsals:
  - key: whole
    title: The whole migration
    window_minutes: 5
    volume: {partners: 4}
    freeze: [{domains: [partners], begins: 2020-01-01, owner: clara, why: Nobody would know of it}]
    emergency: {rule: The next extract has it., agree: [clara, anna]}
checks:
  - key: ship
    title: What is there can be shipped
    does: close-the-month
    owner: clara
    why: The first truck waits
    company: base.main_company
"""
LOADED = {"rows": 4, "loaded": 4, "rejected": 0, "sent": 4, "seconds": 2.0}
REHEARSED = {"minutes": 7.5, "window_minutes": 5, "rounds": 1, "failed_steps": 0, "volume_share": 1}


def measured(kind, about, measures):
    """Return evidence of the second round."""
    taken = datetime.now(UTC)
    notes = {"round": "2"}
    return Evidence(kind, PROGRAMME, about, Verdict.PASSED, measures, {}, "clara", taken, notes=notes)
