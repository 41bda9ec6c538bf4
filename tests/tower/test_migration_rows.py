"""Who sees which records break a rule, what was put right, and what differs in Odoo, row by row?"""

import csv
import io
import json

import pytest

from lockgate.app.main import run
from lockgate.kernel.evidence import Verdict
from lockgate.practices.migration.perform.rounds import round_of
from support.migrated import _rounds, declared_only, migrated
from support.recorded import BUILD, SCRIPT, keep, measured, record

__all__ = ["_rounds", "declared_only", "migrated"]

DIFFERENCES = """
create or replace table differences (domain varchar, key varchar, field varchar, "left" varchar, "right" varchar,
  class varchar, likely varchar, because varchar);
insert into differences values
  ('customer', 'lockgate.customer_C1', 'name', 'Acme', 'Apex', 'changed', null, null),
  ('customer', 'lockgate.customer_C2', null, null, null, 'missing', null, 'Odoo refused it'),
  ('dataset customers', 'C4', null, null, null, 'unaccounted', null, null);
create or replace table live."customer by name" (id bigint, name varchar, res_id bigint);
insert into live."customer by name" values (1, 'customer_C1', 41);
create table looked (mapping varchar);
insert into looked values ('customer');
create table faults (mapping varchar, field varchar, rows bigint, what varchar, advice varchar);
insert into faults values ('customer', 'type', 2, 'Odoo does not offer `B`.', 'Say contact.');
"""
CLASSES = [
    {"of": "customer", "field": "name", "kind": "changed", "because": "", "records": 1},
    {"of": "customer", "field": "", "kind": "missing", "because": "Odoo refused it", "records": 1},
    {"of": "dataset customers", "field": "", "kind": "unaccounted", "because": "", "records": 1},
]


@pytest.fixture
def compared(migrated):
    """The migration after its second round was loaded and compared, as the verbs leave it."""
    with round_of(migrated, 2) as store:
        store.connection.execute(DIFFERENCES)
    came = {"mapping": "customer", "rows": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1, "unknown": 0}
    held = {"mapping": "customer", "dataset": "customers", "kind": "unmapped", "records": 1, "because": SCRIPT}
    loaded = {"mappings": [{**came, "not_posted": 0, "kept_back": 1}], "kept_back": [{**held, "keys": ["C3"]}]}
    told = {"kept_back": {"left-out": 1, "blocked": 1}, "classes": CLASSES}
    about = {"subject": {"domain": "partners"}, "verdict": Verdict.FAILED, "instance": BUILD, "round": 2}
    figures = {"source_rows": 4, "target_rows": 1, "missing": 1, "extra": 0, "different": 1, "unexplained": 2}
    kept = [keep(migrated, json.dumps(one).encode()) for one in (loaded, told)]
    record(
        migrated,
        measured("", "migration.loaded", artifact=kept[0], rows=4, loaded=1, rejected=3, seconds=1, **about),
        measured("", "migration.reconciled", artifact=kept[1], **figures, **about),
    )
    return migrated


def said(root, capsys, *words):
    capsys.readouterr()
    assert run(("migrate", "show", *words, "--json", "--workspace", str(root))) == 0
    return json.loads(capsys.readouterr().out)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_rules_tell_how_many_records_break_them_from_round_to_round(migrated, browser_of, capsys):
    told = browser_of("anna").get("/api/migration/rules").json()

    assert said(migrated, capsys, "--rules") == told
    counted = {one["rule"]: (one["owner"], [each["records"] for each in one["rounds"]]) for one in told["rules"]}
    assert counted == {
        "name": ("clara", [1, 1]),
        "limit": ("ilias", [1, 1]),
        "kind:email": ("ilias", [1, 1]),
        "link:customers": ("ilias", [1, 1]),
    }
    assert told["mended"] == [{"dataset": "customers", "by": "names", "values": 1}]


def test_a_work_list_is_for_who_answers_for_the_data_and_holds_the_record_with_what_is_wrong(migrated, browser_of):
    jonas, anna = browser_of("jonas"), browser_of("anna")

    told = jonas.get("/api/migration/rules/kind:email/records").json()
    taken = rows_of(jonas.get("/migration/rules/kind:email/export.csv"))

    assert [(row["key"], row["value"]) for row in told["rows"]] == [("C3", "nobody")]
    assert [(row["NO"], row["NAME"], bool(row["_errors"])) for row in taken] == [("C3", "C", True)]
    assert "nobody" in jonas.get("/migration/rules/kind:email/").content.decode()
    assert "nobody" not in anna.get("/migration/rules/kind:email/").content.decode()
    refused = ("/api/migration/rules/kind:email/records", "/migration/rules/kind:email/export.csv")
    assert [anna.get(address).status_code for address in refused] == [403, 403]


def test_what_was_put_right_is_shown_before_and_after(migrated, browser_of):
    jonas = browser_of("jonas")

    found = jonas.get("/api/migration/changes?rule=names").json()

    row = {"dataset": "customers", "key": "C1", "before": " Acme ", "after": "Acme", "rule": "names", "field": "NAME"}
    assert found == {"count": 1, "rows": [row]}
    assert "<ins>Acme</ins>" in jonas.get("/migration/changes/?q=acme").content.decode()
    assert "<ins>Acme</ins>" not in browser_of("anna").get("/migration/changes/").content.decode()
    assert [one["after"] for one in rows_of(jonas.get("/migration/changes/export.csv"))] == ["Acme"]


