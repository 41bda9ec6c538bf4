import contextlib
import sys

import pytest

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.kernel.secret import Secret
from lockgate.lab.debian_lab import DebianLab, _check_disk
from lockgate.lab.external import ExternalLab
from lockgate.lab.places import Places
from lockgate.lab.provider import Seen, Wish, Workbench, need_nothing
from lockgate.lab.providers import current_provider, provider_named


@contextlib.contextmanager
def quiet_step(_title):
    yield


def odoo_of_the_customer(url, database, login, api_key):
    assert (url, database, login, api_key.reveal()) == ("http://odoo.example", "prod", "me", "k-1")
    return Seen("18.0", frozenset({"crm"}))


@pytest.fixture
def workbench(tmp_path):
    return Workbench(Places(cache=tmp_path / "c", data=tmp_path / "d"), odoo_of_the_customer)


WISH = Wish(url="http://odoo.example", database="prod", login="me", api_key=Secret("k-1"))


def test_an_external_odoo_is_remembered_as_the_lab(workbench):
    lab = ExternalLab(workbench).up(WISH, quiet_step)
    assert (lab.version, lab.modules, lab.databases) == ("18.0", frozenset({"crm"}), ("prod",))
    again = current_provider(workbench).status()
    assert again is not None
    assert (again.provider, again.url, again.version) == ("external", "http://odoo.example", "18.0")


def test_an_external_odoo_is_forgotten_by_down(workbench):
    ExternalLab(workbench).up(WISH, quiet_step)
    current_provider(workbench).down(purge=False)
    assert isinstance(current_provider(workbench), DebianLab)


def test_an_external_odoo_s_databases_are_not_ours(workbench):
    lab = ExternalLab(workbench)
    for act in (
        lambda: lab.clone("a", None, quiet_step),
        lambda: lab.drop("a"),
        lambda: lab.reset(None, quiet_step),
        lambda: lab.shell(None),
    ):
        with pytest.raises(RefusedError):
            act()


def test_an_external_lab_says_all_that_it_needs(workbench):
    with pytest.raises(UsageError) as stopped:
        ExternalLab(workbench).up(Wish(url="http://odoo.example"), quiet_step)
    assert "LOCKGATE_ODOO_API_KEY" in stopped.value.do


def test_an_unknown_provider_is_told_with_those_that_there_are(workbench):
    with pytest.raises(UsageError) as stopped:
        provider_named("docker", workbench)
    assert stopped.value.why == "There are: debian, external."


def test_a_package_adds_a_provider(workbench, tmp_path, monkeypatch):
    (tmp_path / "dockerlab.py").write_text("class Made:\n    name = 'docker'\n    def __init__(self, w): self.w = w\n")
    info = tmp_path / "dockerlab-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dockerlab\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[lockgate.lab_providers]\ndocker = dockerlab:Made\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    provider = provider_named("docker", workbench)
    assert (provider.name, provider.w) == ("docker", workbench)


def test_a_provider_that_can_t_work_says_what_it_would_need(workbench, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as stopped:
        need_nothing(DebianLab(workbench))
    assert stopped.value.what == "The lab provider 'debian' can't work on this machine: apt-get is missing."
    assert "Also missing: dpkg" in stopped.value.do


def test_too_small_a_disk_is_told_before_anything_is_fetched(tmp_path):
    with pytest.raises(UsageError) as stopped:
        _check_disk(tmp_path, 10**18)
    assert stopped.value.what.startswith("Not enough room on the disk for the lab:")
    assert str(tmp_path) in stopped.value.why
