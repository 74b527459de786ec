"""A Redis in which requests are not safe is found, with the right advice; real servers."""

from pathlib import Path

import pytest
import trustme

from bot.doctor.findings import Verdict
from bot.doctor.redis import _server
from bot.store.rights import granted
from tests.conftest import free_port
from tests.doctor.conftest import Examine
from tests.servers import behind_tls, speaking_nonsense, valkey

SAFE = ("--appendonly", "yes", "--save", "")


async def test_nothing_there_is_found(examine: Examine) -> None:
    finding = (await examine({"REDIS_URL": f"redis://127.0.0.1:{free_port()}"})).only()

    assert "cannot be reached" in finding.said
    assert "the bot waits for it meanwhile" in finding.mend


@pytest.mark.parametrize(
    ("arguments", "check", "said"),
    [
        (("--save", ""), "persistence", "Redis keeps nothing on disk"),
        (("--save", "3600 1"), "persistence", "snapshots alone (3600 1)"),
        ((*SAFE, "--maxmemory-policy", "allkeys-lru"), "eviction", "allkeys-lru: Redis drops"),
        ((*SAFE, "--maxmemory", "64mb"), "eviction", "of maxmemory is used"),
    ],
)
async def test_a_redis_that_may_forget_is_warned_of(
    arguments: tuple[str, ...], check: str, said: str, examine: Examine, tmp_path: Path
) -> None:
    with valkey(tmp_path / "valkey", *arguments) as server:
        await server.answers()
        if "maxmemory" in said:
            async with server.client() as redis:
                # Beside that much, connections weigh little.
                await redis.eval("redis.call('SET', 'much', string.rep('x', 20000000))", 0)
                used = int((await redis.info("memory"))["used_memory"])
                await redis.config_set("maxmemory", round(used / 0.9))

        finding = (await examine({"REDIS_URL": server.url})).only()

    assert (finding.section, finding.check) == ("Redis", check)
    assert finding.verdict is Verdict.WARNING
    assert said in finding.said


async def test_a_wrong_password_is_found_and_not_shown(examine: Examine, tmp_path: Path) -> None:
    with valkey(tmp_path / "valkey", *SAFE, "--requirepass", "right") as server:
        await server.listens()
        for url in (server.url, server.url.replace("//", "//:wr0ng@")):
            finding = (await examine({"REDIS_URL": url})).only()

            assert finding.said.startswith("Redis refuses: ")
            assert "wr0ng" not in finding.mend


async def test_a_user_who_may_too_little_is_found(examine: Examine, tmp_path: Path) -> None:
    with valkey(tmp_path / "valkey", *SAFE) as server:
        await server.answers()
        async with server.client() as redis:
            await redis.execute_command(
                "ACL", "SETUSER", "bot", "on", ">pw", "~other:*", "+@all", "-@dangerous", "+info"
            )
        url = server.url.replace("//", "//bot:pw@")

        report = await examine({"REDIS_URL": url, "REDIS_PREFIX": "regen:"})

    assert report.wrong == [("Redis", "rights")]
    mend = report.only().mend
    assert mend == f"ACL SETUSER <user> {granted('regen:')}"


async def test_the_rights_that_it_advises_are_enough(examine: Examine, tmp_path: Path) -> None:
    with valkey(tmp_path / "valkey", *SAFE) as server:
        await server.answers()
        async with server.client() as redis:
            await redis.execute_command(
                "ACL", "SETUSER", "bot", "on", ">pw", *granted("regen:").split()
            )
        url = server.url.replace("//", "//bot:pw@")

        report = await examine({"REDIS_URL": url, "REDIS_PREFIX": "regen:"})

    assert report.wrong == []


async def test_a_user_who_may_not_ask_for_the_settings_is_told_what_is_not_known(
    examine: Examine, tmp_path: Path
) -> None:
    with valkey(tmp_path / "valkey", *SAFE) as server:
        await server.answers()
        async with server.client() as redis:
            await redis.execute_command(
                "ACL", "SETUSER", "bot", "on", ">pw", "~*", "+@all", "-@dangerous"
            )

        report = await examine({"REDIS_URL": server.url.replace("//", "//bot:pw@")})

    assert report.wrong == []
    assert any("may not ask (INFO)" in each.said for each in report.of(Verdict.NOTE))


async def test_a_replica_is_found(examine: Examine, tmp_path: Path) -> None:
    replica_of = ("--replicaof", "127.0.0.1", str(free_port()))
    with valkey(tmp_path / "valkey", *SAFE, *replica_of) as server:
        await server.answers()

        report = await examine({"REDIS_URL": server.url})

    assert ("Redis", "role") in report.wrong
    role = next(each for each in report.of(Verdict.FAILED) if each.check == "role")
    assert "name the primary" in role.mend


async def test_a_cluster_is_found(examine: Examine, tmp_path: Path) -> None:
    # Its bus would listen 10,000 above its port, which may be too high.
    cluster = ("--cluster-enabled", "yes", "--cluster-port", str(free_port()))
    with valkey(tmp_path / "valkey", *SAFE, *cluster) as server:
        await server.answers()

        report = await examine({"REDIS_URL": server.url})

    assert ("Redis", "role") in report.wrong


