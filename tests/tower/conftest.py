"""The tower on a workspace of its own: real tables, a real ledger, Django's test client as the browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from support import sample

EXAMPLE = Path(__file__).parents[2] / "examples" / "meridian"


@pytest.fixture(scope="session", autouse=True)
def _tower(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Django with the tables of the tower, once for all tests of this process."""
    root = tmp_path_factory.mktemp("tower") / "meridian"
    shutil.copytree(EXAMPLE, root)
    kept = dict(os.environ)
    from lockgate.app import tower

    tower.prepare(root, "127.0.0.1", 8070)
    yield
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(autouse=True)
def _rows() -> Iterator[None]:
    """Take back what a test writes into the tower's tables."""
    from django.core.cache import cache
    from django.db import connection, transaction
    from django.test.utils import override_settings

    cache.clear()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]), transaction.atomic():
        yield
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Path]:
    """A workspace of its own for one test, with an empty ledger."""
    from django.test.utils import override_settings

    from lockgate.tower import server

    root = tmp_path / "meridian"
    shutil.copytree(EXAMPLE, root)
    with override_settings(WORKSPACE=root):
        yield root
        server.live().close()


@pytest.fixture
def filled(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample with its ten months of history, for one test: filled once for all, then copied."""
    from django.test.utils import override_settings

    from lockgate.tower import server

    root = tmp_path / "meridian"
    shutil.copytree(sample.filled(tmp_path_factory), root)
    with override_settings(WORKSPACE=root):
        yield root
        server.live().close()


@pytest.fixture
def account() -> Callable:
    """Make an account for a person."""
    from lockgate.tower.people.models import Account

    def make(person: str, **known):
        found = Account(person=person, joined_at=datetime.now(UTC), **known)
        found.set_password("a long enough password")
        found.save()
        return found

    return make


@pytest.fixture
def browser_of(account) -> Callable:
    """Sign a person in."""
    from django.test import Client

    def sign_in(person: str, **known):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(account(person, **known), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def client():
    """A browser in which nobody is signed in."""
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")
