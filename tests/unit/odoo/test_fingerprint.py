from dataclasses import replace

import pytest

from lockgate.kernel.capability import Edition
from lockgate.odoo.fingerprint import Company, CustomObject, Module, Owner, Reads, from_reads, owner

BASE = {"id": 1, "name": "base", "latest_version": "19.0.1.3", "author": "Odoo S.A.", "license": "LGPL-3"}
CRM = {"id": 2, "name": "crm", "latest_version": "19.0.1.9", "author": "Odoo S.A.", "license": "LGPL-3"}
AUDIT = {
    "id": 3,
    "name": "auditlog",
    "latest_version": "19.0.2.0.1",
    "author": "ABF OSIELL, Odoo Community Association (OCA)",
    "license": "AGPL-3",
}
OWN = {"id": 4, "name": "acme", "latest_version": False, "author": "Acme", "license": "OPL-1"}
WEB_ENTERPRISE = {
    "id": 5,
    "name": "web_enterprise",
    "latest_version": "19.0.1.0",
    "author": "Odoo S.A.",
    "license": "OEEL-1",
}

OWN_FIELD = {"id": 70, "model": "res.partner", "name": "x_grade", "state": "manual", "ttype": "char"}
OWN_MODEL = {"id": 71, "model": "x_claim", "name": "id", "state": "base", "ttype": "integer"}
CODE_OF_A_MODULE = {"id": 8, "name": "Mail", "xml_id": "base.mail", "state": "code", "code": "model._mail()"}
OWN_CODE = {"id": 9, "name": "Fix it", "xml_id": "", "state": "code", "code": "record.unlink()"}
STUDIO_ACTION = {"id": 10, "name": "Tag", "xml_id": "studio_customization.tag", "state": "object_write", "code": False}
AUTOMATION = {"id": 11, "name": "On create", "trigger": "on_create", "active": True}
EDITED_VIEW = {"id": 12, "name": "crm.form", "key": False, "xml_id": "crm.form", "arch_db": "<form/>"}
OWN_VIEW = {"id": 13, "name": "mine", "key": False, "xml_id": "", "arch_db": "<list/>"}

READS = Reads(
    version=(19, 0),
    uuid=[{"id": 6, "value": "1b4e28ba"}],
    modules=[BASE, CRM, AUDIT, OWN],
    fields=[OWN_FIELD, OWN_MODEL],
    actions=[CODE_OF_A_MODULE, OWN_CODE, STUDIO_ACTION],
    automations=[AUTOMATION],
    views=[EDITED_VIEW, OWN_VIEW],
    companies=[
        {"id": 1, "name": "Parent", "country_id": [21, "Belgium"], "currency_id": [125, "EUR"]},
        {"id": 2, "name": "Branch", "country_id": False, "currency_id": [1, "USD"]},
    ],
    countries=[{"id": 21, "code": "BE"}],
    languages=[{"id": 1, "code": "nl_BE"}, {"id": 2, "code": "en_US"}],
)


def test_every_answer_finds_its_place_in_the_fingerprint():
    found = from_reads(READS)
    assert (found.uuid, found.version, found.languages, found.unknown) == ("1b4e28ba", "19.0", ("en_US", "nl_BE"), ())
    assert found.modules == (
        Module("acme", "", Owner.CUSTOM),
        Module("auditlog", "19.0.2.0.1", Owner.OCA),
        Module("base", "19.0.1.3", Owner.CORE),
        Module("crm", "19.0.1.9", Owner.CORE),
    )
    assert found.companies == (Company("Branch", "", "USD"), Company("Parent", "BE", "EUR"))


def test_custom_is_what_no_installed_module_brought():  # R4
    assert [(custom.kind, custom.name) for custom in from_reads(READS).custom] == [
        ("action", "Tag"),
        ("automation", "On create"),
        ("code", "Fix it"),
        ("field", "res.partner.x_grade"),
        ("model", "x_claim"),
        ("view", "crm.form"),
        ("view", "mine"),
    ]


def test_the_capabilities_follow_from_the_modules():
    capabilities = from_reads(READS).capabilities
    assert capabilities is not None
    assert [name for name, found in capabilities.items() if found.ready] == ["CRM"]


