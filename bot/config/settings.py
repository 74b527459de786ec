"""All settings, read once and checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from bot.config import network, values
from bot.config.errors import ConfigError, InvalidSetting
from bot.config.reading import Reader, setting
from bot.config.secret import Secret
from bot.network import Network, Proxies, Proxy, certificates
from bot.network import no_proxy as around


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; each field is the environment variable of that name in upper case.

    What `setting` says of a field is all there is to say: `.env.example` and the table in
    `docs/install.md` repeat it, and a test compares them.
    """

    slack_bot_token: Secret = setting(
        values.bot_token,
        Secret(""),
        '"Bot User OAuth Token" under OAuth & Permissions: xoxb-...',
        missing="copy it (xoxb-…) from OAuth & Permissions on your Slack app's page",
    )
    slack_app_token: Secret | None = setting(
        values.app_token,
        None,
        '"App-Level Tokens" under Basic Information, scope connections:write: xapp-... '
        "(Socket Mode)",
    )
    slack_signing_secret: Secret | None = setting(
        values.key,
        None,
        '"App Credentials" under Basic Information: only without an app-level token (HTTP mode)',
    )
    slack_api_url: str = setting(
        values.slack_api_url,
        "https://slack.com/api/",
        "Base of Slack's Web API; another one for GovSlack",
    )
    slack_command: str = setting(
        values.command,
        "/regen",
        "The command's name, where another app already has /regen",
    )
    iacrea_api_key: Secret = setting(
        values.key,
        Secret(""),
        "The key of your account at IACrea; regenerating spends its credits",
        missing="copy it from your account at IACrea",
    )
    iacrea_base_url: str = setting(
        values.http_url,
        "https://iacrea.com",
        "Where IACrea's API is",
    )
    iacrea_effects: tuple[str, ...] = setting(
        values.effects,
        (),
        "Further effect names, separated by commas, such as CAMERA_TILT_UP,CAMERA_TILT_DOWN",
    )
    iacrea_user_id: str | None = setting(
        values.account,
        None,
        "The account's id at IACrea, by which `regen-bot doctor` alone asks /api/account/credit",
    )
    redis_url: Secret | None = setting(
        values.redis_url,
        None,
        "redis://, rediss://, unix:// or redis+sentinel://; blank: an embedded Valkey under "
        "BOT_DATA_DIR",
    )
    bot_data_dir: Path = setting(
        values.directory,
        values.default_data_dir,
        "Where the embedded Valkey keeps its data; blank: $XDG_STATE_HOME/regen-bot, or "
        "~/.local/state/regen-bot",
    )
    redis_prefix: str = setting(
        values.prefix,
        "regen:",
        "What every key in Redis begins with",
    )
    host: str = setting(
        values.host,
        "127.0.0.1",
        "The address that the bot listens on",
    )
    port: int = setting(
        values.port,
        3000,
        "The port that the bot listens on; 0: any free port",
    )
    poll_interval: float = setting(
        values.seconds,
        3.0,
        "Seconds between two polls of one video; fractions are allowed",
    )
    generation_timeout: float = setting(
        values.seconds,
        1800.0,
        "Seconds after which a generation is no longer watched, nor a render waited for",
    )
    allowed_channels: tuple[str, ...] = setting(
        values.channels,
        (),
        "Where credits may be spent: channel ids, separated by commas, such as "
        "C0123ABCD,C0456EFGH; blank: everywhere",
    )
    allowed_users: tuple[str, ...] = setting(
        values.people,
        (),
        "Who may spend credits: ids of people and of user groups, separated by commas, such as "
        "U0123ABCD,S0123ABCD; blank: everybody",
    )
    allowed_teams: tuple[str, ...] = setting(
        values.teams,
        (),
        "Other organisations, whose people may do the same in channels shared with them: ids "
        "such as T0123ABCD,E0123ABCD",
    )
    allow_guests: bool = setting(
        values.switch,
        False,
        "1: guests may do what members may; or else those whom ALLOWED_USERS names",
    )
    admin_users: tuple[str, ...] = setting(
        values.people,
        (),
        "Ids of people, and of user groups, who can be asked for more, and who see what was spent",
    )
    max_regens_per_hour: int | None = setting(
        values.count,
        None,
        "Regenerations that one person may start within 60 minutes; blank: any number",
    )
    low_credits: float = setting(
        values.amount,
        10.0,
        "Fewer credits left than this are warned of",
    )
    bot_locale: str = setting(
        values.language,
        "en",
        "The language of what no single person reads, en or fr; what is for one person is in "
        "theirs",
    )
    inline_video: bool = setting(
        values.switch,
        False,
        "1: the finished video is put into the thread as a file that plays in Slack",
    )
    follow: str = setting(
        values.on_or_off,
        "on",
        "off: no video is followed",
    )
    otel_exporter_otlp_endpoint: str | None = setting(
        values.http_url,
        None,
        "An OpenTelemetry collector for traces, such as http://localhost:4318; needs "
        "regen-bot[otel]",
    )
    https_proxy: Proxy | None = setting(
        network.proxy,
        None,
        "A proxy, such as http://proxy.example.com:3128, perhaps with user:password@; lower "
        "case works too",
    )
    http_proxy: Proxy | None = setting(
        network.proxy,
        None,
        "A proxy for addresses that begin with http://, such as those of a simulator",
    )
    all_proxy: Proxy | None = setting(
        network.proxy,
        None,
        "A proxy where HTTPS_PROXY or HTTP_PROXY is blank",
    )
    no_proxy: tuple[str, ...] = setting(
        around,
        (),
        "What is reached without a proxy: hosts with their subdomains, addresses, networks, "
        "each perhaps with a port; *: all",
    )
    ssl_cert_file: Path | None = setting(
        network.certificate_file,
        None,
        "A file of certificates in PEM form, to be trusted besides the system's",
    )
    ssl_cert_dir: tuple[Path, ...] = setting(
        network.certificate_directories,
        (),
        "Directories of certificates to be trusted besides the system's, parted by colons",
    )
    allow_plaintext: tuple[str, ...] = setting(
        network.hosts,
        (),
        "Hosts to which keys and passwords may go in the clear, separated by commas, such as "
        "valkey; *: all",
    )
    log_level: str = setting(
        values.log_level,
        "INFO",
        "DEBUG, INFO, WARNING, ERROR or CRITICAL",
    )
    log_format: str = setting(
        values.log_format,
        "text",
        "text, or json: one object per line",
    )

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Reads and checks all settings; a blank value means unset.

        Raises:
            ConfigError: with every problem there is, not only the first.
        """
        config, invalid = cls.examine(environ)
        if invalid:
            raise ConfigError(invalid)
        return config

    @classmethod
    def examine(cls, environ: Mapping[str, str]) -> tuple[Self, tuple[InvalidSetting, ...]]:
        """Returns the settings and what is wrong; a wrong one has its default, a key is empty."""
        read = Reader(environ)
        config = cls(**{each.name: read.field(each) for each in fields(cls)})
        read.need_one_of("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
        read.need_tls(config.in_the_clear, config.allow_plaintext)
        return config, tuple(read.invalid)

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached over Socket Mode; the app token wins over the signing secret."""
        return self.slack_app_token is not None

    @property
    def network(self) -> Network:
        """Returns the way out to Slack and IACrea."""
        proxies = Proxies(
            https=self.https_proxy or self.all_proxy,
            http=self.http_proxy or self.all_proxy,
            around=self.no_proxy,
        )
        return Network(proxies, certificates.context(self.ssl_cert_file, self.ssl_cert_dir))

    @property
    def in_the_clear(self) -> tuple[tuple[str, str], ...]:
        """Returns each variable that sends secrets in the clear to another machine, and which."""
        urls = {
            "SLACK_API_URL": self.slack_api_url,
            "IACREA_BASE_URL": self.iacrea_base_url,
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.otel_exporter_otlp_endpoint or "",
            "REDIS_URL": self.redis_url.reveal() if self.redis_url is not None else "",
        }
        return tuple(network.in_the_clear(urls))

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that no log may show; passwords apart from their URLs as well."""
        kept = (
            self.slack_bot_token,
            self.slack_app_token,
            self.slack_signing_secret,
            self.iacrea_api_key,
            self.redis_url,
        )
        texts = [secret.reveal() for secret in kept if secret]
        if self.redis_url is not None:
            texts += _passwords(self.redis_url.reveal())
        for proxy in (self.https_proxy, self.http_proxy, self.all_proxy):
            texts += proxy.secrets if proxy is not None else []
        return tuple(dict.fromkeys(texts))


def _passwords(url: str) -> list[str]:
    """Those of a Redis URL, in each form that something might show."""
    parts = urlsplit(url)
    asked = [
        each
        for name in ("password", "sentinel_password")
        for each in parse_qs(parts.query).get(name, ())
    ]
    written = [*filter(None, [parts.password]), *asked]
    return [form for each in written for form in (each, unquote(each))]
