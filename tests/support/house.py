"""The identity provider of a house, as a server of its own: what the tower is tried against with single sign-on.

It is django-allauth's provider of OpenID Connect with people, passwords and one client, and knows nothing of Lockgate.
Run as a program it serves until it is ended:

    .venv/bin/python tests/support/house.py PORT FOLDER CALLBACK
"""

# ruff: noqa: PLC0415 - what is of Django can be imported only once it has its settings

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from time import monotonic, sleep
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

CLIENT, SECRET = "lockgate", "a secret between the house and its tower"
PASSWORD = "what one types at the house"
PEOPLE = {
    "a.peeters": ("Anna@Meridian.example", True),
    "c.maes": ("clara@meridian.example", True),
    "visitor": ("visitor@elsewhere.example", True),
    "impostor": ("daan@meridian.example", False),
}
"""Name at the house → address, and whether the house vouches for it."""
PATIENCE_SECONDS = 60


@contextmanager
def open_house(port: int, folder: Path, callback: str) -> Iterator[str]:
    """Run the house, and yield where it is."""
    url = f"http://127.0.0.1:{port}"
    with (folder / "house.log").open("wb") as log:
        words = [sys.executable, __file__, str(port), folder, callback]
        process = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(process, f"{url}/.well-known/openid-configuration", folder / "house.log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen, url: str, log: Path) -> None:
    end = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None or monotonic() > end:
                raise AssertionError(log.read_text(encoding="utf-8")) from None
            sleep(0.1)


def settings(folder: Path) -> dict[str, object]:
    """Return the settings of Django for the house."""
    return {
        "SECRET_KEY": "of the house, for a test",
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "ROOT_URLCONF": __name__,
        "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "house.db")}},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        "MIDDLEWARE": [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "SESSION_COOKIE_NAME": "house",
        "CSRF_COOKIE_NAME": "house-csrf",
        "USE_TZ": True,
        "LOGIN_URL": "account_login",
        "IDP_OIDC_PRIVATE_KEY": _key(),
    }


def _key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    return key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain).decode()


def _move_in(callback: str) -> None:
    """Make the tables, the people and the client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    client = Client(id=CLIENT, name="Lockgate", secret=make_password(SECRET), scopes="openid\nprofile\nemail")
    client.redirect_uris = callback
    client.save()
    for name, (address, vouched) in PEOPLE.items():
        user = User.objects.create_user(name, email=address, password=PASSWORD)
        EmailAddress.objects.create(user=user, email=address, verified=vouched, primary=True)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def serve(port: int, folder: Path, callback: str) -> None:
    """Serve until the process is ended."""
    from django.conf import settings as of_django

    of_django.configure(**settings(folder))
    import django

    django.setup()
    _move_in(callback)
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", port, get_wsgi_application(), _Server, WSGIRequestHandler) as server:
        server.serve_forever()


def __getattr__(name: str) -> object:
    """Return the addresses of the house, which Django reads once it is set up."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path

    return [path("", include("allauth.idp.urls")), path("accounts/", include("allauth.account.urls"))]


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
