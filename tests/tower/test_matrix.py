"""Who may open what: every page and every operation, for everybody, held against the table of the policy."""

import pytest

from support.addresses import SAMPLES, SECRET, ask, asked, content_of, routes, world

DOOR, REFUSED, ABSENT, IN = "the door", "refused", "not there", "let in"
MAY = {
    "anybody": {"nobody", "stranger", "daan", "anna", "ida"},
    "signed_in": {"stranger", "daan", "anna", "ida"},
    "member": {"daan", "anna", "ida"},
    "of_the_whole": {"anna", "ida"},
    "administrator": {"ida"},
    "works": {"anna"},
}
"""Entry of the policy → who of the five it lets in; daan is of Ghent, anna of the whole, ida looks after accounts.

`works` is of the migration: who answers for data."""


def test_every_address_has_a_sample():
    assert sorted(SAMPLES) == sorted({route for route, _ in routes()})


@pytest.mark.parametrize("who", ["nobody", "stranger", "daan", "anna", "ida"])
def test_every_address_answers_as_the_policy_says_and_tells_nothing_of_another_site(  # T25
    programme, browser_of, client, who
):
    from django.db import transaction

    from lockgate.faces.web.policy import table

    browser = client if who == "nobody" else browser_of(who, administrator=who == "ida")
    own, other = world(programme)
    wrong, told = [], []
    for route, operation in routes():
        entry = table()[operation].__name__
        for method, address, foreign in asked(SAMPLES[route], own, other):
            with transaction.atomic():
                answer = ask(browser, method, address, SAMPLES[route].said)
                transaction.set_rollback(True)
            content = content_of(answer)
            came = _outcome(answer, content)
            due = _due(who, entry, foreign=foreign)
            if came != due and not (due == IN and came == ABSENT and _nothing_there(route)):
                wrong.append(f"{method} {address}: {came}, not {due} ({answer.status_code})")
            if who not in {"anna", "ida"} and SECRET.encode() in content.replace(f"?q={SECRET}".encode(), b""):
                told.append(f"{method} {address}")

    assert wrong == []
    assert [line for line in told if "/search/" not in line] == []


def _outcome(answer, content):
    if answer.status_code == 401 or (answer.status_code == 302 and "/account/login/" in answer["Location"]):
        return DOOR
    if answer.status_code == 403 and b"None of your roles lets you." in content:
        return REFUSED
    if answer.status_code == 404:
        return ABSENT
    return IN if answer.status_code < 500 else f"broken {answer.status_code}"


def _due(who, entry, *, foreign):
    if who in MAY[entry]:
        return ABSENT if foreign and who == "daan" else IN
    return DOOR if who == "nobody" else REFUSED


def _nothing_there(route):
    """Return whether an address is for what nobody has here: a key, a loan, a file, a house, a resource, old data."""
    if "/oidc/" in route or "template/resource/" in route or "migration/" in route or route == "fit/confirm/":
        return True
    return "/file/" in route or (route.startswith("account/") and "<int:number>" in route)
