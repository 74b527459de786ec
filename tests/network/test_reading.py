"""How the environment is read: which proxy, and what goes around it."""

from pathlib import Path

import pytest
import trustme

from bot.config import Config, read_environment
from bot.network import Proxies, Proxy, ProxyError, is_loopback, no_proxy
from tests.test_config import GOOD, problem

PROXY = Proxy.parse("http://proxy.test:3128")


@pytest.mark.parametrize(
    ("text", "url", "shown"),
    [
        ("proxy.test:3128", "http://proxy.test:3128", "http://proxy.test:3128"),
        ("http://proxy.test", "http://proxy.test", "http://proxy.test"),
        ("HTTPS://proxy.test:443/", "https://proxy.test:443", "https://proxy.test:443"),
        ("anna:p%40ss@[::1]:3128", "http://anna:p%40ss@[::1]:3128", "http://[::1]:3128"),
        ("anna:p@s:s@p.test", "http://anna:p%40s%3As@p.test", "http://p.test"),
        ("anna@p.test", "http://anna:@p.test", "http://p.test"),
        ("http://10.0.0.7:8080", "http://10.0.0.7:8080", "http://10.0.0.7:8080"),
    ],
)
def test_a_proxy_is_read_with_and_without_its_scheme(text, url, shown):
    assert (Proxy.parse(text).url, Proxy.parse(text).shown) == (url, shown)


def test_its_password_is_shown_by_nothing():
    proxy = Proxy.parse("http://anna:s3cr%65t@proxy.test")
    assert "s3cr" not in repr(Proxies(https=proxy))
    assert {*proxy.secrets} == {"s3cr%65t", "s3cret"}


@pytest.mark.parametrize(
    "text",
    [
        "socks5://proxy.test:1080",
        "socks://proxy.test",
        "ftp://proxy.test",
        "http://proxy.test:port",
        "http://proxy.test:3128/path",
        "http://",
        "http://:3128",
        "http:/proxy.test",
        "proxy test",
        "http://ann%3Aa:secret@proxy.test",
        "http://[::1",
    ],
)
def test_what_is_no_http_proxy_is_said_without_its_password(text):
    with pytest.raises(ProxyError) as refused:
        Proxy.parse(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("around", "url", "goes_around"),
    [
        ("slack.com", "https://slack.com/api/", True),
        ("slack.com", "https://hooks.slack.com/x", True),
        ("slack.com", "https://notslack.com/", False),
        (".slack.com", "wss://wss-primary.slack.com/link", True),
        ("*.slack.com", "https://files.slack.com/upload", True),
        ("SLACK.COM.", "https://slack.com", True),
        ("slack.com", "https://Slack.com.:443/", True),
        ("slack.com:443", "https://slack.com/", True),
        ("slack.com:443", "wss://slack.com/", True),
        ("slack.com:8443", "https://slack.com/", False),
        ("slack.com:8443", "https://slack.com:8443/", True),
        ("10.0.0.0/8", "https://10.1.2.3/", True),
        ("10.0.0.0/8", "https://11.1.2.3/", False),
        ("10.0.0.0/8", "https://slack.com/", False),
        ("10.0.0.0/99", "https://10.0.0.0/", False),
        ("fd00::/8", "https://[fd00::7]/", True),
        ("::1", "https://[::1]:3000/", True),
        ("[::1]:3000", "https://[0:0::1]:3000/", True),
        ("127.0.0.1", "https://127.0.0.1:1/", True),
        ("0.0.1", "https://127.0.0.1:1/", False),
        ("*", "https://anything.test", True),
        ("a.test, b.test c.test", "https://c.test", True),
        ("a.test,,", "https://c.test", False),
        (" , ", "https://c.test", False),
        (".", "https://c.test", False),
        ("", "https://c.test", False),
    ],
)
def test_no_proxy_takes_hosts_suffixes_ports_networks_and_everything(around, url, goes_around):
    proxies = Proxies(https=PROXY, around=no_proxy(around))
    assert (proxies.to(url) is None) is goes_around


def test_each_scheme_has_its_proxy():
    proxies = Proxies(https=PROXY)
    assert proxies.to("http://iacrea.test") is None
    assert proxies.to("ws://slack.test") is None
    assert proxies.to("wss://slack.test") is PROXY


def proxy_of(url: str = "https://slack.com", **variables: str) -> str:
    proxy = Config.from_env(GOOD | variables).network.proxy(url)
    return "" if proxy is None else proxy.shown.removeprefix("http://")


def test_lower_case_wins_and_blank_is_unset():
    assert proxy_of(HTTPS_PROXY="a.test", https_proxy="b.test") == "b.test"
    assert proxy_of(HTTPS_PROXY="a.test", https_proxy=" ", ALL_PROXY="c.test") == "c.test"
    assert proxy_of(HTTP_PROXY="a.test") == ""
    assert (
        proxy_of("http://127.0.0.1", HTTP_PROXY="a.test", IACREA_BASE_URL="http://[::1]")
        == "a.test"
    )
    assert proxy_of(all_proxy="c.test", no_proxy="slack.com") == ""


