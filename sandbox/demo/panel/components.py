"""Everything that runs in the demo, for the panel to show and to break."""

from dataclasses import dataclass

from sandbox.demo.bot_process import BotProcess
from sandbox.demo.pictures.photos import CERTIFICATE
from sandbox.demo.valkey import Valkey
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator
from sandbox.web import WebSimulator


@dataclass(frozen=True, slots=True)
class Components:
    """The simulators, the bot and its Valkey; `credits` is what the account had at first.

    `photos` is the web as the bot knows it.
    """

    slack: SlackSimulator
    iacrea: IACreaSimulator
    bot: BotProcess
    valkey: Valkey
    credits: int
    photos: WebSimulator

    @property
    def settings(self) -> dict[str, str]:
        """What the bot's environment says of the two simulators."""
        return {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "IACREA_API_KEY": self.iacrea.api_key,
            "IACREA_BASE_URL": self.iacrea.base_url,
            "IACREA_USER_ID": self.iacrea.user_id,
            "HTTPS_PROXY": self.photos.proxy_url,
            "SSL_CERT_FILE": str(CERTIFICATE),
            "PORT": "0",
            "POLL_INTERVAL": "1",  # IACrea recommends 2 to 5 s, and takes minutes, not seconds
        }
