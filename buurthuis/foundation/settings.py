"""Settings from the environment: read once, checked at the start, refused in one clear line."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from buurthuis.foundation.stripe_settings import NO_ACCOUNT, StripeSettings, stripe_settings

CHECKOUT = Path(__file__).resolve().parents[2]
PREFIX = "BUURTHUIS_"
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
_VAULT_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


class BadSetting(SystemExit):
    """A setting makes no sense; the program stops with this one line."""

    def __init__(self, name: str, cure: str) -> None:
        super().__init__(f"{PREFIX}{name}: {cure}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program needs to know about the place where it runs."""

    instance: Path
    database_url: str
    secret_key: str
    base_url: str
    trusted_hosts: tuple[str, ...]
    mail_url: str
    mail_from: str
    limiter_storage: str
    proxies: int
    vault_keys: tuple[str, ...] = field(repr=False)
    """What door and alarm codes are sealed with, the newest first; the others still open old seals."""
    own_calendars: frozenset[tuple[str, int]]
    """Servers in our own network that calendars may come from, by name and port."""
    stripe: StripeSettings = NO_ACCOUNT
    """Accounts for paying online; without one that is not offered."""

    @property
    def is_embedded(self) -> bool:
        """The database is a file of our own."""
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        """Visitors come over an encrypted line, so cookies may insist on it."""
        return self.base_url.startswith("https://")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises:
        BadSetting: a setting makes no sense; its text names the setting and the cure.
    """
    env = os.environ if environment is None else environment
    instance = Path(env.get(PREFIX + "INSTANCE") or CHECKOUT / "instance").resolve()
    base_url = _base_url(env)
    return Settings(
        instance=instance,
        database_url=_database_url(env, instance),
        secret_key=_secret_key(env, instance),
        base_url=base_url,
        trusted_hosts=_trusted_hosts(env, base_url),
        mail_url=_mail_url(env),
        mail_from=env.get(PREFIX + "MAIL_FROM") or "buurthuis <post@buurthuis.example>",
        limiter_storage=env.get(PREFIX + "LIMITER_STORAGE") or "memory://",
        proxies=_proxies(env),
        vault_keys=_vault_keys(env),
        own_calendars=_own_calendars(env),
        stripe=_stripe(env),
    )


def _base_url(env: Mapping[str, str]) -> str:
    url = env.get(PREFIX + "BASE_URL") or f"http://127.0.0.1:{_port(env)}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting("BASE_URL", f"{url!r} is no web address; write https://your.house")
    return url.rstrip("/")


def _port(env: Mapping[str, str]) -> int:
    text = env.get("PORT") or "5000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT: {text!r} is no port; write a number such as 5000")
    return int(text)


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get(PREFIX + "DATABASE_URL") or f"sqlite:///{instance / 'buurthuis.sqlite'}"
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            url = "postgresql+psycopg://" + url.removeprefix(plain)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("DATABASE_URL", "write sqlite:///file or postgresql://user:pw@host/name")
    return url


def _secret_key(env: Mapping[str, str], instance: Path) -> str:
    given = env.get(PREFIX + "SECRET_KEY")
    if given is not None:
        if len(given) < 16:
            raise BadSetting("SECRET_KEY", "too short; write at least 16 characters")
        return given
    return _kept_secret(instance / "secret_key")


def _kept_secret(file: Path) -> str:
    """Make a secret once and keep it, readable for the owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # Another process was first; its key counts.
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip()


def _trusted_hosts(env: Mapping[str, str], base_url: str) -> tuple[str, ...]:
    given = env.get(PREFIX + "TRUSTED_HOSTS")
    if given:
        return tuple(host.strip() for host in given.split(",") if host.strip())
    own = urlsplit(base_url).hostname or "localhost"
    return tuple(dict.fromkeys((own, "127.0.0.1", "localhost")))


def _mail_url(env: Mapping[str, str]) -> str:
    url = env.get(PREFIX + "MAIL_URL") or "file:"
    parts = urlsplit(url)
    if parts.scheme == "file" or (parts.scheme in {"smtp", "smtps"} and parts.hostname):
        return url
    raise BadSetting("MAIL_URL", "write smtp://user:pw@host:port, smtps://… or file:")


def _proxies(env: Mapping[str, str]) -> int:
    text = env.get(PREFIX + "PROXIES") or "0"
    if not text.isdigit() or int(text) > 10:
        raise BadSetting("PROXIES", f"{text!r} is no number of proxies; write 0, 1 or 2")
    return int(text)


def _vault_keys(env: Mapping[str, str]) -> tuple[str, ...]:
    """The keys themselves are never repeated: the line may end up in a journal."""
    given = env.get(PREFIX + "VAULT_KEY") or ""
    keys = tuple(key.strip() for key in given.split(",") if key.strip())
    if not all(_VAULT_KEY.fullmatch(key) for key in keys):
        raise BadSetting("VAULT_KEY", "this is no key; make one with: flask --app app vault key")
    return keys


def _own_calendars(env: Mapping[str, str]) -> frozenset[tuple[str, int]]:
    found = set()
    for text in filter(None, map(str.strip, (env.get(PREFIX + "OWN_CALENDARS") or "").split(","))):
        host, _colon, port = text.lower().partition(":")
        is_port = not port or (port.isascii() and port.isdigit() and 0 < int(port) < 65536)
        if not _HOST.fullmatch(host) or not is_port:
            raise BadSetting(
                "OWN_CALENDARS", f"{text!r} is no server; write cloud.lan or cloud.lan:8443"
            )
        found.add((host, int(port or 443)))
    return frozenset(found)


def _stripe(env: Mapping[str, str]) -> StripeSettings:
    given = {name[len(PREFIX) :]: text for name, text in env.items() if name.startswith(PREFIX)}
    return stripe_settings(given, BadSetting)
