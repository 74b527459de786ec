"""Whether IACrea takes the key, by questions that cost nothing."""

from collections.abc import AsyncIterator

from bot.config import NETWORK_VARIABLES, Config
from bot.doctor.findings import Finding, Section
from bot.doctor.network import mending
from bot.domain.video import VideoId
from bot.iacrea.client import IACrea
from bot.iacrea.errors import (
    BadRequestError,
    IACreaError,
    NotFoundError,
    NotSentError,
    RateLimitedError,
    RefusedError,
    UnauthorisedError,
)

_HERE = Section("IACrea")
_NO_VIDEO = VideoId("00000000-0000-4000-8000-000000000000")
"""An id that no video has: with a good key it is answered 404, with a bad one 401."""
_NO_KEY = "regen-bot-doctor"
_FROM_ACCOUNT = (
    "copy the key again from your account at IACrea; its API is switched on by request: "
    "if no key of yours ever worked, ask IACrea for that"
)
_CREDIT = "/api/account/credit"
_SAME_PLACE = "check IACREA_BASE_URL (https://iacrea.com unless you were told another)"


async def check(config: Config, broken: frozenset[str]) -> AsyncIterator[Finding]:
    """Checks the key, and says what the account's own endpoint counts where it can be asked."""
    if missing := broken & {"IACREA_API_KEY", "IACREA_BASE_URL", *NETWORK_VARIABLES}:
        yield _HERE.skipped("key", min(missing))
        return
    key = config.iacrea_api_key.reveal()
    iacrea = IACrea(config.iacrea_base_url, key, config.network, connections=1)
    try:
        finding, good = await _key(config, iacrea)
        yield finding
        if good:
            yield await _account(config, iacrea)
    finally:
        await iacrea.aclose()


async def _key(config: Config, iacrea: IACrea) -> tuple[Finding, bool]:
    url = config.iacrea_base_url
    try:
        await iacrea.video(_NO_VIDEO)
    except (NotFoundError, BadRequestError):
        return await _told_apart(config)
    except UnauthorisedError as error:
        said = f"IACrea refuses IACREA_API_KEY ({error.status})"
        return _HERE.failed("key", said, _FROM_ACCOUNT), False
    except NotSentError as error:
        said = f"{url} cannot be reached ({error.detail})"
        # Without its «check », which `mending` says itself.
        return _HERE.failed("key", said, mending(error.detail, _SAME_PLACE[6:])), False
    except RateLimitedError:
        said = "IACrea asks for fewer calls just now"
        return _HERE.warning("key", said, "ask again in a minute"), False
    except IACreaError as error:
        said = f"{url} does not answer as IACrea does ({error})"
        return _HERE.failed("key", said, f"{_SAME_PLACE}; else ask again later"), False
    said = f"{url} answers for a video that does not exist"
    return _HERE.failed("key", said, _SAME_PLACE), False


async def _told_apart(config: Config) -> tuple[Finding, bool]:
    """Tells IACrea from any server that answers 404: it refuses a key that is none."""
    nobody = IACrea(config.iacrea_base_url, _NO_KEY, config.network, connections=1)
    try:
        await nobody.video(_NO_VIDEO)
    except UnauthorisedError:
        return _HERE.ok("key", f"{config.iacrea_base_url} takes it"), True
    except IACreaError:
        pass
    finally:
        await nobody.aclose()
    said = f"{config.iacrea_base_url} answers the same with any key: it is not IACrea's API"
    return _HERE.failed("key", said, _SAME_PLACE), False


async def _account(config: Config, iacrea: IACrea) -> Finding:
    """Says what the account's endpoint counts, which is no reason to buy or not to buy credits.

    A newer copy of its page ties the key to the subscription for photos; what people read, and what
    LOW_CREDITS is compared with, is `creditsTotal` of the video editor's own answers.
    """
    if config.iacrea_user_id is None:
        said = "not asked without IACREA_USER_ID; Slack shows what the video editor says is left"
        return _HERE.note("account", said)
    try:
        total = await iacrea.balance(config.iacrea_user_id)
    except RefusedError as error:
        said = f"{_CREDIT} refuses IACREA_USER_ID ({error})"
        mend = "copy IACREA_USER_ID again from your account, or leave it out: only doctor uses it"
        return _HERE.failed("account", said, mend)
    except IACreaError as error:
        return _HERE.note("account", f"{_CREDIT} does not tell now ({error})")
    said = f"{_CREDIT} says {total:g}: it may count photos; Slack shows what videos have left"
    return _HERE.note("account", said)
