"""Settings of the whole product. Everything that differs between machines is an environment variable.

A variable that is missing where it is required, or malformed, stops the start and is named in the error
(`environs.EnvValidationError`). docs/configuration.md lists them all.
"""

from collections.abc import Callable
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from celery.schedules import crontab
from django.utils.csp import CSP
from environs import Env, ValidationError, validate

from jobboard import embedded

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def _url(*schemes: str) -> Callable[[str], None]:
    """A check that an address begins with one of these schemes; an empty one counts as not set."""

    def check(value: str) -> None:
        if value and value.partition("://")[0] not in schemes:
            raise ValidationError(f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")

    return check


def _mail_provider(value: str) -> None:
    if value and not (value.isidentifier() and find_spec(f"anymail.backends.{value}")):
        raise ValidationError("is not the name of a django-anymail provider")


def _off_in_production(value: bool) -> None:
    if value and PRODUCTION:
        raise ValidationError("must be off in production")


# --- Where we are -------------------------------------------------------------------------------------------------

PRODUCTION = env.bool("PRODUCTION", False)
# Demo data and sign-ins, the mail page open to all.
DEMO_MODE = env.bool("DEMO_MODE", not PRODUCTION, validate=_off_in_production)
DEBUG = env.bool("DEBUG", False, validate=_off_in_production)
VAR_DIR = Path(env.str("VAR_DIR", "") or BASE_DIR / "var").expanduser().resolve()
BIND_ADDRESS = env.str("BIND_ADDRESS", "127.0.0.1")  # where `make run` listens; 0.0.0.0 opens it to the network
PORT = env.int("PORT", 8000, validate=validate.Range(min=1, max=65535))
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}", validate=_url("http", "https")).rstrip("/")
SITE_NAME = "Codeharbor"
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "open-chart-2026")

if PRODUCTION:
    SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
else:
    SECRET_KEY = env.str("SECRET_KEY", None) or embedded.machine_secret(VAR_DIR)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

# How many proxies in front of us append to X-Forwarded-For; 0 trusts the socket's address alone.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(min=0, max=5))

# --- Parts outside Python -----------------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", "", validate=_url("postgres", "postgresql"))
CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL", "", validate=_url("redis", "rediss", "redis+socket", "sentinel", "amqp", "amqps", "pyamqp")
)
EMBEDDED = {"database": not DATABASE_URL, "broker": not CELERY_BROKER_URL}  # what jobboard.embedded is to bring up
CELERY_BROKER_URL = CELERY_BROKER_URL or embedded.broker_url(VAR_DIR)
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL") if DATABASE_URL else dj_database_url.parse(embedded.database_url(VAR_DIR))
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a connection from before the database's restart is not handed out
DATABASES["default"].setdefault("OPTIONS", {})
if env.bool("DATABASE_POOL", True):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 0,
        "max_size": env.int("DATABASE_POOL_SIZE", 8, validate=validate.Range(min=1)),
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The house ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "codes",
    "jobboard",
    "jobboard.outbox",
    "jobboard.places",
    "jobboard.employers",
    "jobboard.postings",
    "jobboard.moderation",
    "jobboard.applications",
    "jobboard.screening",
    "jobboard.alerts",
    "jobboard.reminders",
    "jobboard.pay",
    "jobboard.talent",
    "jobboard.distribution",
    "jobboard.browse",
    "jobboard.imports",
    "jobboard.tracker",
    "jobboard.statistics",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django.forms",  # its widget templates, which our form renderer uses
    "django_filters",
    "django_htmx",
    "heroicons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jobboard.middleware.plain_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "jobboard.middleware.readable_form",
    "accounts.middleware.Authentication",
    "accounts.middleware.SignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jobboard.middleware.sign_in_as_a_page",
    "jobboard.middleware.refusal_as_a_page",
    "accounts.middleware.reader",
    "accounts.middleware.time_zone",
    "accounts.middleware.Refusals",
]

ROOT_URLCONF = "jobboard.urls"
WSGI_APPLICATION = "jobboard.wsgi.application"

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
                "jobboard.context.site",
            ],
            "builtins": ["jobboard.templatetags.icons", "jobboard.templatetags.house"],
        },
    },
]
FORM_RENDERER = "jobboard.forms.HouseRenderer"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"  # what a reader without a zone of their own sees; stored times are UTC
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "uploads"  # private: no URL leads here, views hand files out after asking who wants them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000  # bytes of a form without its files; a longer one is answered 413
REQUEST_MAX_BYTES = 64_000_000  # of any request, files included; a larger one is answered 413 unread
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

