"""The faults below are as Odoo 19 sends them, cut short where that changes nothing."""

import json

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.errors import (
    AccessDenied,
    BadCall,
    Concurrency,
    ConstraintViolated,
    DatabaseNotFound,
    NotAuthenticated,
    NotFound,
    NotJson,
    Refused,
    ServerFault,
    Unreachable,
)
from lockgate.odoo.ways.http import Answer
from lockgate.odoo.ways.translate import (
    from_json2,
    from_jsonrpc,
    from_xmlrpc,
    missing_argument,
    wants_records,
)

WRITE = Call("res.partner", "write", (7,), {"vals": {"colour": 1, "name": "x"}})
TRACEBACK = 'Traceback (most recent call last):\n  File "/usr/lib/odoo/http.py", line 1, in f\n    raise X\n'
NO_IDS = "    ids, args = args[0], args[1:]\n                ~~~~^^^\nIndexError: list index out of range\n"

FAULTS = [
    ("odoo.exceptions.AccessError", 403, "You are not allowed to modify 'Contact'.", AccessDenied),
    ("odoo.exceptions.MissingError", 404, "Record does not exist or has been deleted.", NotFound),
    ("odoo.exceptions.UserError", 422, "You can not remove the admin user.", Refused),
    ("odoo.exceptions.RedirectWarning", 500, "Configure a journal first.", Refused),
    ("odoo.exceptions.ValidationError", 422, "You cannot create recursive hierarchies.", ConstraintViolated),
    ("odoo.exceptions.LockError", 409, "Cannot grab a lock on records", Concurrency),
    ("odoo.exceptions.ConcurrencyError", 500, "try again", Concurrency),
    ("psycopg2.errors.SerializationFailure", 500, "could not serialize access due to concurrent update", Concurrency),
    ("psycopg2.errors.DeadlockDetected", 500, "deadlock detected", Concurrency),
    ("psycopg2.errors.LockNotAvailable", 500, "could not obtain lock on row", Concurrency),
    ("psycopg2.errors.UniqueViolation", 500, "duplicate key value violates", ConstraintViolated),
    ("psycopg2.errors.InvalidTextRepresentation", 500, 'invalid input syntax: "x"', BadCall),
    ("psycopg2.OperationalError", 500, "server closed the connection unexpectedly", Unreachable),
    ("psycopg2.OperationalError", 500, 'FATAL:  database "nope" does not exist', DatabaseNotFound),
    ("builtins.ValueError", 500, "Invalid field 'nofield' on 'res.partner'", BadCall),
    ("builtins.ValueError", 500, "Invalid field res.partner.nofield in condition ('nofield', '=', 1)", BadCall),
    ("builtins.ValueError", 500, "Domain() invalid item in domain: 'x'", BadCall),
    ("builtins.ValueError", 500, "Wrong value for res.partner.type: 'nonsense'", BadCall),
    ("builtins.TypeError", 500, "ResCompany.write() got an unexpected keyword argument 'vals'", BadCall),
    ("builtins.AttributeError", 500, "The method 'res.partner.write' does not exist", NotFound),
    ("builtins.AttributeError", 500, "'res.partner' object has no attribute 'write'", NotFound),
    ("builtins.AttributeError", 500, "'NoneType' object has no attribute 'name'", ServerFault),
    ("builtins.ZeroDivisionError", 500, "division by zero", ServerFault),
    ("odoo.addons.queue_job.exception.RetryableJobError", 500, "later", ServerFault),
    ("builtins.IndexError", 500, "list index out of range", ServerFault),
]


def json2(name, status, message, **more):
    body = {"name": name, "message": message, "arguments": [message], "context": {}, "debug": TRACEBACK, **more}
    return Answer(status, {"content-type": "application/json"}, json.dumps(body).encode())


def jsonrpc(name, message, debug=TRACEBACK):
    return {"code": 0, "message": "Odoo Server Error", "data": {"name": name, "message": message, "debug": debug}}


def html(status, body, **headers):
    return Answer(status, {"content-type": "text/html", **headers}, body.encode())


@pytest.mark.parametrize(("name", "status", "message", "kind"), FAULTS)
def test_a_fault_over_json2_is_of_its_class_and_keeps_odoos_words(name, status, message, kind):
    error = from_json2(json2(name, status, message), WRITE)
    assert (type(error), error.why, error.call) == (kind, message, "res.partner.write")


@pytest.mark.parametrize(("name", "_", "message", "kind"), FAULTS)
def test_a_fault_over_jsonrpc_is_of_its_class_and_keeps_odoos_words(name, _, message, kind):
    error = from_jsonrpc(jsonrpc(name, message), WRITE)
    assert (type(error), error.why, error.call) == (kind, message, "res.partner.write")


@pytest.mark.parametrize(("name", "_", "message", "kind"), FAULTS)
def test_a_fault_over_xmlrpc_is_of_its_class_as_far_as_it_says(name, _, message, kind):
    short = name.rpartition(".")[2]
    warnings = {"AccessError": "AccessError", "MissingError": "MissingError", "RedirectWarning": "Warning"}
    warnings |= dict.fromkeys(("UserError", "ValidationError", "LockError"), "UserError")
    if short in warnings:
        error = from_xmlrpc(f"warning -- {warnings[short]}\n\n{message}", "", WRITE)
        unsaid = warnings[short] == "UserError" and kind is not Concurrency  # that has words of its own
        kind = Refused if unsaid else kind
    else:
        error = from_xmlrpc(message, f"{TRACEBACK}{name}: {message}\n", WRITE)
    assert (type(error), error.why) == (kind, message)


