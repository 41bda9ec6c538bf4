from pathlib import Path

import pytest

from lockgate.workspace.models.parsing import parse
from lockgate.workspace.playbook import catalogue, compose, folders
from lockgate.workspace.playbook.catalogue import catalogue_in, page
from lockgate.workspace.playbook.definition import RisksFile
from lockgate.workspace.playbook.fitting import misfits
from lockgate.workspace.registers import compose as compose_registers
from lockgate.workspace.registers import shipped
from lockgate.workspace.text.reading import read

RISK = "risks: [{key: a, title: A, category: weather, cause: c, impact: i, signal: s, mitigation: m, owner: sponsr}]"


def test_parts_come_before_what_builds_on_them():
    assert folders("distribution-governance") == ("foundation", "lifecycle", "distribution-governance")


def test_a_playbook_adds_to_a_stage_and_keeps_what_it_hands_over():
    alone, more = compose("lifecycle").stages["cutover"], compose("distribution-governance").stages["cutover"]
    assert {one.key for one in alone.deliverables} < {one.key for one in more.deliverables}
    assert more.checkpoint == alone.checkpoint
    assert more.objective != alone.objective


def test_playbooks_bring_their_own_classes():
    field = compose("distribution-governance").registers.by_key["gap"].field("fit")
    assert list(field.choices) == ["standard", "configuration", "custom", "retire"]


def test_a_reference_that_leads_nowhere_is_told_with_what_was_meant():
    _, (found,) = parse(read(RISK, path="risks.yaml"), RisksFile, known={"role": {"sponsor"}})
    assert (found.code, found.message) == ("unknown-reference", "no role `sponsr` is declared")
    assert found.hint.startswith("Did you mean `sponsor`?")


def test_a_category_that_the_register_has_not_is_told():
    (found,) = misfits(read(RISK, path="risks.yaml"), compose_registers(shipped()).by_key)
    assert (str(found.at), found.message) == ("risks.yaml:1:38", "the register `risk` has no category `weather`")
    assert list(misfits(read("risks: 3", path="risks.yaml"), {})) == []


def test_the_page_of_evidence_is_that_of_the_list():
    root = Path(__file__).parents[4]
    made = page(catalogue())
    assert (root / "docs/reference/evidence.md").read_text() == made, "Run `python tools/evidence_page.py`."


def test_every_kind_of_evidence_is_a_noun_and_what_happened_to_it():
    assert all(kind.about.endswith(".") for kind in catalogue().kinds.values())
    assert all(set(kind.subject) <= {*catalogue().dimensions} for kind in catalogue().kinds.values())


def test_a_list_of_evidence_with_a_fault_is_never_used():
    text = "dimensions: []\nkinds: [{kind: a.b, about: A., by: x, scope: site, subject: [mood]}]"
    with pytest.raises(ValueError, match=r"evidence.yaml:2:62 no dimension `mood` is declared"):
        catalogue_in(read(text, path="evidence.yaml"))
