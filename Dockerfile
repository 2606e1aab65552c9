# Three stages: Python packages, front-end files, and the image that runs neither pip nor npm.

FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /venv \
 && python -m pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
 && uv pip install --no-cache --require-hashes --python /venv/bin/python -r requirements.lock

FROM node:22-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM packages AS files
WORKDIR /app
COPY . .
RUN echo "babel==2.18.0" | uv pip install --no-cache --system --require-hashes -r - -c requirements-dev.lock
COPY --from=front-end /build/node_modules node_modules
RUN python -m scripts.front_end \
 && PYTHONPATH=/venv/lib/python3.11/site-packages python -m scripts.messages compile \
 && /venv/bin/python manage.py collectstatic --no-input \
 && rm -rf node_modules build/static tests benchmarks scripts

FROM python:3.11-slim AS app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin kontaktforloeb \
 && mkdir -p /data/beat \
 && chown -R kontaktforloeb /data
COPY --from=packages /venv /venv
COPY --from=files /app /app
WORKDIR /app
USER kontaktforloeb
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-m", "servers.probe", "http://127.0.0.1:8000/readyz"]
CMD ["gunicorn", "kontaktforloeb.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-", \
     "--access-logformat", "%(h)s %(t)s \"%(m)s %(U)s %(H)s\" %(s)s %(b)s %(L)ss"]
