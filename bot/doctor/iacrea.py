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
    UnauthorisedError,
)

_HERE = Section("IACrea")
_NO_VIDEO = VideoId("00000000-0000-4000-8000-000000000000")
"""An id that no video has: with a good key it is answered 404, with a bad one 401."""
_NO_KEY = "regen-bot-doctor"
_FROM_ACCOUNT = "copy the key again from your account at IACrea"
_SAME_PLACE = "check IACREA_BASE_URL (https://iacrea.com unless you were told another)"


async def check(config: Config, broken: frozenset[str]) -> AsyncIterator[Finding]:
    """Checks the key, and the balance where that can be asked for."""
    if missing := broken & {"IACREA_API_KEY", "IACREA_BASE_URL", *NETWORK_VARIABLES}:
        yield _HERE.skipped("key", min(missing))
        return
    key = config.iacrea_api_key.reveal()
    iacrea = IACrea(config.iacrea_base_url, key, config.network, connections=1)
    try:
        finding, good = await _key(config, iacrea)
        yield finding
        if good:
            yield await _balance(config, iacrea)
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


async def _balance(config: Config, iacrea: IACrea) -> Finding:
    if config.iacrea_user_id is None:
        said = "not asked for, without IACREA_USER_ID; it is known after the first regeneration"
        return _HERE.note("balance", said)
    try:
        left = await iacrea.balance(config.iacrea_user_id)
    except IACreaError as error:
        said = f"IACrea does not tell it ({error})"
        return _HERE.failed("balance", said, "copy IACREA_USER_ID again from your account")
    if left < config.low_credits:
        said = f"{left:g} credits are left, fewer than LOW_CREDITS={config.low_credits:g}"
        return _HERE.warning("balance", said, "buy more; with none left nothing is sent")
    return _HERE.ok("balance", f"{left:g} credits are left")
