"""What is kept of an answer beside its evidence? Rules K1, K2 and K4."""

import json

from lockgate.kernel.evidence import InstanceRef
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.kernel.secret import MASK
from lockgate.practices.template.decide.facts import Declared, Live
from lockgate.practices.template.decide.layering import Merged
from lockgate.practices.template.decide.planning import Plan
from lockgate.practices.template.definition import Resource
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.laying_out.laid_out import Template
from lockgate.practices.template.perform.telling.answers import ApplyAnswer, DriftAnswer, PlanAnswer
from lockgate.practices.template.perform.telling.kept import of_applied, of_drift

BUILD = InstanceRef("u-1", "19.0", Role.BUILD, "build")
GHENT = Scope(Level.SITE, "ghent")


def held(scope, **paths):
    declared = tuple(
        Declared(Resource(key=key, model="ir.config_parameter", values={"key": f"x.{key}"}), path, number)
        for number, (key, path) in enumerate(paths.items())
    )
    template = Template(None, scope, Merged(declared, ()), (), frozenset())
    return Held(template, None, BUILD, Live({}), Plan(()))


def row(key, kind="product.tag", field="name", declared="Tag", live="Tags"):
    said = {"kind": kind, "key": key, "field": field, "company": "", "language": "", "declared": declared}
    return {**said, "live": live, "by": "Anna Aerts", "at": "2026-11-20 09:00:00", "declared_at": "template/a.yaml:3:5"}


def drift(*rows):
    return DriftAnswer(resources=3, in_sync=1, drifted=2, unapproved=2, adherence=33.33, changes=list(rows), evidence=0)


def test_what_differs_is_kept_as_the_verb_tells_it():  # K1
    answer = drift(row("tag"))

    kept = json.loads(of_drift(answer, held(GHENT, tag="template/sites/ghent/a.yaml")))

    about = {"instance": "build", "database": "u-1", "scope": "site:ghent", "left_out": {}}
    assert kept == {"about": about, "drift": answer}


def test_secrets_are_masked():  # K2
    rows = [
        row("mail", "ir.mail_server", "smtp_pass", "hunter2", "hunter3"),
        row("sms-token", "ir.config_parameter", "value", "abc", "abd"),
        row("passing", "ir.config_parameter", "value", "on", "off"),
        row("compass", "product.tag", "compass", "N", "S"),
    ]

    kept = json.loads(of_drift(drift(*rows), held(GHENT)))["drift"]["changes"]

    assert [(one["key"], one["declared"], one["live"]) for one in kept] == [
        ("mail", MASK, MASK),
        ("sms-token", MASK, MASK),
        ("passing", "on", "off"),
        ("compass", "N", "S"),
    ]


def test_of_the_whole_programme_no_file_tells_what_one_site_declares():  # K4
    here = held(
        PROGRAMME, tag="template/a.yaml", calm="template/sites/ghent/b.yaml", loud="template/sites/ghent/b.yaml"
    )

    kept = json.loads(of_drift(drift(row("tag"), row("calm"), row("loud")), here))

    assert [one["key"] for one in kept["drift"]["changes"]] == ["tag"]
    assert kept["about"]["left_out"] == {"ghent": 2}


def test_a_plan_that_was_carried_out_is_kept_with_what_came_of_it():  # K1, K2, K4
    change = {"field": "smtp_pass", "old": None, "new": "hunter2", "at": "", "company": "", "language": ""}
    common = {"kind": "x.y", "action": "create", "takes_over": False, "waits": False, "record": None}
    steps = [{**common, "key": "mail", "changes": [change]}, {**common, "key": "calm", "changes": []}]
    planned = PlanAnswer(
        create=2, change=0, archive=0, unchanged=0, instance="build", database="u-1", digest="d", resources=steps
    )
    applied = ApplyAnswer(
        written=1,
        taken_over=0,
        archived=0,
        installed=0,
        left=0,
        refused=[{"key": "calm", "field": "", "why": "No.", "at": ""}],
        differing=["mail", "calm"],
        evidence=0,
    )

    kept = json.loads(of_applied(planned, applied, held(PROGRAMME, calm="template/sites/ghent/b.yaml")))

    assert [(one["key"], one["changes"]) for one in kept["plan"]["resources"]] == [("mail", [{**change, "new": MASK}])]
    assert (kept["applied"]["refused"], kept["applied"]["differing"]) == ([], ["mail"])
    assert kept["about"]["left_out"] == {"ghent": 1}
