"""Which instance is meant, and what stops a verb from reaching it? Rules A2 and A4."""

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.programme.reaching import meant, reach
from lockgate.workspace import load

PROGRAMME = """
[programme]
name = "Acme"
playbooks = ["distribution-governance"]
currency = "EUR"
time_zone = "UTC"
"""
INSTANCE = '\n[instances.{name}]\nrole = "{role}"\nurl = "http://127.0.0.1:8069"\ndatabase = "{name}"\n'


@pytest.fixture
def declared(tmp_path):
    """Return what gives the workspace in which these instances are declared."""

    def make(**roles):
        text = PROGRAMME + "".join(INSTANCE.format(name=name, role=role) for name, role in roles.items())
        (tmp_path / "lockgate.toml").write_text(text)
        return load(tmp_path)

    return make


def test_the_one_for_building_is_meant_before_a_lab(declared):  # A4
    assert meant(declared(trial="lab", build="build", live="production")) == "build"


def test_the_only_lab_is_meant_where_none_is_for_building(declared):  # A4
    assert meant(declared(trial="lab", live="production")) == "trial"


@pytest.mark.parametrize("roles", [{}, {"live": "production"}, {"one": "lab", "two": "lab"}])
def test_where_it_can_not_be_told_the_instances_are_named(declared, roles):  # A4
    with pytest.raises(UsageError) as stop:
        meant(declared(**roles))

    assert stop.value.why == f"Declared: {', '.join(roles) or 'none'}."


def told(act):
    with pytest.raises(UsageError) as stop:
        act()
    return stop.value.what, stop.value.why, stop.value.do


def test_an_instance_that_nobody_declares_is_named_with_its_nearest(declared):
    workspace = declared(build="build", trial="lab")
    assert told(lambda: reach(workspace, "bild")) == (
        "No instance `bild` is declared.",
        "Did you mean `build`? Declared: `build`, `trial`.",
        "See lockgate.toml.",
    )


def test_a_key_that_the_environment_lacks_is_asked_for_by_its_variable(declared, tmp_path, monkeypatch):  # A2
    declared(build="build")
    with (tmp_path / "lockgate.toml").open("a") as file:
        file.write('key_variable = "ACME_KEY"\n')
    workspace = load(tmp_path)
    why, do = "ACME_KEY is not set.", "Put the API key into ACME_KEY."
    what = "The key of the instance `build` is not there."
    monkeypatch.delenv("ACME_KEY", raising=False)
    assert told(lambda: reach(workspace, "build")) == (what, why, do)
    monkeypatch.setenv("ACME_KEY", "")
    assert told(lambda: reach(workspace, "build")) == (what, why, do)


def test_an_instance_without_a_variable_is_told_what_to_declare(declared):  # A2
    workspace = declared(build="build")
    assert told(lambda: reach(workspace, "build")) == (
        "The key of the instance `build` is not there.",
        "It names no `key_variable`.",
        "Say in lockgate.toml which variable holds its key.",
    )
