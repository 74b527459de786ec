# The bot alone; docker-compose.yml adds the Valkey it keeps its requests in.
FROM python:3.13-slim AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/regen-bot
COPY requirements.lock ./
RUN /opt/regen-bot/bin/pip install --require-hashes --requirement requirements.lock
COPY . .
RUN /opt/regen-bot/bin/pip install --no-deps --no-build-isolation .

FROM python:3.13-slim
# A fixed id, so that a mounted volume can be given to it.
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin regen \
    && install -d -o regen -g regen -m 0700 /var/lib/regen-bot
COPY --from=build /opt/regen-bot /opt/regen-bot
ENV PATH=/opt/regen-bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    BOT_DATA_DIR=/var/lib/regen-bot
USER regen
WORKDIR /home/regen
# Only used without REDIS_URL: the embedded Valkey keeps its data here.
VOLUME /var/lib/regen-bot
EXPOSE 3000
# http.client and not urllib: a proxy in the environment is not for loopback.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=2); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["regen-bot"]
CMD ["run"]