@pytest.mark.parametrize("name", ["odoo.exceptions.AccessDenied", "AccessDenied"])
def test_a_login_that_is_not_accepted_over_jsonrpc_is_told_apart_from_a_missing_right(name):
    assert type(from_jsonrpc(jsonrpc(name, "Access Denied"), WRITE)) is NotAuthenticated


def test_a_login_that_is_not_accepted_over_xmlrpc_is_told_apart_from_a_missing_right():
    assert type(from_xmlrpc("AccessDenied", "Access Denied", WRITE)) is NotAuthenticated


def test_a_key_that_is_not_accepted_over_json2_is_told_apart_from_a_missing_right():
    error = from_json2(json2("werkzeug.exceptions.Unauthorized", 401, "Invalid apikey"), WRITE)
    assert error.lines() == (
        "Odoo does not accept these credentials.",
        "Invalid apikey",
        "Check the key or password and its user; keys also expire and can be revoked: then make a new one.",
    )
    assert type(error) is NotAuthenticated


def test_a_password_asked_for_inside_of_a_method_does_not_doubt_the_key():
    assert type(from_json2(json2("odoo.exceptions.AccessDenied", 403, "Access Denied"), WRITE)) is AccessDenied


def test_a_model_that_is_not_there_comes_with_the_module_that_brings_it():
    call = Call("helpdesk.ticket", "read")
    over_json2 = from_json2(
        json2("werkzeug.exceptions.NotFound", 404, "the model 'helpdesk.ticket' does not exist"), call
    )
    over_jsonrpc = from_jsonrpc(jsonrpc("odoo.exceptions.UserError", "Object helpdesk.ticket doesn't exist"), call)
    said = (
        "This Odoo has no model helpdesk.ticket.",
        "Install the module that brings it: helpdesk (Enterprise) or helpdesk_mgmt (OCA).",
    )
    assert [(error.what, error.do) for error in (over_json2, over_jsonrpc)] == [said, said]


def test_a_field_that_is_not_there_is_named():
    error = from_json2(json2("builtins.KeyError", 500, "colour"), WRITE)
    assert (type(error), error.why) == (BadCall, "res.partner has no field 'colour'.")


def test_a_key_that_is_no_field_of_the_call_is_a_fault_of_the_server():
    assert type(from_json2(json2("builtins.KeyError", 500, "other"), WRITE)) is ServerFault


def test_the_traceback_and_the_arguments_of_odoo_are_not_repeated():
    fault = json2("odoo.exceptions.UserError", 422, "No.", arguments=["No.", {"password": "hunter2"}])
    assert (
        "".join(from_json2(fault, WRITE).lines())
        == "Odoo refused res.partner.write.No.Settle what Odoo names; nothing was saved."
    )


def test_secrets_are_masked_before_the_text_is_cut():
    secret = Secret("open-sesame-open-sesame")
    error = from_json2(json2("odoo.exceptions.UserError", 422, "x" * 1990 + secret.reveal()), WRITE)
    assert error.why == "x" * 1990 + "•••"


def test_long_texts_are_cut():
    error = from_json2(json2("odoo.exceptions.UserError", 422, "x" * 5000), WRITE)
    assert error.why == "x" * 1999 + "…"


def test_a_missing_argument_is_found_in_the_words_of_the_server():
    fault = json2("werkzeug.exceptions.UnprocessableEntity", 422, "missing a required argument: 'values'")
    assert missing_argument(from_json2(fault, WRITE)) == "values"


def test_words_about_a_missing_argument_in_a_business_rule_are_not_taken_for_one():
    fault = json2("odoo.exceptions.UserError", 422, "missing a required argument: 'values'")
    assert missing_argument(from_json2(fault, WRITE)) is None


@pytest.mark.parametrize(
    "error",
    [
        from_jsonrpc(jsonrpc("builtins.IndexError", "list index out of range", TRACEBACK + NO_IDS), WRITE),
        from_xmlrpc("list index out of range", TRACEBACK + NO_IDS, WRITE),
    ],
)
def test_a_call_without_ids_of_a_method_on_records_is_recognised(error):
    assert wants_records(error) is True


def test_an_index_error_inside_of_a_method_is_not_taken_for_missing_ids():
    assert wants_records(from_jsonrpc(jsonrpc("builtins.IndexError", "list index out of range"), WRITE)) is False


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        ("server closed the connection unexpectedly", True),
        ("connection to server on socket failed: FATAL: the database system is starting up", False),
    ],
)
def test_a_lost_database_may_have_saved_unless_it_was_never_reached(message, sent):
    error = from_jsonrpc(jsonrpc("psycopg2.OperationalError", message), WRITE)
    assert (type(error), error.sent) == (Unreachable, sent)


def test_a_page_that_is_missing_over_json2_is_a_database_that_odoo_does_not_show():
    error = from_json2(html(404, "<title>404 Not Found</title>"), WRITE)
    assert (type(error), error.why) == (DatabaseNotFound, "It says “404 Not Found”.")


@pytest.mark.parametrize("body", [b"null", b"[]", b'"x"', b"{}", b"7"])
def test_json_that_is_no_fault_of_odoo_is_not_its_api(body):
    error = from_json2(Answer(500, {"content-type": "application/json"}, body), WRITE)
    assert type(error) is NotJson


def test_an_answer_that_xml_can_not_carry_comes_after_the_call_was_carried_out():
    error = from_xmlrpc("int exceeds XML-RPC limits", TRACEBACK, WRITE)
    assert (type(error), error.sent) == (ServerFault, True)
    assert error.what == "res.partner.write was carried out, but its answer can't travel over XML-RPC."