def test_a_list_is_narrowed_and_sorted_by_its_address_and_takes_no_sql(migrated, browser_of):
    jonas = browser_of("jonas")
    odd = "'; drop table findings; --"

    assert jonas.get("/api/migration/rules/name/records", {"q": "C3"}).json()["count"] == 1
    assert jonas.get("/api/migration/rules/name/records", {"q": odd}).json()["count"] == 0
    answers = [jonas.get("/migration/rules/name/", {"sort": sort, "q": odd}) for sort in ("-key", odd)]
    assert [one.status_code for one in answers] == [200, 200]


def test_a_domain_adds_up_and_tells_what_differs_down_to_the_record_in_odoo(compared, browser_of, capsys):
    text = (compared / "lockgate.toml").read_text(encoding="utf-8")
    assert "[instances.build]" in text
    jonas = browser_of("jonas")

    told = jonas.get("/api/migration/reconciliation").json()
    page = jonas.get("/migration/reconciliation/partners/").content.decode()
    rows = jonas.get("/api/migration/reconciliation/partners/records").json()["rows"]

    assert said(compared, capsys, "--reconciliation") == told
    [partners, _] = told["domains"]
    assert (partners["unexplained"], partners["kept_back"]) == (2, {"left-out": 1, "blocked": 1})
    assert partners["classes"] == CLASSES
    assert [(row["key"], row["sent"], row["odoo"], row["record"]) for row in rows] == [
        ("lockgate.customer_C1", "Acme", "Apex", 41),
        ("lockgate.customer_C2", None, None, None),
        ("C4", None, None, None),
    ]
    assert "neither sent nor told why not" in page
    assert "/odoo/res.partner/41" in page
    narrowed = jonas.get("/migration/reconciliation/partners/export.csv?kind=missing")
    assert [one["key"] for one in rows_of(narrowed)] == ["lockgate.customer_C2"]
    only_open = jonas.get("/migration/reconciliation/partners/?open=yes").content.decode()
    assert ("customer_C1" in only_open, "customer_C2" in only_open, "C4" in only_open) == (True, False, True)
    of_one = jonas.get("/migration/reconciliation/partners/export.csv?of=dataset+customers&kind=unaccounted")
    assert [one["key"] for one in rows_of(of_one)] == ["C4"]


def test_sums_of_a_domain_are_for_all_who_take_part_and_its_rows_are_not(compared, browser_of):
    anna = browser_of("anna")

    page = anna.get("/migration/reconciliation/partners/").content.decode()

    assert ('<p class="figure">2</p>' in page, "Apex" in page) == (True, False)
    assert anna.get("/api/migration/reconciliation/partners/records").status_code == 403
    number = anna.get("/api/migration/reconciliation").json()["domains"][0]["evidence"]
    then = browser_of("jonas").get(f"/migration/reconciliation/partners/?as-of={number}").content.decode()
    assert ("Rows are not kept for the past" in then, "Apex" in then) == (True, False)


def test_a_mapping_is_told_field_by_field_with_what_is_in_its_way(compared, browser_of, capsys):
    jonas, anna = browser_of("jonas"), browser_of("anna")

    told = jonas.get("/api/migration/mappings/customer").json()
    page = jonas.get("/migration/mappings/customer/").content.decode()

    assert said(compared, capsys, "--mapping", "customer") == told
    how = {one["field"]: (one["of"], one["map"], one["refers_to"]) for one in told["how"]}
    assert (how["name"], how["parent_id"]) == (("s.NAME", {}, ""), ("s.HEAD", {}, "customer"))
    assert how["type"] == ("s.KIND", {"A": "contact"}, "")
    assert (told["rows"], told["loaded"], told["rejected"], told["kept_back"]) == (2, 1, 1, 1)
    assert told["faults"] == [{"field": "type", "rows": 2, "what": "Odoo does not offer `B`.", "do": "Say contact."}]
    assert (SCRIPT in page, "Say contact." in page) == (False, True)
    assert anna.get("/api/migration/mappings/customer").json()["faults"] is None
    assert [one["mapping"] for one in anna.get("/api/migration/mappings").json()] == ["customer"]
    assert anna.get("/migration/mappings/nothing/").status_code == 404


def test_lists_ask_the_database_as_often_for_many_rows_as_for_one(compared, browser_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    jonas = browser_of("jonas")
    addresses = ("rules/", "rules/name/", "changes/", "mappings/", "reconciliation/", "reconciliation/partners/")

    def asked(address):
        jonas.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert jonas.get(address).status_code == 200
        return len(queries)

    one = [asked(f"/migration/{address}") for address in addresses]
    with round_of(compared, 2) as store:
        for table in ("findings", "changes", "differences"):
            store.connection.execute(f"insert into {table} from {table}")
    assert [asked(f"/migration/{address}") for address in addresses] == one


def test_a_round_in_which_somebody_is_at_work_says_so_and_shows_what_was_left_before(migrated, browser_of):
    jonas = browser_of("jonas")
    with round_of(migrated, 2) as store:
        store.connection.execute("delete from findings")
        store.connection.execute("checkpoint")
        page = jonas.get("/migration/rules/name/").content.decode()

    assert "Somebody is at work in this round" in page
    assert "<code>C3</code>" in page
