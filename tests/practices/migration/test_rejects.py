"""Are rows that are not in Odoo told with their reasons, mended in a file and loaded once? On a real Odoo."""

import csv
from pathlib import Path

from lockgate.odoo.external_ids import targets_of


def test_what_odoo_refused_is_mended_in_its_file_and_is_loaded_once(programme, odoo):
    leave_out_a_name(programme)
    for verb in ("profile", "cleanse"):
        programme.say(verb)
    assert programme.say("load")["code"] == 1
    told = programme.say("rejects")
    assert [(one["of"], one["kind"], one["records"]) for one in told["files"]] == [
        ("customer", "refused", 1),
        ("customers", "kept-back", 1),
        ("orders", "kept-back", 2),
    ]
    mend(Path(told["files"][0]["file"]), "lockgate.customer_011", name="Sued mended")

    again = programme.say("rejects", "--load")

    assert [one["kind"] for one in again["files"]] == ["kept-back", "kept-back"]
    ids = targets_of(odoo, ["customer_011"])
    [held] = odoo.read("res.partner", ids["customer_011"].id, ["name"])
    assert held["name"] == "Sued mended"
    assert odoo.search_count("res.partner", [["name", "=", "Sued mended"]]) == 1
    assert programme.say("reconcile")["domains"][0]["unexplained"] == 0
    assert programme.say("rejects", "--load")["load"] is None
    assert programme.say("load")["domains"][0]["loaded"] == 3


def test_what_was_not_refused_is_not_loaded_from_a_file_of_rejects(programme):
    leave_out_a_name(programme)
    for verb in ("profile", "cleanse", "load"):
        programme.say(verb)
    file = Path(programme.say("rejects")["files"][0]["file"])
    mend(file, "lockgate.customer_011", id="lockgate.customer_007")
    ran = programme.lockgate("migrate", "rejects", "--load", "--by", "example-sponsor")
    assert ran.code == 2
    assert "customer.csv has a record that Odoo did not refuse: lockgate.customer_007." in ran.err


def leave_out_a_name(programme):
    """Declare that one customer is sent without a name, which Odoo refuses and no preflight sees."""
    said = (programme.folder / "migration" / "own.yaml").read_text(encoding="utf-8")
    programme.declare(
        said.replace("name: s.NAME\n      ref", "name: case when s.NO <> '011' then s.NAME end\n      ref")
    )


def mend(file, record, **values):
    """Change values of a record in a file of rejects."""
    with file.open(newline="", encoding="utf-8") as text:
        reader = csv.DictReader(text)
        rows = [row | values if row["id"] == record else row for row in reader]
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, reader.fieldnames)
        writer.writeheader()
        writer.writerows(rows)
