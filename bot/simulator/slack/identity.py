"""The ids and names of the one workspace and the one app in it."""

TEAM_ID = "T0000000001"
TEAM_NAME = "Simulated"
TEAM_DOMAIN = "simulated"
APP_ID = "A0000000001"
BOT_ID = "B0000000001"
