"""Are options that several verbs share declared once, so that they are spelt and explained alike?"""

import pytest

from lockgate.app import discovery, shell

SHARED = ("--json", "--workspace", "--as-of", "--by", "--reason")


def options():
    """Return each option of each verb: what it is called, and what is said of it."""
    waiting = [shell._load(verb) for verb in discovery.own_verbs()]
    while waiting:
        verb = waiting.pop()
        waiting += getattr(verb, "commands", {}).values()
        yield from ((name, option.help) for option in verb.params for name in option.opts)


@pytest.mark.parametrize("name", SHARED)
def test_an_option_that_several_verbs_share_is_explained_alike(name):
    explained = [text for option, text in options() if option == name]
    assert len(explained) > 1
    assert set(explained) == {explained[0]}