@pytest.mark.parametrize("version", ["5.0.14", "6.0.20", "6.1.240"])
def test_a_redis_that_is_too_old_is_found(version: str) -> None:
    [finding] = _server({"redis_version": version, "role": "master"})
    assert finding.verdict is Verdict.FAILED


@pytest.mark.parametrize("version", ["6.2.24", "7.4.11", "8.2.10", "8.10.2", "8.12.0", "9.0.0"])
def test_a_redis_that_is_new_enough_is_not(version: str) -> None:
    [finding] = _server({"redis_version": version, "role": "master"})
    assert finding.verdict is Verdict.OK


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ("6.2.23", "6.2.24"),
        ("7.0.15", "8.10.2"),  # gets no mendings any more
        ("7.2.4", "7.2.16"),
        ("8.0.6", "8.10.2"),
        ("8.2.9", "8.2.10"),
        ("8.10.1", "8.10.2"),
    ],
)
def test_a_redis_with_holes_that_are_known_is_warned_of(version: str, mended: str) -> None:
    [finding] = _server({"redis_version": version, "role": "master"})
    assert finding.verdict is Verdict.WARNING
    assert (
        finding.said == f"Redis {version} has security holes that are known, and mended in {mended}"
    )


@pytest.mark.parametrize(
    ("version", "mended"),
    [("7.2.13", "7.2.14"), ("8.0.9", "8.0.10"), ("8.1.4", "8.1.9"), ("9.1.0", "9.1.1")],
)
def test_a_valkey_is_known_by_its_own_version(version: str, mended: str) -> None:
    info = {"redis_version": "7.2.4", "server_name": "valkey", "role": "master"}
    [old] = _server(info | {"valkey_version": version})
    [new] = _server(info | {"valkey_version": mended})
    assert (old.verdict, new.verdict) == (Verdict.WARNING, Verdict.OK)
    assert f"mended in {mended}" in old.said


async def test_tls_is_told_apart_from_none(examine: Examine, tmp_path: Path) -> None:
    authority = trustme.CA()
    ca = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca))
    with valkey(tmp_path / "valkey", *SAFE) as server:
        await server.answers()
        async with behind_tls(server.at, authority.issue_cert("localhost")) as port:
            right = f"rediss://localhost:{port}/0?ssl_ca_certs={ca}"
            assert (await examine({"REDIS_URL": right})).wrong == []

            untrusted = (await examine({"REDIS_URL": f"rediss://localhost:{port}/0"})).only()
            assert untrusted.said == "Redis's certificate is not trusted here"
            assert "ssl_ca_certs" in untrusted.mend

            plain = (await examine({"REDIS_URL": f"redis://localhost:{port}/0"})).only()
            assert "does it want TLS?" in plain.mend

        no_tls = (await examine({"REDIS_URL": f"rediss://localhost:{server.port}/0"})).only()
        assert no_tls.said == "what listens there speaks no TLS, or not now"


async def test_a_data_directory_that_cannot_be_is_found(examine: Examine, tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("no directory")

    finding = (
        await examine({"REDIS_URL": None, "BOT_DATA_DIR": str(tmp_path / "file" / "data")})
    ).only()

    assert "cannot be written" in finding.said
    assert "BOT_DATA_DIR" in finding.said


async def test_the_embedded_valkey_is_examined_too(examine: Examine, tmp_path: Path) -> None:
    report = await examine({"REDIS_URL": None})

    assert report.wrong == []
    assert any("embedded, in" in finding.said for finding in report.findings)


async def test_what_is_no_redis_is_found(examine: Examine) -> None:
    async with speaking_nonsense() as url:
        finding = (await examine({"REDIS_URL": url})).only()

    assert finding.said == "Redis cannot be reached (ValueError)"


async def test_a_full_redis_is_found_by_a_plain_write(examine: Examine, tmp_path: Path) -> None:
    with valkey(tmp_path / "valkey", *SAFE) as server:
        await server.answers()
        async with server.client() as redis:
            await redis.config_set("maxmemory", 1)

        report = await examine({"REDIS_URL": server.url})

    [finding] = report.of(Verdict.FAILED)
    assert (finding.check, finding.mend.split(";")[0]) == ("writes", "raise maxmemory")


async def test_a_user_who_may_not_wait_for_replicas_is_found(
    examine: Examine, tmp_path: Path
) -> None:
    with valkey(tmp_path / "valkey", *SAFE) as server:
        await server.answers()
        async with server.client() as redis:
            await redis.execute_command(
                "ACL", "SETUSER", "bot", "on", ">pw", "~*", "+@all", "-@dangerous", "+info", "-wait"
            )

        report = await examine({"REDIS_URL": server.url.replace("//", "//bot:pw@")})

    assert report.wrong == [("Redis", "rights")]
    assert "'wait'" in report.only().said
