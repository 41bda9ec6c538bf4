import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.errors import DatabaseNotFound, NotJson, TimedOut, Unreachable
from lockgate.odoo.ways.http import Answer
from lockgate.odoo.ways.pages import from_page, which_database

WRITE = Call("res.partner", "write", (7,), {"vals": {}})


def html(status, body, **headers):
    return Answer(status, {"content-type": "text/html", **headers}, body.encode())


@pytest.mark.parametrize(
    ("answer", "kind", "why", "sent"),
    [
        (html(200, "<title> Odoo &amp; Co\n login</title>"), NotJson, "It says “Odoo & Co login”.", True),
        (html(200, ""), NotJson, "It says nothing.", True),
        (html(500, "<h1>Internal</h1><p>Server Error"), NotJson, "It says “Internal Server Error”.", True),
        (html(403, "<title>Forbidden</title>"), NotJson, "It says “Forbidden”.", False),
        (html(502, "<title>502 Bad Gateway</title>"), Unreachable, "It says “502 Bad Gateway”.", True),
        (html(503, "no server"), Unreachable, "It says “no server”.", True),
        (html(429, "slow down"), Unreachable, "It says “slow down”.", False),
        (html(504, "<title>504 Gateway Time-out</title>"), TimedOut, "Odoo may still be at work.", True),
        (html(404, "<title>404 Not Found</title>"), NotJson, "It says “404 Not Found”.", False),
    ],
)
def test_a_page_in_place_of_an_answer_is_told_with_what_it_says_of_itself(answer, kind, why, sent):
    error = from_page(answer, WRITE)
    assert (type(error), error.why, error.sent, error.call) == (kind, why, sent, "res.partner.write")


def test_a_redirect_is_told_with_its_target_but_without_its_questions():
    error = from_page(html(301, "", location="https://odoo.example.com/web?token=1"), WRITE)
    assert error.what == "The server sends us elsewhere: to https://odoo.example.com/web."


def test_a_page_that_echoes_the_key_is_shown_masked():
    key = Secret("0123456789abcdef-key")
    error = from_page(html(200, f"<p>You sent: bearer {key.reveal()}</p>"), WRITE)
    assert error.why == "It says “You sent: bearer •••”."


@pytest.mark.parametrize(
    ("wanted", "known", "do"),
    [
        ("prdo", ["prod", "test"], "Did you mean prod?"),
        ("zzz", ["prod", "test"], "It has: prod, test."),
        ("zzz", [], "Check its name."),
    ],
)
def test_databases_that_the_server_does_have_are_named(wanted, known, do):
    error = which_database(DatabaseNotFound("x", why="y", do="Check its name."), wanted, known)
    assert error.lines() == (f"The server has no database {wanted!r}.", "y", do)
