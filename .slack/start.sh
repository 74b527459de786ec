# `slack run`: the Slack CLI runs hooks without a shell, and has names of its own for the tokens.
export SLACK_BOT_TOKEN="${SLACK_BOT_TOKEN:-$SLACK_CLI_XOXB}"
export SLACK_APP_TOKEN="${SLACK_APP_TOKEN:-$SLACK_CLI_XAPP}"
exec .venv/bin/regen-bot run
