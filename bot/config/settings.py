"""All settings, read once and checked as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from bot.config import network, values
from bot.config.environment import where
from bot.config.errors import ConfigError, InvalidSetting
from bot.config.secret import Secret
from bot.network import Network, Proxies, Proxy, certificates, no_proxy

_SLACK = "https://slack.com/api"

T = TypeVar("T")
D = TypeVar("D")

_WHERE = {
    "SLACK_BOT_TOKEN": "copy it (xoxb-…) from OAuth & Permissions on your Slack app's page",
    "IACREA_API_KEY": "copy it from your account at IACrea",
}


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; each field is the environment variable of that name in upper case.

    Attributes:
        slack_bot_token: `xoxb-…`; required.
        slack_app_token: `xapp-…`, for Socket Mode; this or the signing secret is required.
        slack_signing_secret: for HTTP mode; not used where there is an app token.
        slack_api_url: base of Slack's Web API, ends with `/`; default https://slack.com/api/.
        slack_command: the command's name; default /regen.
        iacrea_api_key: required.
        iacrea_base_url: does not end with `/`; default https://iacrea.com.
        iacrea_effects: further effect names in upper case; default none.
        iacrea_user_id: the account's id, to ask for its balance; default None.
        redis_url: redis://, rediss://, unix:// or redis+sentinel://; None (the default) means an
            embedded Valkey.
        bot_data_dir: absolute, where the embedded Valkey keeps its data; default
            $XDG_STATE_HOME/regen-bot or ~/.local/state/regen-bot.
        redis_prefix: begins every key; default regen:.
        host: where the bot listens; default 127.0.0.1.
        port: default 3000; 0 is any free port.
        poll_interval: seconds between two polls of one video, from 0.001 to a year; default 3.
        generation_timeout: seconds after which a generation is no longer watched, from 0.001 to a
            year; default 1800.
        allowed_channels: where credits may be spent, ids; none (the default) means everywhere.
        allowed_users: who may spend credits, ids; none (the default) means everybody.
        allowed_teams: whose people may do what the workspace's own may, ids of workspaces and
            organisations; none (the default) means nobody else's.
        allow_guests: whether guests may do what members may; default no.
        admin_users: who can be asked for more and sees what was spent, ids; default none.
        max_regens_per_hour: for each person, >= 1; None (the default) means any number.
        low_credits: fewer credits left than this are warned of, >= 0; default 10.
        bot_locale: the language of what no single person reads; en (the default) or fr.
        inline_video: whether the finished video is put into the thread as well; default no.
        otel_exporter_otlp_endpoint: where traces go, OTLP over HTTP; None (the default): nowhere.
        https_proxy: for https:// and wss://; default None.
        http_proxy: for http:// and ws://; default None.
        all_proxy: where the one before is not set; default None.
        no_proxy: what is reached without a proxy; default nothing.
        ssl_cert_file: certificates to trust besides the system's; default None.
        ssl_cert_dir: directories of such; default none.
        allow_plaintext: hosts to which secrets may go in the clear; default none.
        log_level: one of the five names of `logging`; default INFO.
        log_format: text (the default) or json.
    """

    slack_bot_token: Secret
    slack_app_token: Secret | None
    slack_signing_secret: Secret | None
    slack_api_url: str
    slack_command: str
    iacrea_api_key: Secret
    iacrea_base_url: str
    iacrea_effects: tuple[str, ...]
    iacrea_user_id: str | None
    redis_url: Secret | None
    bot_data_dir: Path
    redis_prefix: str
    host: str
    port: int
    poll_interval: float
    generation_timeout: float
    allowed_channels: tuple[str, ...]
    allowed_users: tuple[str, ...]
    allowed_teams: tuple[str, ...]
    allow_guests: bool
    admin_users: tuple[str, ...]
    max_regens_per_hour: int | None
    low_credits: float
    bot_locale: str
    inline_video: bool
    otel_exporter_otlp_endpoint: str | None
    https_proxy: Proxy | None
    http_proxy: Proxy | None
    all_proxy: Proxy | None
    no_proxy: tuple[str, ...]
    ssl_cert_file: Path | None
    ssl_cert_dir: tuple[Path, ...]
    allow_plaintext: tuple[str, ...]
    log_level: str
    log_format: Literal["text", "json"]

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
        """The settings, and what is wrong; a wrong one stands at its default, a key is empty."""
        read = _Reader(environ)
        config = cls(
            slack_bot_token=read.required("SLACK_BOT_TOKEN", values.bot_token),
            slack_app_token=read.optional("SLACK_APP_TOKEN", values.app_token, None),
            slack_signing_secret=read.optional("SLACK_SIGNING_SECRET", values.key, None),
            slack_api_url=f"{read.optional('SLACK_API_URL', values.http_url, _SLACK)}/",
            slack_command=read.optional("SLACK_COMMAND", values.command, "/regen"),
            iacrea_api_key=read.required("IACREA_API_KEY", values.key),
            iacrea_base_url=read.optional("IACREA_BASE_URL", values.http_url, "https://iacrea.com"),
            iacrea_effects=read.optional("IACREA_EFFECTS", values.effects, ()),
            iacrea_user_id=read.optional("IACREA_USER_ID", values.account, None),
            redis_url=read.optional("REDIS_URL", values.redis_url, None),
            bot_data_dir=read.optional(
                "BOT_DATA_DIR", values.directory, values.default_data_dir(environ)
            ),
            redis_prefix=read.optional("REDIS_PREFIX", values.prefix, "regen:"),
            host=read.optional("HOST", values.host, "127.0.0.1"),
            port=read.optional("PORT", values.port, 3000),
            poll_interval=read.optional("POLL_INTERVAL", values.seconds, 3.0),
            generation_timeout=read.optional("GENERATION_TIMEOUT", values.seconds, 1800.0),
            allowed_channels=read.optional("ALLOWED_CHANNELS", values.channels, ()),
            allowed_users=read.optional("ALLOWED_USERS", values.people, ()),
            allowed_teams=read.optional("ALLOWED_TEAMS", values.teams, ()),
            allow_guests=read.optional("ALLOW_GUESTS", values.switch, False),
            admin_users=read.optional("ADMIN_USERS", values.people, ()),
            max_regens_per_hour=read.optional("MAX_REGENS_PER_HOUR", values.count, None),
            low_credits=read.optional("LOW_CREDITS", values.amount, 10.0),
            bot_locale=read.optional("BOT_LOCALE", values.language, "en"),
            inline_video=read.optional("INLINE_VIDEO", values.switch, False),
            otel_exporter_otlp_endpoint=read.optional(
                "OTEL_EXPORTER_OTLP_ENDPOINT", values.http_url, None
            ),
            **read.network(),
            log_level=read.optional("LOG_LEVEL", values.log_level, "INFO"),
            log_format=read.optional("LOG_FORMAT", values.log_format, "text"),
        )
        read.need_one_of("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
        read.need_tls(config)
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


class _Reader:
    """Reads variable after variable; a wrong one does not end it, so that all are found."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._values = {name: value.strip() for name, value in environ.items()}
        self.invalid: list[InvalidSetting] = []
        self._around = no_proxy(self._values.get(network.spelled(environ, "NO_PROXY"), ""))
        self._unused = network.unused(environ, self._around)

    def optional(self, name: str, reading: Callable[[str], T], default: D) -> T | D:
        try:
            return reading(text) if (text := self._values.get(name)) else default
        except values.WrongValueError as wrong:
            for each in wrong.args:
                self._note(name, each)
            return default

    def required(self, name: str, reading: Callable[[str], Secret]) -> Secret:
        if not self._values.get(name):
            self._note(name, f"is missing; {_WHERE[name]}")
        return self.optional(name, reading, Secret(""))

    def need_one_of(self, name: str, other: str) -> None:
        if not self._values.get(name) and not self._values.get(other):
            text = f"is missing; set it (xapp-…) for Socket Mode, or {other} for HTTP mode"
            self._note(name, text)

    def network(self) -> dict[str, Any]:
        """The fields that have to do with the way out."""
        return {
            "https_proxy": self._proxy("HTTPS_PROXY"),
            "http_proxy": self._proxy("HTTP_PROXY"),
            "all_proxy": self._proxy("ALL_PROXY"),
            "no_proxy": self._around,
            "ssl_cert_file": self.optional("SSL_CERT_FILE", network.certificate_file, None),
            "ssl_cert_dir": self.optional("SSL_CERT_DIR", network.certificate_directories, ()),
            "allow_plaintext": self.optional("ALLOW_PLAINTEXT", network.hosts, ()),
        }

    def _proxy(self, name: str) -> Proxy | None:
        """Of what is used; what is not may be of any kind, such as SOCKS for other programs."""
        spelling = network.spelled(self._environ, name)
        return None if name in self._unused else self.optional(spelling, network.proxy, None)

    def need_tls(self, config: Config) -> None:
        for name, host in config.in_the_clear:
            if not {host, "*"} & {*config.allow_plaintext}:
                text = (
                    f"would send secrets in the clear to {host}; use TLS, or name that host in "
                    "ALLOW_PLAINTEXT if nobody else can listen on the way"
                )
                self._note(name, text)

    def _note(self, name: str, text: str) -> None:
        self.invalid.append(InvalidSetting(name, text, where(self._environ, name)))
