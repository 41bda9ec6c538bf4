"""Does a run that is over lead to the page that shows what came of it? The verbs of all practices are walked."""

from django.urls import Resolver404, resolve

from lockgate.programme.asking import installed_verbs


def _leads_nowhere(address):
    try:
        resolve(address)
    except Resolver404:
        return True
    return False


def test_every_verb_of_a_practice_leads_to_a_page_that_there_is(browser_of):
    browser_of("admin")
    assert {name for name, verb in installed_verbs().items() if _leads_nowhere(verb.shown_at)} == set()
