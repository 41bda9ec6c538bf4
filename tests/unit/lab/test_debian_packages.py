import pytest

from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.lab import debian_packages
from lockgate.lab.debian_packages import apt_needs, choose_mirror, debian_mirror, explain_apt, unpacked_odoo
from lockgate.lab.places import Places
from lockgate.lab.running import ProgramFailed, run

BOOKWORM = """\
http://mirror.example/debian/ bookworm main
http://mirror.example/debian/ bookworm-updates main
http://mirror.example/debian-security/ bookworm-security main
"""


def test_the_mirror_is_the_one_that_the_machine_s_own_sources_name():
    assert choose_mirror(BOOKWORM) == "http://mirror.example/debian"


def test_a_security_archive_or_another_vendor_s_is_no_debian_mirror():
    listing = "http://a.example/debian-security/ bookworm-security main\nhttps://b.example/node_20.x/ nodistro main\n"
    assert choose_mirror(listing) is None


def test_contrib_alone_is_no_debian_mirror():
    assert choose_mirror("http://mirror.example/debian/ trixie contrib\n") is None


def test_a_chosen_mirror_goes_before_the_machine_s(monkeypatch):
    monkeypatch.setenv("LOCKGATE_DEBIAN_MIRROR", "http://intranet.example/debian")
    assert debian_mirror() == "http://intranet.example/debian"


def test_without_apt_the_needs_say_what_is_missing_and_what_else_would_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    needs = apt_needs()
    assert [need.name for need in needs] == ["apt-get", "dpkg"]
    assert "--provider external" in needs[0].do


def test_without_debian_s_keys_nothing_is_fetched(monkeypatch, tmp_path):
    monkeypatch.setattr(debian_packages, "KEYRING", tmp_path / "no-keyring.gpg")
    assert [need.name for need in apt_needs()] == ["Debian's archive keyring"]


def test_apt_s_own_words_for_an_unknown_package_are_understood(tmp_path):
    lists = [f"Dir::State::lists={tmp_path}", "Dir::Etc::sourcelist=/dev/null", "Dir::Etc::sourceparts=/dev/null"]
    words = ["apt-get", *(word for setting in lists for word in ("-o", setting)), "download", "odoo-19"]
    with pytest.raises(ProgramFailed) as failed:
        run(words, folder=tmp_path)
    error = explain_apt(failed.value.output)
    assert isinstance(error, UsageError)
    assert error.what == "The mirror has no package odoo-19 (or one of its parts) in the suite sid."
    assert "LOCKGATE_DEBIAN_MIRROR" in error.do


@pytest.mark.parametrize(
    ("output", "kind", "what"),
    [
        ("E: The repository is not signed.", UsageError, "The mirror's signature can't be checked"),
        ("W: GPG error: NO_PUBKEY 0E98404D386FA1D9", UsageError, "The mirror's signature can't be checked"),
        ("E: You don't have enough free space in /x.", UsageError, "The disk is full."),
        ("E: Failed to fetch http://m/odoo.deb  Connection reset", UnreachableError, "Odoo could not be fetched"),
    ],
)
def test_each_failure_of_apt_has_its_own_sentence(output, kind, what):
    error = explain_apt(output)
    assert type(error) is kind
    assert error.what.startswith(what)
    assert error.why == output
    assert error.do


def test_the_newest_whole_unpacking_is_used_and_a_half_one_is_not(tmp_path):
    for name in ("odoo-19.0.0+dfsg-1", "odoo-19.0.0+dfsg-2"):
        (tmp_path / name).mkdir()
    (tmp_path / "odoo-19.0.0+dfsg-1" / ".complete").touch()
    found = unpacked_odoo(Places(cache=tmp_path, data=tmp_path))
    assert found is not None
    assert found.version == "19.0.0+dfsg-1"


def test_a_refused_connection_to_the_mirror_is_told_as_out_of_reach(monkeypatch, tmp_path):
    monkeypatch.setenv("LOCKGATE_DEBIAN_MIRROR", "http://127.0.0.1:9/debian")
    places = Places(cache=tmp_path / "cache", data=tmp_path / "data")
    with pytest.raises(UnreachableError) as stopped:
        debian_packages._fetch(places, places.cache / "packages")
    assert stopped.value.what == "Odoo could not be fetched from the Debian mirror."
    assert "127.0.0.1" in stopped.value.why
    assert not (places.cache / "packages").exists()
