#!/bin/sh
# `regen-bot` in the image, for `docker exec` too. Its defaults stand here and not in ENV: a blank line of an
# --env-file takes the value away that ENV gave.
set -f
HOST=$(echo $HOST) PORT=$(echo $PORT) BOT_DATA_DIR=$(echo $BOT_DATA_DIR)
export HOST="${HOST:-0.0.0.0}" PORT="${PORT:-3000}" BOT_DATA_DIR="${BOT_DATA_DIR:-/var/lib/regen-bot}"
umask 077
# What comes before Python listens waits for it: PID 1 is not given a signal that it has no handler for.
exec env --block-signal=HUP,INT,TERM /opt/regen-bot/bin/regen-bot "$@"
