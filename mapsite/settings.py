"""All settings, from the environment (and `.env` beside manage.py). docs/settings.md has one entry for each."""

from __future__ import annotations

import os
from contextlib import suppress
from logging import getLevelNamesMapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from mapsite.environment import (
    database,
    env_bool,
    env_choice,
    env_float,
    env_int,
    env_list,
    env_object,
    env_text,
    read_env_file,
)

BASE_DIR = Path(__file__).resolve().parent.parent
read_env_file(BASE_DIR / ".env")

DEBUG = env_bool("DEBUG", default=False)
VAR_DIR = Path(env_text("VAR_DIR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """SECRET_KEY, or one made once and kept in VAR_DIR with the owner's rights only."""
    if key := env_text("SECRET_KEY"):
        return key
    file = VAR_DIR / "secret_key"
    if not file.exists():
        # Written whole before it gets its name: of two processes that start together, both read the first one's.
        with NamedTemporaryFile("w", dir=VAR_DIR, encoding="utf-8") as fresh:
            fresh.write(get_random_secret_key())
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, file)
    return file.read_text(encoding="utf-8").strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
SITE_NAME = env_text("SITE_NAME", "Incident Atlas")
CONTACT = env_text("CONTACT")

INSTALLED_APPS = [
    "incidents.apps.IncidentsConfig",
    "incidents.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mapsite.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mapsite.urls"
WSGI_APPLICATION = "mapsite.wsgi.application"
ASGI_APPLICATION = "mapsite.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "incidents.context.site",
            ]
        },
    }
]

DATABASES = {"default": database(env_text("DATABASE_URL"), default_file=VAR_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True

LANGUAGE_CODE = "en"
# Those that there are translations for: a page must not say of its English words that they are Arabic.
_NAMES = {"ar": "العربية", "en": "English", "es": "Español", "fr": "Français"}
LANGUAGES = [
    (code, name)
    for code, name in _NAMES.items()
    if code == LANGUAGE_CODE or (BASE_DIR / "locale" / code / "LC_MESSAGES" / "django.mo").is_file()
]
FORMAT_MODULE_PATH = "mapsite.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env_choice("TIME_ZONE", "UTC", available_timezones(), such_as="Europe/Paris")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
# Bytes as they were fetched, under their SHA-256: never served.
RAW_DIR = VAR_DIR / "raw"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "raw": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": RAW_DIR}},
    "staticfiles": {"BACKEND": "mapsite.static.CollectedOrPlainStorage"},
}
# Files are found where they lie until collectstatic has gathered them.
WHITENOISE_USE_FINDERS = True

GAZETTEER_PATH = Path(env_text("GAZETTEER_PATH") or VAR_DIR / "gazetteer.sqlite3")
# Off, `manage.py write_columns` alone writes the file that the explorer loads.
COLUMNS_BACKGROUND = env_bool("COLUMNS_BACKGROUND", default=True)
# A set smaller than this is written while its first visitor waits: some 0.1 s for 5,000 incidents.
COLUMNS_AT_ONCE = env_int("COLUMNS_AT_ONCE", 5000)
FETCH_TIMEOUT = env_int("FETCH_TIMEOUT", 20)

# A geocoding provider for names that the gazetteer lacks; without it the site calls no foreign host.
GEOCODER_PROVIDER = env_text("GEOCODER_PROVIDER").lower()
GEOCODER_DOMAIN = env_text("GEOCODER_DOMAIN")
GEOCODER_SCHEME = env_text("GEOCODER_SCHEME")
GEOCODER_USER_AGENT = env_text("GEOCODER_USER_AGENT")
GEOCODER_MIN_DELAY_SECONDS = env_float("GEOCODER_MIN_DELAY_SECONDS", 1.0)
GEOCODER_TIMEOUT_SECONDS = env_float("GEOCODER_TIMEOUT_SECONDS", 5.0, least=0.1)
GEOCODER_CACHE_DAYS = env_int("GEOCODER_CACHE_DAYS", 90)
GEOCODER_OPTIONS = env_object("GEOCODER_OPTIONS")
if GEOCODER_PROVIDER and not GEOCODER_USER_AGENT:
    raise ImproperlyConfigured(
        "GEOCODER_PROVIDER is set and GEOCODER_USER_AGENT is not: say who asks, such as "
        "GEOCODER_USER_AGENT=Incident Atlas (desk@example.org)."
    )

# An optional tile layer under the bundled outline; without it the site calls no foreign host.
TILE_URL = env_text("TILE_URL")
TILE_ATTRIBUTION = env_text("TILE_ATTRIBUTION")


def _tile_origin() -> list[str]:
    """The one foreign origin that pages may load pictures from. {s} stands for a subdomain."""
    if not TILE_URL:
        return []
    if not TILE_ATTRIBUTION:
        raise ImproperlyConfigured("TILE_URL is set and TILE_ATTRIBUTION is not: name who made the tiles.")
    parts = urlsplit(TILE_URL)
    if parts.scheme not in {"http", "https"} or not parts.netloc or "{z}" not in TILE_URL:
        raise ImproperlyConfigured(f"TILE_URL={TILE_URL!r}: write https://host/path/{{z}}/{{x}}/{{y}}.png.")
    return [f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"]


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *_tile_origin()],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Who may frame /embed/: an origin each, or * for everybody (an embed has no cookie and no form).
EMBED_ANCESTORS = env_list("EMBED_ANCESTORS", ("*",))

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_PROXY = env_bool("BEHIND_PROXY", default=False)
AXES_CLIENT_IP_CALLABLE = "mapsite.proxy.client_address"
# HTTPS=1 once the site is behind TLS: cookies and redirects then insist on it.
HTTPS = env_bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # geopy tells every try; incidents.gazetteer.providers says once that a provider is down.
    "loggers": {"geopy": {"level": "CRITICAL"}},
    "root": {
        "handlers": ["stderr"],
        "level": env_choice("LOG_LEVEL", "WARNING", getLevelNamesMapping(), such_as="INFO"),
    },
}
