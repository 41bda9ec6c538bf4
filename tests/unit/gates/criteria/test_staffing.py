from dataclasses import replace

from lockgate.gates.criteria.definition import Criterion, Decides, Gate, Kept
from lockgate.gates.criteria.staffing import Lack, Lacking, Where, lacks, needed
from lockgate.kernel.scope import Level, Scope

QUESTION = Kept("defect")
GATE = Gate(
    "uat-exit",
    "testing",
    Level.SITE,
    "Users can do it",
    Decides("site-lead"),
    (Criterion("one", "One", QUESTION, owner="sponsor"), Criterion("two", "Two", QUESTION)),
)
GHENT, BREDA = Scope(Level.SITE, "ghent"), Scope(Level.SITE, "breda")


def lacking(gates, people, scopes=(GHENT, BREDA)):
    """Return what the gates lack when each role has these people at every site, or at those that are named."""
    return lacks(gates, lambda _: scopes, lambda role, scope: people.get((role, scope), people.get(role, ())))


def where(*scopes, gates=("uat-exit",)):
    return Where(dict.fromkeys(map(str, scopes)), dict.fromkeys(gates))


def test_a_gate_that_somebody_decides_and_acts_on_lacks_nobody():
    assert lacking([GATE], {"site-lead": ("bob",), "sponsor": ("ann",)}) == {}


def test_a_role_that_nobody_has_is_told_once_with_scopes_and_gates():  # T1, T4
    assert lacking([GATE, replace(GATE, key="go-live")], {"site-lead": ("bob",)}) == {
        Lack(Lacking.NOBODY, "sponsor"): where(GHENT, BREDA, gates=("uat-exit", "go-live"))
    }


def test_a_role_that_nobody_has_at_one_site_is_told_for_that_one():  # T1
    people = {"site-lead": ("bob",), ("site-lead", BREDA): (), "sponsor": ("ann",)}
    assert lacking([GATE], people) == {Lack(Lacking.NOBODY, "site-lead"): where(BREDA)}


def test_fewer_than_have_to_agree_are_told():  # T2
    gate = replace(GATE, decides=Decides("site-lead", 2))
    assert lacking([gate], {"site-lead": ("bob",), "sponsor": ("bob",)}, [GHENT]) == {
        Lack(Lacking.TOO_FEW, "site-lead", ("bob",), 2): where(GHENT)
    }


def test_who_alone_decides_and_owns_a_criterion_is_told_and_two_are_not():  # T3
    assert lacking([GATE], {"site-lead": ("bob",), "sponsor": ("ann", "bob")}, [GHENT]) == {
        Lack(Lacking.ALONE, "site-lead", ("bob",)): where(GHENT)
    }
    assert lacking([GATE], {"site-lead": ("bob", "eve"), "sponsor": ("bob", "eve")}) == {}


def test_a_criterion_without_an_owner_is_that_of_those_who_decide():  # T3
    gate = replace(GATE, criteria=(Criterion("one", "One", QUESTION),))
    assert lacking([gate], {"site-lead": ("bob",)}) == {}


def test_so_many_people_are_needed_that_nothing_is_to_be_remarked():  # T2, T3
    owned = replace(GATE, decides=Decides("sponsor"))
    three = replace(GATE, decides=Decides("member", 3))
    found = needed([owned, three, GATE])
    assert [found[role] for role in ("sponsor", "member", "site-lead", "other")] == [2, 3, 1, 1]