@pytest.mark.parametrize(
    ("name", "author", "licence", "whose"),
    [
        ("crm", "Odoo S.A.", "LGPL-3", Owner.CORE),
        ("html_editor", "odoo", "LGPL-3", Owner.CORE),
        ("helpdesk", "Odoo S.A.", "OEEL-1", Owner.ENTERPRISE),
        ("project_hr_skills", "Odoo S.A.", "OEEL-1", Owner.CORE),
        ("account_asset_management", "Odoo S.A., Odoo Community Association (OCA)", "AGPL-3", Owner.OCA),
        ("acme", "Acme", "OEEL-1", Owner.CUSTOM),
        ("nobodys", "", "", Owner.CUSTOM),
    ],
)
def test_a_module_belongs_to_whom_its_author_and_licence_say(name, author, licence, whose):  # R3
    assert owner(name, author, licence) == whose


def test_the_edition_is_told_by_the_web_client_of_enterprise():
    assert from_reads(READS).edition == Edition.COMMUNITY
    assert from_reads(replace(READS, modules=[BASE, WEB_ENTERPRISE])).edition == Edition.ENTERPRISE


def test_the_digest_is_deaf_to_the_order_of_the_answers_and_to_ids():  # R1
    turned = replace(
        READS,
        modules=READS.modules[::-1],
        actions=[{**row, "id": row["id"] + 1000} for row in reversed(READS.actions)],
        views=READS.views[::-1],
        companies=READS.companies[::-1],
        languages=READS.languages[::-1],
    )
    assert from_reads(turned).digest == from_reads(READS).digest


CHANGES = {
    "version": (19, 1),
    "modules": [BASE, CRM, AUDIT, {**OWN, "latest_version": "19.0.1.0.1"}],
    "fields": [{**OWN_FIELD, "ttype": "text"}, OWN_MODEL],
    "actions": [CODE_OF_A_MODULE, {**OWN_CODE, "code": "pass"}, STUDIO_ACTION],
    "automations": [{**AUTOMATION, "active": False}],
    "views": [EDITED_VIEW],
    "companies": [],
    "languages": [{"id": 2, "code": "en_US"}],
}


@pytest.mark.parametrize("part", CHANGES)
def test_each_change_of_make_changes_both_digests(part):
    before, after = from_reads(READS), from_reads(replace(READS, **{part: CHANGES[part]}))
    assert before.digest != after.digest
    assert before.digest_of_make != after.digest_of_make


def test_a_clone_has_another_digest_and_the_same_digest_of_make():  # R1
    original, clone = from_reads(READS), from_reads(replace(READS, uuid=[{"id": 6, "value": "c0ffee"}]))
    assert original.digest != clone.digest
    assert original.digest_of_make == clone.digest_of_make


def test_what_may_not_be_read_is_unknown_and_not_empty():  # R2
    bare = replace(READS, modules=[BASE], fields=[], actions=[], automations=[], views=[])
    blind = replace(bare, uuid=None, fields=None, actions=None, automations=None, views=None)
    found = from_reads(blind)
    assert found.unknown == (
        "uuid",
        "companies",
        "custom models",
        "custom fields",
        "custom code",
        "custom automations",
        "custom views",
    )
    assert found.digest_of_make != from_reads(bare).digest_of_make


def test_without_the_modules_neither_edition_nor_capabilities_are_guessed():  # R2
    found = from_reads(replace(READS, modules=None))
    assert (found.edition, found.capabilities, found.unknown) == (None, None, ("modules", "custom code"))


def test_without_the_modules_no_server_action_is_called_custom():  # R2
    kinds = {custom.kind for custom in from_reads(replace(READS, modules=None)).custom}
    assert kinds == {"automation", "field", "model", "view"}


def test_digests_are_the_same_in_every_run_of_python():
    first, second = CustomObject("code", "a", "1"), CustomObject("field", "b", "2")
    made = replace(from_reads(READS), modules=(Module("base", "1", Owner.CORE),), custom=(first, second))
    assert made.digest == "7ef250bfb27e998ca57bc9948b6c5ca32d2451b28bc472b88ced185f39c253ff"