@pytest.mark.parametrize(
    "variables",
    [
        {"ALL_PROXY": "socks5://p.test", "HTTPS_PROXY": "p.test"},
        {"HTTP_PROXY": "socks5://p.test"},
        {"all_proxy": "socks://p.test", "no_proxy": "*"},
    ],
)
def test_a_proxy_that_nothing_goes_through_may_be_of_any_kind(variables):
    Config.from_env(GOOD | variables)


def test_one_that_is_used_for_http_may_not():
    variables = {"HTTPS_PROXY": "p.test", "ALL_PROXY": "socks5://p.test"}
    told = problem(**variables, IACREA_BASE_URL="http://localhost:1")
    assert told.startswith("ALL_PROXY: names a SOCKS proxy")


def test_the_environment_wins_over_the_file_however_it_is_spelled(tmp_path, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text("https_proxy=file.test\nHTTPS_PROXY=file-too.test\n")
    assert of_file(tmp_path) == "http://file.test"
    monkeypatch.setenv("HTTPS_PROXY", "environment.test")
    assert of_file(tmp_path) == "http://environment.test"


def of_file(directory: Path) -> str:
    environ = read_environment(directory)
    environ.update(GOOD)
    proxy = Config.from_env(environ).https_proxy
    return "" if proxy is None else proxy.shown


def test_its_password_is_among_the_secrets_that_no_log_shows():
    config = Config.from_env(GOOD | {"HTTPS_PROXY": "http://anna:s3cr%65t@p.test"})
    assert {"s3cret", "s3cr%65t"} <= {*config.secrets}
    assert "s3cr" not in repr(config)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("iacrea.localhost", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),  # noqa: S104
        ("localhost.example.com", False),
        ("10.0.0.1", False),
        ("valkey", False),
    ],
)
def test_loopback_is_this_machine_alone(host, here):
    assert is_loopback(host) is here


@pytest.mark.parametrize(
    ("variable", "url", "host"),
    [
        ("SLACK_API_URL", "http://slack.test/api/", "slack.test"),
        ("IACREA_BASE_URL", "HTTP://10.0.0.7:8080", "10.0.0.7"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318", "collector"),
        ("REDIS_URL", "redis://:secret@valkey:6379/0", "valkey"),
        ("REDIS_URL", "redis://valkey:6379/0?password=secret", "valkey"),
        ("REDIS_URL", "redis+sentinel://:secret@localhost,other/main", "other"),
        ("REDIS_URL", "redis+sentinel://one/main?sentinel_password=secret", "one"),
    ],
)
def test_secrets_in_the_clear_to_another_machine_are_refused_unless_it_is_named(
    variable, url, host
):
    told = problem(**{variable: url})
    assert told.startswith(f"{variable}: would send secrets in the clear to {host}; use TLS")
    assert "secret@" not in told
    for allowed in (host, f"a.test, {host.upper()}", "*"):
        Config.from_env(GOOD | {variable: url, "ALLOW_PLAINTEXT": allowed})
    assert problem(**{variable: url, "ALLOW_PLAINTEXT": "a.test"}) == told


@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("SLACK_API_URL", "http://127.0.0.1:3000/api/"),
        ("IACREA_BASE_URL", "http://localhost:8080"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://[::1]:4318"),
        ("REDIS_URL", "redis://valkey:6379/0"),
        ("REDIS_URL", "rediss://:secret@valkey:6379/0"),
        ("REDIS_URL", "rediss+sentinel://:secret@one,two/main"),
        ("REDIS_URL", "redis://:secret@127.0.0.1:6379/0"),
        ("REDIS_URL", "unix://:secret@/run/valkey.sock"),
    ],
)
def test_what_nobody_can_listen_to_needs_no_leave(variable, url):
    Config.from_env(GOOD | {variable: url})


@pytest.mark.parametrize("value", ["1", "one two", "http://valkey", "10.0.0.0/8"])
def test_leave_is_given_to_hosts_by_name(value):
    assert problem(ALLOW_PLAINTEXT=value).startswith("ALLOW_PLAINTEXT: names no host")


def test_certificates_are_taken_from_a_directory_also_without_hashes(tmp_path: Path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "company.crt"))
    (tmp_path / "README").write_text("not a certificate")
    network = Config.from_env(GOOD | {"SSL_CERT_DIR": f"/nowhere:{tmp_path}"}).network
    names = [each["subject"] for each in network.tls.get_ca_certs()]
    assert any("trustme" in str(name) for name in names)


def test_what_is_trusted_is_loaded_once():
    assert Config.from_env(GOOD).network.tls is Config.from_env(GOOD).network.tls
