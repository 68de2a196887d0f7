"""An application served to a browser for the time of a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import waitress
from flask import Flask
from playwright.sync_api import Locator

from web.replies import reply_maker


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address (without a slash at its end) of ``app`` at a free port of this machine."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)

    def run() -> None:
        # closing it takes the descriptors away that its loop may just be asking for
        with suppress(OSError):
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    # a request still under way would write into a closed descriptor, by then maybe the next test's database
    server.task_dispatcher.shutdown(timeout=3)
    server.close()
    reply_maker(app).close()
    thread.join(timeout=10)
    app.extensions["shisaku"].engine.dispose()


def follow(link: Locator) -> None:
    """Click a link to another page and wait until that page and its scripts are there."""
    with link.page.expect_navigation():
        link.click()
