"""What does Django have to know? All of it from the environment, safe where nothing is said.

LOCKGATE_WORKSPACE     the folder of the workspace; the nearest one when left out
LOCKGATE_DATABASE_URL  `postgresql://…` for a team; a SQLite file in the workspace when left out
LOCKGATE_URL           where people reach the tower, like https://tower.example.com; loopback when left out
LOCKGATE_MAIL_URL      `smtp://user:password@host:port` or `smtps://…`; no mail when left out
LOCKGATE_OIDC_URL      the identity provider of the house, with LOCKGATE_OIDC_NAME, _CLIENT_ID and _SECRET
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from lockgate.faces.web.catalogs import CATALOGS, languages
from lockgate.programme.ledger_place import FOLDER, URL_VARIABLE
from lockgate.tower.practices import template_folders
from lockgate.tower.site_key import site_key
from lockgate.workspace.frame import PROGRAMME_FILE

WORKSPACE = Path(os.environ.get("LOCKGATE_WORKSPACE") or ".").absolute()
ADDRESS = urlsplit(os.environ.get("LOCKGATE_URL") or "http://127.0.0.1:8070")
_KEPT = WORKSPACE / FOLDER
_DATABASE = os.environ.get(URL_VARIABLE) or ""
_MAIL = urlsplit(os.environ.get("LOCKGATE_MAIL_URL") or "")
_ENCRYPTED = ADDRESS.scheme == "https"

DEBUG = False
SECRET_KEY = os.environ.get("LOCKGATE_SECRET_KEY") or site_key(
    _KEPT if (WORKSPACE / PROGRAMME_FILE).is_file() else None
)
ALLOWED_HOSTS = sorted({ADDRESS.hostname or "127.0.0.1", "127.0.0.1", "localhost"})
CSRF_TRUSTED_ORIGINS = [f"{ADDRESS.scheme}://{ADDRESS.netloc}"]
ROOT_URLCONF = "lockgate.app.urls"
WSGI_APPLICATION = "lockgate.app.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # first, so that pages of the libraries below are drawn by our templates
    "lockgate.faces.web.apps.WebConfig",
    "lockgate.tower.apps.TowerConfig",
    "lockgate.tower.people.apps.PeopleConfig",
    "lockgate.tower.runs.apps.RunsConfig",
    "lockgate.tower.notices.apps.NoticesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lockgate.tower.people.activity.Activity",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lockgate.tower.middleware.Asking",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": template_folders(),
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lockgate.tower.frame.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "lockgate.faces.web.templatetags.lockgate",
            ],
            "string_if_invalid": "",
        },
    }
]

if _DATABASE.startswith(("postgresql://", "postgres://")):
    _PARTS = conninfo_to_dict(_DATABASE)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _PARTS.pop("dbname", ""),
            "USER": _PARTS.pop("user", ""),
            "PASSWORD": _PARTS.pop("password", ""),
            "HOST": _PARTS.pop("host", ""),
            "PORT": _PARTS.pop("port", ""),
            "OPTIONS": _PARTS,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(_KEPT / "tower.db"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "pragma journal_mode = wal; pragma synchronous = normal;",
            },
        }
    }

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("person", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "programme"

ACCOUNT_ADAPTER = "lockgate.tower.people.adapters.Door"
SOCIALACCOUNT_ADAPTER = "lockgate.tower.people.adapters.HouseDoor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "person"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = False
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _ENCRYPTED else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Lockgate"
MFA_TOTP_TOLERANCE = 1  # the code before and the one after, too: clocks of telephones differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _ENCRYPTED
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {}
if os.environ.get("LOCKGATE_OIDC_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "house",
                "name": os.environ.get("LOCKGATE_OIDC_NAME") or "Single sign-on",
                "client_id": os.environ.get("LOCKGATE_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("LOCKGATE_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["LOCKGATE_OIDC_URL"]},
            }
        ],
    }

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _ENCRYPTED else None
SECURE_HSTS_SECONDS = 31_536_000 if _ENCRYPTED else 0
SESSION_COOKIE_NAME = "__Host-lockgate" if _ENCRYPTED else "lockgate"
SESSION_COOKIE_SECURE = _ENCRYPTED
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-lockgate-csrf" if _ENCRYPTED else "lockgate-csrf"
CSRF_COOKIE_SECURE = _ENCRYPTED
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "lockgate.tower.refusals.no_token"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # else a flood of addresses would push out the counts of attempts
    }
}
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _MAIL.hostname else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or (465 if _MAIL.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_USE_TLS = _MAIL.scheme == "smtp" and _MAIL.hostname not in {"127.0.0.1", "localhost"}
DEFAULT_FROM_EMAIL = os.environ.get("LOCKGATE_MAIL_FROM") or "lockgate@localhost"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LOCALE_PATHS = [str(CATALOGS)]
LANGUAGES = languages()
USE_I18N = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "lockgate": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
