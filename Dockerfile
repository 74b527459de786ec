# The bot alone; docker-compose.yml adds the Valkey it keeps its requests in.
# 3.13.15 on Debian trixie, for every architecture: tag and digest are changed together, in both places.
FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/regen-bot
COPY requirements.lock ./
RUN /opt/regen-bot/bin/pip install --require-hashes --requirement requirements.lock
COPY . .
RUN /opt/regen-bot/bin/pip install --no-deps --no-build-isolation .

FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b
# A fixed id, so that a mounted volume can be given to it.
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin regen \
    && install -d -o regen -g regen -m 0700 /var/lib/regen-bot
COPY --from=build /opt/regen-bot /opt/regen-bot
COPY --chmod=755 docs/deploy/entry.sh /usr/local/bin/regen-bot
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER regen
WORKDIR /home/regen
# Only used without REDIS_URL: the embedded Valkey keeps its data here.
VOLUME /var/lib/regen-bot
EXPOSE 3000
# http.client and not urllib: a proxy in the environment is not for loopback. Where the bot listens everywhere, so
# does loopback; a blank variable is an unset one.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import http.client, os; of = lambda name, default: os.environ.get(name, '').strip() or default; host = of('HOST', '0.0.0.0'); c = http.client.HTTPConnection({'0.0.0.0': '127.0.0.1', '::': '::1'}.get(host, host), int(of('PORT', '3000')), timeout=2); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["regen-bot"]
CMD ["run"]
