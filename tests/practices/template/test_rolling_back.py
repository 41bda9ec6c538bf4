"""Is an Odoo again as it was before a template was applied? Rules U1 to U4, K1 and K2, on a real Odoo."""

import json
import stat

import pytest

from lockgate.odoo.external_ids import targets_of

TERMS = """
resources:
  - key: later
    model: res.config.settings
    values: { security_lead: 2 }
  - key: in-halves
    model: account.payment.term
    values:
      name: In halves
      line_ids:
        - { value: percent, value_amount: 50, delay_type: days_after, nb_days: 10 }
        - { value: percent, value_amount: 50, delay_type: days_after, nb_days: 30 }
"""
ONE_LINE = "        - { value: percent, value_amount: 100, delay_type: days_after, nb_days: 60 }\n"


@pytest.fixture
def changed(programme, odoo):
    """A template that was applied, changed in every kind of field, and applied again; with what was there between."""
    programme.write(TERMS, "template/terms.yaml")
    assert programme.apply()["code"] == 0
    before = held(odoo)
    goods = programme.folder / "template" / "goods.yaml"
    text = goods.read_text().replace("12.5", "14").replace("0.335", "0.5").replace("[urgent, fragile]", "[heavy]")
    text = text.replace("categ_id: spare-parts", "categ_id: goods").replace("Mind the seal.", "Mind it.")
    goods.write_text(text.replace("purchase_ok: false", "purchase_ok: true") + HEAVY)
    head, _, _ = TERMS.partition("        - {")
    programme.write(head.replace("security_lead: 2", "security_lead: 5") + ONE_LINE, "template/terms.yaml")
    came = programme.apply()
    assert (came["code"], came["refused"], came["differing"]) == (0, [], [])
    return programme, before, came["rollback"]


HEAVY = """
  - key: heavy
    model: product.tag
    values: { name: Heavy }
  - key: weighty
    model: product.category
    values: { name: Weighty }
  - key: valve
    model: product.template
    values: { name: Valve, categ_id: weighty }
"""


def held(odoo):
    """Return what the records hold, lines without their ids."""
    ids = targets_of(odoo, ["template__pump", "template__in-halves"])
    fields = ["list_price", "weight", "product_tag_ids", "categ_id", "description_sale", "purchase_ok", "active"]
    [pump] = odoo.read("product.template", ids["template__pump"].id, fields)
    lines = odoo.search_read("account.payment.term.line", [["payment_id", "=", ids["template__in-halves"].id]], [])
    own = {"id", "display_name", "create_date", "write_date"}
    terms = [{name: line[name] for name in line.keys() - own} for line in lines]
    [company] = odoo.read("res.company", 1, ["security_lead"])
    return pump, sorted(terms, key=lambda line: line["nb_days"]), company["security_lead"]


def test_what_was_changed_holds_again_what_it_held_and_what_was_made_is_archived(changed, odoo):  # U1, U2
    programme, before, kept = changed
    assert held(odoo) != before

    came = programme.say("apply", "--rollback", kept, "--yes", "--by", "ann")

    assert held(odoo) == before
    assert (came["code"], came["written"], came["archived"], came["refused"]) == (1, 3, 1, [])
    assert [(one["key"], one["why"]) for one in came["stays"]] == [
        ("weighty", "Odoo can't archive it"),
        ("heavy", "Odoo can't archive it"),
    ]
    valve = targets_of(odoo, ["template__valve"])["template__valve"]
    assert odoo.read("product.template", valve.id, ["active"])[0]["active"] is False
    assert programme.say("apply", "--rollback", kept, "--yes", "--by", "ann")["written"] == 0
    again = programme.apply()
    assert (again["code"], again["written"]) == (0, 4)  # and the archived one is brought back
    assert odoo.read("product.template", valve.id, ["active"])[0]["active"] is True


def test_what_somebody_has_changed_since_stays(changed, odoo):  # U1
    programme, before, kept = changed
    odoo.write("product.template", before[0]["id"], {"list_price": 99})

    came = programme.say("apply", "--rollback", kept, "--yes", "--by", "ann")

    told = {"key": "pump", "field": "list_price", "why": "somebody has changed it since"}
    assert [one for one in came["stays"] if one["field"]] == [told]
    assert held(odoo) == ({**before[0], "list_price": 99}, *before[1:])


def test_it_is_kept_before_anything_is_written_and_beside_the_evidence(changed):  # K1
    programme, _, kept = changed
    file = programme.folder / kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    tail = json.loads(programme.lockgate("ledger", "tail", "--json").out)
    newest = [one["payload"] for one in tail if one["payload"].get("kind") == "template.applied"][-1]
    artifact = programme.folder / ".lockgate" / "artifacts" / newest["artifact"][:2] / newest["artifact"][2:]
    digest = json.loads(artifact.read_text())["rollback"]
    beside = programme.folder / ".lockgate" / "artifacts" / digest[:2] / digest[2:]
    assert json.loads(beside.read_text()) == json.loads(file.read_text())


def test_a_plan_that_was_broken_off_is_set_back_as_far_as_it_came(changed, odoo):  # U4
    programme, before, kept = changed
    file = programme.folder / kept
    said = json.loads(file.read_text())
    for was in said["changed"]:
        was["after"] = None
    file.write_text(json.dumps({**said, "ended": False}))
    odoo.write("product.template", before[0]["id"], {"list_price": 12.5})  # as if this had not been written yet

    assert programme.say("apply", "--rollback", kept, "--yes", "--by", "ann")["refused"] == []
    assert held(odoo) == before


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (("--rollback", "lockgate.toml", "--yes"), 2, "Error: lockgate.toml is not what an apply has kept."),
        (("plan.json", "--rollback", "a.json"), 2, "Error: A plan is applied, or one is set back."),
        (("--rollback", "other.json", "--yes"), 5, "Error: This was kept of another database."),
        (("--rollback", "mine.json"), 2, "Error: Nobody has agreed to set this back."),
    ],
)
def test_what_can_t_be_set_back_is_told(changed, words, code, what):
    programme, _, kept = changed
    said = json.loads((programme.folder / kept).read_text())
    (programme.folder / "mine.json").write_text(json.dumps(said))
    (programme.folder / "other.json").write_text(json.dumps({**said, "database": "another"}))
    ran = programme.lockgate("apply", *words, "--by", "ann")
    assert (ran.code, ran.err.splitlines()[0]) == (code, what)
