"""A small template in place of the sample's, with looks for drift and plans as the verbs leave them."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from lockgate.kernel.clock import stamp
from lockgate.kernel.evidence import Verdict
from support.recorded import BUILD, SCRIPT, digests, keep, measured, record

GOODS = f"""
why: Goods are valued by their category.
resources:
  - key: goods
    model: product.category
    values: {{ name: "{SCRIPT}" }}
  - key: pump
    model: product.template
    why: Sold everywhere.
    values: {{ name: goods, categ_id: goods, list_price: 12.5 }}
"""
LIEGE = """
resources:
  - key: unheard-of
    model: product.tag
    values: { name: Unheard }
"""


@pytest.fixture
def template(programme):
    """A template in place of the sample's, with a file of Liège's alone."""
    shutil.rmtree(programme / "template", ignore_errors=True)
    for path, text in (("template/goods.yaml", GOODS), ("template/sites/liege/tags.yaml", LIEGE)):
        file = programme / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return programme


def change(key="pump", field="list_price", by="Anna Aerts", **more):
    """Return one difference as `lockgate drift --json` tells it."""
    said = {"kind": "product.template", "key": key, "field": field, "company": "", "language": "", "declared": 12.5}
    at = {"live": 13.0, "by": by, "at": "2026-11-20 09:00:00", "declared_at": "template/goods.yaml:10:40"}
    return {**said, **at, **more}


def look(root, site, *changes, kept=True, instance=BUILD, **left_out):
    """Record a look for drift, as the verb does."""
    figures = {"resources": 4, "in_sync": 4 - len(changes), "drifted": len(changes), "unapproved": len(changes)}
    drift = {**figures, "adherence": 0, "changes": list(changes), "evidence": 0}
    scope = f"site:{site}" if site else "programme"
    about = {"instance": "build", "database": "u-1", "scope": scope, "left_out": left_out}
    artifact = keep(root, json.dumps({"about": about, "drift": drift}).encode()) if kept else None
    evidence = measured(
        site,
        "template.drift",
        Verdict.FAILED if changes else Verdict.PASSED,
        subject={"instance": instance.name},
        inputs={"files:template": digests(root)["files:template"]},
        artifact=artifact,
        instance=instance,
        **figures,
        adherence=figures["in_sync"] / 4,
    )
    [made] = record(root, evidence)
    return made.number


def step(key, action="change", kind="product.template", **fields):
    """Return one resource as `lockgate plan --json` tells it."""
    about = {"old": None, "at": "template/goods.yaml:5:5", "company": "", "language": ""}
    changes = [{"field": name, **about, **said} for name, said in fields.items()]
    said = {"kind": kind, "key": key, "action": action, "takes_over": False, "waits": False, "record": 7}
    return {**said, "changes": changes}


def plan_of(*steps, instance="build", digest="d-1"):
    """Return a plan as `lockgate plan --json` tells it."""
    actions = [one["action"] for one in steps]
    counts = {name: actions.count(name) for name in ("create", "change", "archive")}
    about = {"instance": instance, "database": "u-1", "digest": digest}
    return {**counts, "unchanged": 2, **about, "resources": list(steps)}


def kept_plan(root, site, *steps, instance="build", made=None, left_out=None, denied=()):
    """Keep a plan as the last one, as the verb does."""
    scope = f"site:{site}" if site else "programme"
    about = {"instance": instance, "database": "u-1", "scope": scope, "left_out": left_out or {}}
    made_at, template = stamp(made or datetime.now(UTC)), digests(root)["files:template"]
    kept = {"about": about, "made_at": made_at, "made_by": "bart", "template": template}
    file = root / ".lockgate" / "template" / f"{instance}.{scope.replace(':', '.')}.plan.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    plan = {**plan_of(*steps, instance=instance), "denied": list(denied)}
    file.write_text(json.dumps({**kept, "plan": plan}), encoding="utf-8")


def applied(root, site, *steps):
    """Record that a plan was carried out, as the verb does."""
    about = {"instance": "build", "database": "u-1", "scope": f"site:{site}", "left_out": {}}
    done = {"written": 1, "taken_over": 0, "archived": 0, "installed": 0, "left": 0}
    answer = {**done, "refused": [], "differing": [], "evidence": 0}
    kept = {"about": about, "plan": plan_of(*steps, digest="d-0"), "applied": answer}
    evidence = measured(
        site,
        "template.applied",
        subject={"instance": BUILD.name},
        inputs={"files:template": digests(root)["files:template"]},
        artifact=keep(root, json.dumps(kept).encode()),
        instance=BUILD,
        writes=1,
    )
    [made] = record(root, evidence)
    return made.number
