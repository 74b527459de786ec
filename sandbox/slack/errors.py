"""How the simulated Slack says no."""

from collections.abc import Sequence
from typing import Any, Self


class SlackError(Exception):
    """A refusal, by the name Slack's documentation gives it.

    Attributes:
        code: the value of `error` in the answer, such as `channel_not_found`.
        details: further fields of the answer, such as `needed` and `provided`.
    """

    def __init__(self, code: str, **details: Any) -> None:
        """Names the refusal; `details` become fields of the answer."""
        super().__init__(code)
        self.code = code
        self.details = details

    @classmethod
    def listing(cls, code: str, problems: Sequence[str]) -> Self:
        """Returns a refusal with reasons, which stand in `errors` and in `response_metadata`."""
        reasons = list(problems)
        bare = [reason.removeprefix("[ERROR] ") for reason in reasons]
        return cls(code, errors=bare, response_metadata={"messages": reasons})

    def answer(self) -> dict[str, Any]:
        """Returns the body of Slack's answer."""
        return {"ok": False, "error": self.code, **self.details}
