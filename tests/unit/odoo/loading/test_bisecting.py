"""Does bisecting end, and does it give up the bad records and no others?"""

from hypothesis import given
from hypothesis import strategies as st

from lockgate.odoo.loading.answers import Refused
from lockgate.odoo.loading.bisecting import Group, Step, next_group, step_after
from lockgate.odoo.loading.records import Record, Reject


def record(number):
    return Record(number, f"x.{number}", ((f"x.{number}",),))


def reject(number, reason="bad", field=""):
    return Reject(number, f"x.{number}", reason, field)


R = [record(number) for number in range(8)]


def test_named_records_are_set_apart_and_the_others_go_again():  # B1
    step = step_after(Group((R[0], R[1], R[2])), Refused({1: reject(1)}))
    assert step == Step((Group((R[0], R[2])), Group((R[1],), suspects=True)), ())


def test_suspects_named_for_a_field_are_given_up_the_others_go_alone():  # B2
    named = {0: reject(0), 1: reject(1, field="date"), 2: reject(2)}
    step = step_after(Group((R[0], R[1], R[2]), suspects=True), Refused(named))
    assert step == Step((Group((R[0],), suspects=True), Group((R[2],), suspects=True)), (reject(1, field="date"),))


def test_records_that_are_all_named_at_first_get_a_second_chance():  # B2
    step = step_after(Group((R[0], R[1])), Refused({0: reject(0), 1: reject(1)}))
    assert step == Step((Group((R[0], R[1]), suspects=True),), ())


def test_a_record_refused_alone_is_given_up():  # B3
    assert step_after(Group((R[3],)), Refused(reason="No.")) == Step((), (reject(3, "No."),))
    assert step_after(Group((R[3],)), Refused({0: reject(3)})) == Step((), (reject(3),))


def test_a_call_without_a_culprit_is_halved():  # B3
    assert step_after(Group(tuple(R[:3])), Refused(reason="No.")) == Step((Group((R[0],)), Group((R[1], R[2]))), ())


def test_suspects_go_last():  # B4
    assert next_group([Group((R[0],), suspects=True), Group((R[1],))]) == 1
    assert next_group([Group((R[0],), suspects=True)]) == 0


@given(
    bad=st.sets(st.integers(0, 39)),
    of_a_field=st.booleans(),
    names=st.sampled_from(["all", "first ten", "none", "the first record too"]),
)
def test_whatever_odoo_names_all_good_records_are_saved_once_and_only_bad_ones_given_up(bad, of_a_field, names):  # B5
    saved, given_up, calls = [], [], 0
    waiting = [Group(tuple(record(number) for number in range(40)))]
    while waiting:
        group = waiting.pop(next_group(waiting))
        calls += 1
        faulty = [at for at, one in enumerate(group.records) if one.number in bad]
        if not faulty:
            saved += [one.number for one in group.records]
            continue
        named = {at: reject(group.records[at].number, field="date" if of_a_field else "") for at in faulty}
        if names == "first ten":
            named = dict(list(named.items())[:10])
        elif names == "none":
            named = {}
        elif names == "the first record too":
            named.setdefault(0, reject(group.records[0].number))
        step = step_after(group, Refused(dict(sorted(named.items())), "No."))
        given_up += [one.row for one in step.given_up]
        waiting[:0] = step.again
    assert (sorted(saved), sorted(given_up)) == (sorted(set(range(40)) - bad), sorted(bad))
    assert calls <= (1 + 12 * len(bad) if names == "none" else 2 * len(bad) + 20)  # 12: two for each of 6 halvings