CACHES = {
    "pages": {  # rendered parts, whose keys change with what they show; each web process keeps its own
        "BACKEND": "jobboard.memory.Memory",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_BYTES": 64_000_000},
    },
    "answers": {  # whole pages for guests, of about 90 kB each
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    "beacons": {  # how many of each network in this minute; each web process counts its own
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "beacons",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "default": {  # what limits sign-ins: room for more than anybody can put there before it has run out
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000, "CULL_FREQUENCY": 1_000},
    },
}
SESSION_ENGINE = "accounts.sessions"

# --- Accounts -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.ByDjango",
    "accounts.backends.ByAllauth",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.entrance.AddEmailForm",
    "change_password": "accounts.forms.entrance.ChangePasswordForm",
    "login": "accounts.forms.entrance.LoginForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateForm",
    "reset_password": "accounts.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.entrance.ResetPasswordKeyForm",
    "set_password": "accounts.forms.entrance.SetPasswordForm",
    "signup": "accounts.forms.entrance.SignupForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.forms.entrance.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.passkeys.AddPasskeyForm",
    "authenticate": "accounts.forms.entrance.AuthenticateForm",
    "authenticate_webauthn": "accounts.forms.passkeys.SecondStepByPasskeyForm",
    "edit_webauthn": "accounts.forms.passkeys.EditPasskeyForm",
    "login_webauthn": "accounts.forms.passkeys.LoginByPasskeyForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateByCodeForm",
    "reauthenticate_webauthn": "accounts.forms.passkeys.ReauthenticateByPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # there are none: accounts.address stores a new address once it is confirmed
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds either way, for slow hands and clocks (RFC 6238, 5.2 and 6)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # passkeys on http://localhost while trying it out
SOCIALACCOUNT_ADAPTER = "accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.entrance.SocialSignupForm"}
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
SIGN_IN_ORIGINS: list[str] = []  # where a sign-in form may be redirected to; browsers ask the CSP
for _provider, _origin in {
    "google": "https://accounts.google.com",
    "microsoft": "https://login.microsoftonline.com",
    "linkedin": "https://www.linkedin.com",
}.items():
    if _client_id := env.str(f"{_provider.upper()}_CLIENT_ID", ""):
        SIGN_IN_ORIGINS.append(_origin)
        _app = {"client_id": _client_id, "secret": env.str(f"{_provider.upper()}_CLIENT_SECRET")}
        if _provider == "linkedin":
            _app |= {"provider_id": "linkedin", "name": "LinkedIn"}
            SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
                "APPS": [_app | {"settings": {"server_url": "https://www.linkedin.com/oauth"}}]
            }
            INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
        else:
            SOCIALACCOUNT_PROVIDERS[_provider] = {"APPS": [_app]}
            INSTALLED_APPS.append(f"allauth.socialaccount.providers.{_provider}")

# --- Tiers: what a reader may open (DESIGN: guest 1, free 5 more, registered all) -----------------------------------

GUEST_CODE_VIEWS = env.int("GUEST_CODE_VIEWS", 1, validate=validate.Range(min=0))
FREE_CODE_VIEWS = env.int("FREE_CODE_VIEWS", 5, validate=validate.Range(min=0))
CODE_VIEW_WINDOW_DAYS = env.int("CODE_VIEW_WINDOW_DAYS", 0, validate=validate.Range(min=0))  # 0: views never come back
FREE_VIEWS_PER_NETWORK_AND_DAY = env.int("FREE_VIEWS_PER_NETWORK_AND_DAY", 100, validate=validate.Range(min=0))
GUEST_VIEWS_PER_NETWORK_AND_DAY = env.int("GUEST_VIEWS_PER_NETWORK_AND_DAY", 20, validate=validate.Range(min=0))

# --- Jobs ---------------------------------------------------------------------------------------------------------

RESUME_MAX_BYTES = env.int("RESUME_MAX_BYTES", 5_000_000, validate=validate.Range(min=1))
POSTINGS_PER_DAY = env.int("POSTINGS_PER_DAY", 20, validate=validate.Range(min=1))  # of one employer, submitted
POSTINGS_PER_DAY_VERIFIED = env.int("POSTINGS_PER_DAY_VERIFIED", 500, validate=validate.Range(min=1))
REPORTS_PER_PERSON_AND_DAY = env.int("REPORTS_PER_PERSON_AND_DAY", 20, validate=validate.Range(min=1))
REPORTS_PER_NETWORK_AND_DAY = env.int("REPORTS_PER_NETWORK_AND_DAY", 5, validate=validate.Range(min=0))  # of guests
LOGO_MAX_BYTES = env.int("LOGO_MAX_BYTES", 2_000_000, validate=validate.Range(min=1))
POSTING_DAYS = env.int("POSTING_DAYS", 60, validate=validate.Range(min=1, max=365))  # longest life of a posting
PULSE_DAYS = env.int("PULSE_DAYS", 14, validate=validate.Range(min=0, max=365))  # between two questions; 0 asks nobody
PULSE_GRACE_DAYS = env.int("PULSE_GRACE_DAYS", 7, validate=validate.Range(min=1, max=90))  # to answer one

# --- Getting many postings in ---------------------------------------------------------------------------------------

IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", 5_000_000, validate=validate.Range(min=1))
IMPORT_MAX_LINES = env.int("IMPORT_MAX_LINES", 500, validate=validate.Range(min=1, max=5_000))
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 120, validate=validate.Range(min=1))  # with one key

# --- Mail: every message goes to the outbox table with the change it tells of; a task hands it to the transport -----

