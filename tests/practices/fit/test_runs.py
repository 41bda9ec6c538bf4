"""Does a worker try claims, count own code and read the catalogue as the verbs do? On a real Odoo."""

from collections import Counter

from lockgate.practices.fit.perform import runs
from support.work import Work

CLAIMS = """
probes:
  - {key: has-lots, capability: Inventory, title: Lots, why: Recalls, check: {model: stock.lot}}
  - {key: has-none, capability: Inventory, title: None, why: Nothing, check: {model: stock.nothing}}
"""


def test_a_worker_tries_what_the_verb_tries_and_leaves_evidence_of_each(programme):
    programme.write("fit/probes/own.yaml", CLAIMS)

    done = runs.probe(Work(programme.folder), capability="Inventory")

    told = programme.say("test", "probes", "--capability", "Inventory", "--by", "ann")
    states = Counter(one["state"] for one in told["probes"])
    assert (done.ok, done.facts) == (False, {"held": states["held"], "not_held": states["not held"]})
    assert len(set(done.evidence)) == len(told["probes"])


def test_a_worker_reads_the_catalogue_that_is_searched_then(programme):
    done = runs.catalogued(Work(programme.folder))

    told = programme.say("fit", "search", "lots and serial numbers")
    assert (done.ok, done.facts) == (True, {"entries": told["entries"]})
    assert "setting:group_stock_production_lot" in [one["choice"] for one in told["found"][:5]]


def test_a_worker_counts_what_the_verb_counts(programme):
    done = runs.custom(Work(programme.folder))

    told = programme.say("fit", "custom", "--by", "ann")
    assert done.facts == {name: told[name] for name in done.facts}
    assert len(done.evidence) == 1
