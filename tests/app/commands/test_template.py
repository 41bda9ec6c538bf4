"""Where does each value of a template come from, and what may a site change? Told without an Odoo."""

import json

import pytest

CORE = """
resources:
  - key: pump
    model: product.template
    values: { name: Pump, list_price: 12 }
    open: [list_price]
"""
CHANGE = """
changes:
  - resource: pump
    values: { list_price: 14 }
    why: Freight is dearer here.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch, lockgate):
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    made = tmp_path / "acme"
    assert lockgate("init", str(made), "--playbook", "distribution-governance").code == 0
    monkeypatch.chdir(made)
    _write(made, "template/items.yaml", CORE)
    return made


def test_the_layers_of_each_value_are_told_with_their_places(folder, lockgate):
    _write(folder, "template/sites/company/items.yaml", CHANGE)
    told = json.loads(lockgate("plan", "--site", "main-warehouse", "--explain-merge", "--json").out)
    assert told["values"] == [
        {
            "key": "pump",
            "field": "list_price",
            "company": "",
            "language": "",
            "value": 14,
            "open": True,
            "layers": [
                {"site": None, "value": 12, "at": "template/items.yaml:5:27", "allowed_by": ""},
                {"site": "company", "value": 14, "at": "template/sites/company/items.yaml:4:15", "allowed_by": "open"},
            ],
        },
        {
            "key": "pump",
            "field": "name",
            "company": "",
            "language": "",
            "value": "Pump",
            "open": False,
            "layers": [{"site": None, "value": "Pump", "at": "template/items.yaml:5:15", "allowed_by": ""}],
        },
    ]
    seen = lockgate("plan", "--site", "main-warehouse", "--explain-merge")
    assert seen.code == 0
    assert seen.out.splitlines()[-1] == "1 of 2 values are otherwise here; the last line of each holds."


def test_what_is_not_open_takes_an_approved_deviation(folder, lockgate):
    _write(folder, "template/sites/main-warehouse/items.yaml", CHANGE.replace("list_price: 14", "name: Pomp"))
    assert _findings(lockgate) == [
        ("closed-value", 4, "`name` of `pump` is not left open, and no deviation is named"),
    ]
    named = CHANGE.replace("list_price: 14 }", "name: Pomp }\n    deviation: DEV-1")
    _write(folder, "template/sites/main-warehouse/items.yaml", named)
    assert _findings(lockgate)[0][2] == "`name` of `pump` is not left open, and there is no deviation DEV-1"
    raised = lockgate(
        *("register", "raise", "deviation", "--by", "example-site-lead"),
        *("title=A name of its own", "site=main-warehouse", "resource=product.template:pump"),
    )
    assert raised.code == 0, raised.err
    assert _findings(lockgate)[0][2] == "`name` of `pump` is not left open, and DEV-1 is proposed, not approved"


def test_only_a_site_changes_the_template(folder, lockgate):
    _write(folder, "template/more.yaml", CHANGE)
    assert _findings(lockgate) == [("misplaced", 3, "only a site changes what the template says for all")]
    _write(folder, "template/more.yaml", CHANGE.replace("pump", "pomp"))
    told = lockgate("check")
    assert (told.code, "no resource `pomp` is declared" in told.out) == (2, True)


def _write(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _findings(lockgate):
    ran = lockgate("plan", "--site", "main-warehouse", "--explain-merge", "--json")
    assert ran.code == 2, ran.err
    return [(one["code"], one["line"], one["message"]) for one in json.loads(ran.out)["findings"]]
