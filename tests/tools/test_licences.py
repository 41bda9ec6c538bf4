"""Is a licence that we can't use refused, and one that we can let through?"""

import pytest

import licences


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "Apache-2.0 OR BSD-3-Clause",
        "LGPL-3.0-or-later",
        "GNU Library or Lesser General Public License (LGPL)",
        "Mozilla Public License 2.0 (MPL 2.0)",
        "MPL-2.0 AND (Apache-2.0 OR MIT)",
        "GPL-2.0-or-later OR MIT",
    ],
)
def test_a_free_licence_without_strings_on_importers_is_allowed(licence):
    assert licences.allowed(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "AGPL-3.0-or-later",
        "GNU Affero General Public License v3",
        "GNU General Public License v3 (GPLv3)",
        "MIT AND GPL-3.0-only",
        "GPL-3.0-only AND (MIT OR BSD-3-Clause)",
        "Other/Proprietary License",
        "SSPL-1.0",
        "BUSL-1.1",
    ],
)
def test_gpl_agpl_and_closed_licences_are_refused(licence):
    assert not licences.allowed(licence)


def test_a_package_whose_licence_nobody_knows_is_named():
    assert licences.judge("riddle", None) == (
        "riddle: licence unknown; read it, then name it in REVIEWED (tools/licences.py)"
    )


def test_what_the_installed_package_declares_is_read():
    assert licences.declared("ruff") == "MIT"
    assert licences.declared("certifi") == "Mozilla Public License 2.0 (MPL 2.0)"
    assert licences.declared("no-such-package-anywhere") is None


def test_every_pin_is_looked_at():
    assert licences.pinned(["a==1 \\\n    --hash=sha256:00\nB.c-d==2\n    # via a\n", "a==1"]) == ["B.c-d", "a"]


def test_nobody_is_kept_on_the_reviewed_list_who_is_no_longer_pinned():
    pins = licences.pinned(path.read_text() for path in licences.REQUIREMENTS.glob("*.txt"))
    assert set(licences.REVIEWED) - set(pins) == set()
