"""The ACL file grants the commands in use, and no more: everything is done with those rights."""

from pathlib import Path

from bot.store.rights import COMMANDS, granted
from tests.conftest import ROOT
from tests.conversation.forms import chosen, opened
from tests.operate.conftest import Ask
from tests.operate.scene import Scene
from tests.servers import valkey

ACL_FILE = ROOT / "docs/deploy/users.acl"
ADMIN = "user default on nopass ~* &* +@all"
UNPROTECTED = {"auth", "hello", "quit", "reset"}
"""Anybody may, whatever the rules: `CMD_NO_AUTH` in valkey 8.1, src/commands."""
OURS = {"acl|log", "acl", "config|resetstat", "config"}
"""What this test itself asks."""


def test_the_file_grants_what_the_bot_needs() -> None:
    assert f"user regen on >CHANGE-ME {granted('regen:')}\n" in ACL_FILE.read_text("utf-8")


async def test_every_right_is_used_and_none_is_missing(
    scene: Scene, ask: Ask, tmp_path: Path
) -> None:
    users = tmp_path / "users.acl"
    rules = ACL_FILE.read_text("utf-8").replace("user default off", ADMIN)
    lines = [each for each in rules.splitlines() if not each.startswith("#")]
    users.write_text("\n".join(lines) + "\n", "utf-8")
    persistent = ("--appendonly", "yes", "--save", "")
    with valkey(tmp_path / "valkey", "--aclfile", str(users), *persistent) as server:
        await server.answers()
        url = server.url.replace("//", "//regen:CHANGE-ME@").replace("/0", "/1")
        settings = {"REDIS_URL": url, "REDIS_PREFIX": "regen:"}
        async with server.client() as redis:
            await redis.config_resetstat()
            await everything(scene, ask, settings)
            denied = await redis.acl_log()
            used = {name.removeprefix("cmdstat_") for name in await redis.info("commandstats")}

    assert [(each["object"], each["context"]) for each in denied] == []
    assert sorted(used - UNPROTECTED - OURS) == sorted(COMMANDS)


async def everything(scene: Scene, ask: Ask, settings: dict[str, str]) -> None:
    """What people and operators do, each once."""
    scene.bots.environ |= settings
    await scene.start()
    await scene.life()
    slack, anna = scene.slack, scene.anna
    video = scene.iacrea.account.add_video(sequences=5).id
    await chosen(slack, anna, await opened(slack, anna, scene.listings), video)
    for typed in ("status", "show last", "lilac-street"):
        await scene.asks(anna, scene.listings, typed)
    private = slack.workspace.add_channel("deal", private=True, bot_member=True)
    await slack.share(private, "T0000000099")
    await scene.runs(scene.ben, posts=5)
    await scene.runs(scene.anna, posts=6)
    await slack.until(lambda _: True)
    for command in (("doctor",), ("list",), ("export", "all"), ("forget", anna.id)):
        code, out, err = await ask(*command, **settings)
        assert (code, "NOPERM") == (0, "NOPERM"), (command, out, err)
