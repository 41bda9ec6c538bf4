import pytest

from lockgate.kernel.instance import Role
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.policy import Refusal, fault, may_repeat, reads, refusal
from lockgate.odoo.errors import (
    AccessDenied,
    BadCall,
    Concurrency,
    ConstraintViolated,
    NotJson,
    Refused,
    ServerFault,
    TimedOut,
    Unreachable,
    WriteRefused,
)

READ = Call("res.partner", "search_read")
WRITE = Call("res.partner", "write", (1,), {"vals": {}})


@pytest.mark.parametrize(
    ("model", "method"),
    [("res.partner", "read"), ("x.y", "fields_get"), ("res.users", "has_group"), ("ir.config_parameter", "get_param")],
)
def test_listed_methods_read(model, method):  # R1
    assert reads(Call(model, method)) is True


@pytest.mark.parametrize(
    ("model", "method"),
    [
        ("res.partner", "write"),
        ("res.partner", "export_data"),
        ("res.partner", "default_get"),
        ("res.partner", "onchange"),
        ("x.y", "get_param"),
        ("res.partner", "action_that_nobody_knows"),
    ],
)
def test_every_other_method_is_taken_to_write(model, method):  # R1
    assert reads(Call(model, method)) is False


def test_a_read_only_client_sends_what_reads():  # R2
    assert refusal(READ, role=Role.BUILD, read_only=True, permit=None) is None


def test_a_read_only_client_refuses_every_other_method():  # R2
    no = refusal(WRITE, role=Role.BUILD, read_only=True, permit=lambda call: None)
    assert isinstance(no, WriteRefused)
    assert no.lines() == (
        "res.partner.write was not sent: this connection only reads.",
        "write is not one of the methods known to change nothing.",
        "Use a connection that may write.",
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRODUCTION])
def test_instances_that_are_not_in_production_need_no_permit(role):  # R2
    assert refusal(WRITE, role=role, read_only=False, permit=None) is None


def test_production_without_a_permit_refuses_writes_and_names_what_is_missing():  # R2
    no = refusal(WRITE, role=Role.PRODUCTION, read_only=False, permit=None)
    assert isinstance(no, WriteRefused)
    assert no.lines() == (
        "res.partner.write was not sent: the instance is in production.",
        "No gate answers for this connection.",
        "Open the gate for this instance, or record an emergency decision.",
    )


def test_production_asks_the_permit_for_each_write():  # R2
    asked = []
    assert refusal(WRITE, role=Role.PRODUCTION, read_only=False, permit=asked.append) is None
    assert asked == [WRITE]


def test_production_does_not_ask_the_permit_for_reads():  # R2
    asked = []
    assert refusal(READ, role=Role.PRODUCTION, read_only=False, permit=asked.append) is None
    assert asked == []


def test_the_words_of_the_permit_reach_the_user():  # R2
    shut = Refusal("The gate go-live is blocked: 2 criteria are unmet.", "See lockgate gate explain go-live.")
    no = refusal(WRITE, role=Role.PRODUCTION, read_only=False, permit=lambda call: shut)
    assert isinstance(no, WriteRefused)
    assert (no.why, no.do) == (shut.why, shut.do)


@pytest.mark.parametrize("method", ["write", "unlink", "copy"])
@pytest.mark.parametrize("ids", [None, ()])
def test_a_change_of_no_records_is_refused(method, ids):  # R3
    assert fault(Call("res.partner", method, ids)).why == "Odoo would answer that all is well and do nothing."


def test_a_button_on_an_empty_list_is_refused():  # R3
    assert fault(Call("sale.order", "action_confirm", ())).what == "sale.order.action_confirm was given no records."


@pytest.mark.parametrize("method", ["read", "web_save", "onchange", "create", "search"])
def test_methods_that_may_go_without_records_may_have_an_empty_list(method):  # R3
    assert fault(Call("res.partner", method, ())) is None


def test_a_method_of_the_model_needs_no_records():  # R3
    assert fault(Call("ir.module.module", "update_list")) is None


@pytest.mark.parametrize("wrong", [False, True, 0, -1, "1", None, 1.0])
def test_what_is_no_id_is_refused(wrong):  # R3
    assert (
        fault(Call("res.partner", "read", (1, wrong))).what == f"res.partner.read: {wrong!r} is not the id of a record."
    )


@pytest.mark.parametrize("method", ["create", "search", "search_read", "load", "fields_get"])
def test_a_method_of_the_model_is_not_sent_with_records(method):  # R3
    assert fault(Call("res.partner", method, (1,))).what == f"res.partner.{method} was given records."


@pytest.mark.parametrize(
    ("model", "method"), [("res.partner/x", "read"), ("", "read"), ("res.partner", ""), ("a", "read?x=1"), ("a b", "c")]
)
def test_what_is_no_name_of_a_method_is_refused(model, method):
    assert isinstance(fault(Call(model, method)), BadCall)


@pytest.mark.parametrize("repeatable", [None, True, False])
@pytest.mark.parametrize("call", [READ, WRITE])
def test_a_conflict_is_always_tried_again(call, repeatable):  # R4
    assert may_repeat(Concurrency("x"), call, repeatable=repeatable) is True


@pytest.mark.parametrize("repeatable", [None, True, False])
@pytest.mark.parametrize("call", [READ, WRITE])
def test_what_was_not_sent_is_always_tried_again(call, repeatable):  # R4
    assert may_repeat(Unreachable("x", sent=False), call, repeatable=repeatable) is True


@pytest.mark.parametrize(
    ("call", "repeatable", "again"),
    [
        (READ, None, True),
        (READ, False, False),
        (WRITE, None, False),
        (WRITE, False, False),
        (WRITE, True, True),
    ],
)
def test_what_may_have_been_carried_out_is_tried_again_only_where_that_is_harmless(call, repeatable, again):  # R5
    assert may_repeat(Unreachable("x", sent=True), call, repeatable=repeatable) is again


@pytest.mark.parametrize("kind", [AccessDenied, BadCall, ConstraintViolated, NotJson, Refused, ServerFault, TimedOut])
@pytest.mark.parametrize("call", [READ, WRITE])
@pytest.mark.parametrize("sent", [True, False])
def test_nothing_else_is_tried_again(kind, call, sent):  # R6
    assert may_repeat(kind("x", sent=sent), call, repeatable=True) is False
