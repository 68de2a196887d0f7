# The application with its built-in embedding; data lives in the volume /data.
# docker build -t shisaku . && docker run -p 8000:8000 -v shisaku-data:/data shisaku
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 SHISAKU_HOME=/data
WORKDIR /app

COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY assistant assistant
COPY corpus corpus
COPY prompts prompts
COPY web web
RUN pip install --constraint constraints.txt ".[openai]" \
    && useradd --create-home --uid 10001 shisaku \
    && mkdir /data && chown shisaku /data

USER shisaku
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/login', timeout=4)"]
CMD ["shisaku", "serve", "--host", "0.0.0.0", "--port", "8000"]
