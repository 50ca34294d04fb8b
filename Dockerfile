# The service as an image: only what runs, exactly as locked, under a user that owns its data alone.
#
#   docker build -t greenchain .
#   docker run --rm -v greenchain:/data greenchain db upgrade         before the first start and each new release
#   docker run --rm -it -v greenchain:/data greenchain operator create --email EMAIL --name NAME
#   docker run -v greenchain:/data -p 127.0.0.1:8000:8000 greenchain
#
# So it keeps all in /data, with SQLite. With PostgreSQL (docs/settings.md) give GREENCHAIN_DATABASE_URL
# and GREENCHAIN_SECRET to each, GREENCHAIN_DATABASE_OWNER_URL to `db upgrade` alone, and run workers:
#
#   docker run --no-healthcheck --env-file ENV -v greenchain:/data greenchain worker

FROM python:3.12-slim AS build
# A mirror may be named from outside: docker build --build-arg PIP_INDEX_URL=...
ARG PIP_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements.lock requirements-tools.lock ./
RUN python -m venv --without-pip /opt/greenchain \
    && python -m venv /opt/tools \
    && /opt/tools/bin/pip install --no-deps --require-hashes -r requirements-tools.lock \
    && /opt/tools/bin/pip --python /opt/greenchain/bin/python install \
        --no-deps --require-hashes -r requirements.lock
COPY . .
RUN /opt/tools/bin/hatchling build -t wheel -d dist \
    && /opt/tools/bin/pip --python /opt/greenchain/bin/python install --no-deps dist/*.whl

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin greenchain \
    && install -d -o 10001 -m 700 /data
COPY --from=build /opt/greenchain /opt/greenchain
COPY samples /opt/samples
ENV PATH=/opt/greenchain/bin:$PATH PYTHONUNBUFFERED=1 GREENCHAIN_HOST=0.0.0.0
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s CMD \
    ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["greenchain"]
CMD ["serve"]
