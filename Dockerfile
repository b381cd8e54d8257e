# One image for every process of an installation: web, worker, beat and the migration job differ only in their command.
FROM python:3.13-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /opt/parterre \
 && /opt/parterre/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.txt

FROM python:3.13-slim-bookworm
# Pango draws the PDF tickets.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --uid 10001 parterre
COPY --from=packages /opt/parterre /opt/parterre
ENV PATH=/opt/parterre/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media \
    PRIVATE_ROOT=/srv/private \
    PROMETHEUS_MULTIPROC_DIR=/srv/metrics \
    WEB_BIND=0.0.0.0:8000
WORKDIR /srv/parterre
COPY . .
# Translations and static files belong to the image: every machine that runs it serves the same.
RUN mkdir -p /srv/static /srv/media /srv/private /srv/metrics \
 && python -m compileall -q . \
 && python -m devtools.messages \
 && SECRET_KEY=only-for-collecting ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput --verbosity 0 \
 && chown -R parterre /srv/media /srv/private /srv/metrics
USER parterre
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "config/gunicorn.py"]
