"""The ids and names of the one workspace and the one app in it."""

TEAM_ID = "T0000000001"
TEAM_NAME = "Simulated"
TEAM_DOMAIN = "simulated"
APP_ID = "A0000000001"
BOT_ID = "B0000000001"

INSTALLED_AT = 1_700_000_000
"""Since when the app, the people and the channels are as they are, Unix time in seconds."""

ICONS = {
    f"image_{size}": f"https://a.slack-edge.com/80588/img/plugins/app/bot_{size}.png"
    for size in (36, 48, 72)
}
"""The app's pictures; addresses that nobody is to load."""