MAIL_DIR = VAR_DIR / "mail"
# smtp://user:password@host:587/?tls=True
EMAIL_URL = env.str("EMAIL_URL", "", validate=_url("smtp", "submission"))
# a django-anymail provider: postmark, mailgun, amazon_ses, ...
EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", "", validate=_mail_provider)
MAILERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "jobboard.outbox.backend.OutboxBackend"},
    "transport": {"BACKEND": "jobboard.outbox.files.MailFiles"},
}
if EMAIL_PROVIDER:
    MAILERS["transport"] = {"BACKEND": f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"}
    ANYMAIL = env.json("ANYMAIL")  # {"POSTMARK_SERVER_TOKEN": "..."}
elif EMAIL_URL:
    _smtp = env.dj_email_url("EMAIL_URL")
    MAILERS["transport"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _smtp["EMAIL_HOST"],
            "port": _smtp["EMAIL_PORT"],
            "username": _smtp["EMAIL_HOST_USER"],
            "password": _smtp["EMAIL_HOST_PASSWORD"],
            "use_tls": _smtp["EMAIL_USE_TLS"],
            "use_ssl": _smtp["EMAIL_USE_SSL"],
            "timeout": 30,
        },
    }
MAIL_TO_FILES = not (EMAIL_PROVIDER or EMAIL_URL)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <no-reply@codeharbor.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Whom LinkedIn writes to about a job in its feed; the people of employers stay private.
FEED_EMAIL = env.str("FEED_EMAIL", parseaddr(DEFAULT_FROM_EMAIL)[1])
# The domain of addresses that mails about an application name for answers. Empty: people answer on the site alone.
# The demonstration's leads nowhere but to its own listener.
INBOUND_DOMAIN = env.str("INBOUND_DOMAIN", "answers.codeharbor.example" if DEMO_MODE and MAIL_TO_FILES else "")
INBOUND_PORT = env.int("INBOUND_PORT", 8025, validate=validate.Range(min=1, max=65535))  # of 127.0.0.1, SMTP

# --- Celery -------------------------------------------------------------------------------------------------------

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # the broker hands them out again
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # the worker waits for its broker as long as it takes
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is down is one refusal, not six seconds of a request: what is queued can be found in the database too.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, int] = {"max_retries": 0}
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"socket_connect_timeout": 3, "visibility_timeout": 600}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_ALWAYS_EAGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "clear sessions": {"task": "accounts.tasks.clear_sessions", "schedule": 86_400.0},
    "forget limits": {"task": "accounts.tasks.forget_limits", "schedule": 3_600.0},
    "forget guests": {"task": "accounts.tasks.forget_guests", "schedule": 86_400.0},
    "forget addresses": {"task": "jobboard.employers.tasks.forget_addresses", "schedule": 86_400.0},
    "forget readers": {"task": "jobboard.statistics.tasks.forget_readers", "schedule": 3600.0},
    "forget uploads": {"task": "jobboard.imports.tasks.forget_uploads", "schedule": 3_600.0},
    # What no worker took within the minute is void: the next minute asks again.
    "deliver waiting mail": {"task": "jobboard.outbox.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "still hiring": {"task": "jobboard.postings.tasks.still_hiring", "schedule": 600.0, "options": {"expires": 600}},
    "remind of tracked jobs": {"task": "jobboard.tracker.tasks.remind", "schedule": 600.0, "options": {"expires": 600}},
    # In the morning and through the day of the eastern states, for those who were not reached in the morning.
    "remind of credentials": {
        "task": "jobboard.reminders.tasks.remind_due",
        "schedule": crontab(minute=20, hour="13-23"),
        "options": {"expires": 3600},
    },
    "retire postings": {"task": "jobboard.postings.tasks.retire", "schedule": 600.0, "options": {"expires": 600}},
    "forget changes of postings": {"task": "jobboard.postings.tasks.forget_changes", "schedule": 3_600.0},
    "renew words of postings": {"task": "jobboard.postings.tasks.renew_words", "schedule": 3_600.0},
    "renew pay ranges": {"task": "jobboard.moderation.tasks.renew_pay_ranges", "schedule": 86_400.0},
    "fingerprint the rest": {"task": "jobboard.moderation.tasks.fingerprint_the_rest", "schedule": 86_400.0},
    "run due alerts": {"task": "jobboard.alerts.tasks.run_due", "schedule": 60.0, "options": {"expires": 60}},
}

# --- Security -----------------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF, *SIGN_IN_ORIGINS],
    "frame-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_HTTPONLY = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from inside, where there is no TLS
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "filters": {
        "refusals": {"()": "jobboard.logs.RefusalsInOneLine"},
        "tokens": {"()": "jobboard.logs.TokensCut"},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"filters": ["refusals", "tokens"]},
        "django.security.csrf": {"filters": ["tokens"]},
        "pypdf": {"level": "CRITICAL"},  # what it says of a broken upload is told to the one who uploads it
        "mail.log": {"level": "WARNING"},  # aiosmtpd's lines name the addresses for answers, which are secret
    },
}
