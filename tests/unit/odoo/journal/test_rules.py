"""Who may work on a run, and how may a batch move?"""

from lockgate.odoo.journal.rules import Holder, Lease, State, claim, is_free, may_move, renewed

ME = Holder("me", "here", 1, "boot:1")
OTHER = Holder("other", "there", 2, "boot:2")


def test_a_run_is_free_when_nobody_holds_it_or_the_hold_ended_or_the_holder_died():  # L1
    held = Lease(OTHER, 3, since=100.0, until=130.0)
    assert is_free(None, now=110, dead=False)
    assert not is_free(held, now=129.9, dead=False)
    assert is_free(held, now=130, dead=False)
    assert is_free(held, now=110, dead=True)


def test_every_claim_has_a_higher_fence():  # L2
    assert claim(ME, last_fence=3, now=100.0, seconds=30) == Lease(ME, 4, since=100.0, until=130.0)


def test_a_renewed_lease_is_the_same_claim():  # L2
    lease = Lease(ME, 4, since=100.0, until=130.0)
    assert renewed(lease, now=110.0, seconds=30) == Lease(ME, 4, since=100.0, until=140.0)


def test_a_batch_only_moves_forward():  # L3
    moves = {(now, to) for now in State for to in State if may_move(now, to)}
    assert moves == {
        (State.PLANNED, State.SENT),
        (State.SENT, State.SENT),
        (State.SENT, State.CONFIRMED),
        (State.SENT, State.REJECTED),
    }
