"""What may be claimed of Odoo? Rules P1 to P3, and which claims count where."""

import pytest

from lockgate.kernel.capability import capabilities
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.practices.fit import practice
from lockgate.practices.fit.perform.declared import chosen, declared
from lockgate.workspace import load
from lockgate.workspace.playbook.composing import compose
from lockgate.workspace.playbooks import playbooks
from support.programme import FILES

HEAD = "probes:\n  - {key: ours, capability: Sales, title: T, why: W, check: "


@pytest.fixture
def checked(loaded):
    """Return the findings of a probe with this check, each with the text that stands at its place."""

    def call(check):
        text = f"{HEAD}{check}}}\n"
        workspace = loaded({"fit/probes/own.yaml": text}, kinds=practice.files)
        lines = text.splitlines()
        return [
            (lines[one.at.line - 1][one.at.column - 1 :], f"{one.code}: {one.message}. {one.hint}")
            for one in workspace.findings
        ]

    return call


@pytest.mark.parametrize(
    "check",
    [
        "{module: stock}",
        "{field: {of: stock.lot, name: ref}}",
        "{setting: {name: po_lock, is: 3.5}}",
        "{count: {of: x_claim, where: ['|', [a, in, [1, 2]], '!', [b.c, =, false]], at_most: 0}}",
        "{access: {group: stock.group_stock_user, of: stock.lot, may: [read, write]}}",
    ],
)
def test_a_claim_with_one_check_is_right(checked, check):
    assert checked(check) == []


def test_an_operator_that_odoo_does_not_have_is_told(checked):  # P3
    [(place, said)] = checked("{count: {of: stock.lot, at_least: 1, where: [[a, is, 1]]}}")
    assert (place, said.partition(".")[0]) == ("is, 1]]}}}", "not-a-domain: `is` is no operator")


def test_a_mistyped_check_is_told_with_what_was_probably_meant(checked):
    [(_, said), *more] = checked("{modul: stock}")
    assert (said.partition(":")[0], "Did you mean `module`?" in said, more) == ("unknown-key", True, [])


@pytest.mark.parametrize("name", playbooks())
def test_a_playbook_claims_something_of_each_area(name):
    method = compose(name)
    assert {probe.capability for probe in method.probes.values()} == {each.name for each in capabilities()}
    assert len(method.probes) >= 30
    assert all(probe.serves for probe in method.probes.values())


@pytest.fixture
def written(tmp_path):
    """Write the small programme with its playbook, and load it."""

    def call(files=()):
        for path, text in {**FILES, **dict(files)}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        return load(tmp_path, practice.files)

    return call


def test_claims_count_where_their_area_goes_live_and_own_ones_everywhere(written):
    workspace = written({"fit/probes/own.yaml": f"{HEAD}{{module: sale}}}}\n"})
    areas = {probe.key: probe.capability for probe in declared(workspace)}
    assert {*areas.values()} == {"Sales", "Inventory"}
    assert areas["ours"] == "Sales"
    breda = workspace.keys("probe", Scope(Level.SITE, "breda"))
    assert {areas[key] for key in breda if key != "ours"} == {"Inventory"}
    assert "ours" in breda
    assert {*workspace.keys("probe", PROGRAMME)} == {*areas}
    assert len(workspace.digest_of("probe:ours")) == len(workspace.digest_of("probe:traced-by-lot")) == 64


def test_a_claim_of_the_programme_takes_the_place_of_a_playbooks(written):
    before = written().digest_of("probe:traced-by-lot")
    text = HEAD.replace("ours", "traced-by-lot").replace("Sales", "Inventory") + "{model: stock.lot}}\n"
    workspace = written({"fit/probes/own.yaml": text})
    assert workspace.findings == ()
    [probe] = chosen(workspace, probe="traced-by-lot")
    assert probe.check.model == "stock.lot"
    assert workspace.digest_of("probe:traced-by-lot") != before
