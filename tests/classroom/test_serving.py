"""The server of a folder gives its files and nothing else, whatever is asked."""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from sim.classroom.serving import Server, address, code, server
from sim.errors import ModelError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a page, and what lies beside it and must stay there."""
    inner = tmp_path / "pages"
    (inner / "en").mkdir(parents=True)
    (inner / "start.html").write_text("begin here", encoding="utf-8")
    (inner / "en" / "page.html").write_text("x" * 200_000, encoding="utf-8")
    (inner / ".hidden").write_text("secret", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    os.symlink(tmp_path / "secret.txt", inner / "link.txt")
    return inner


@pytest.fixture
def running(folder: Path) -> Iterator[Server]:
    with server(folder, 0, share=False) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(running: Server, path: str, method: str = "GET") -> tuple[int, bytes]:
    made = http.client.HTTPConnection(*running.server_address[:2], timeout=20)
    with closing(made) as connection:
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.mark.parametrize("path", ["/", "/start.html", "/start.html?x=1", "/?a#b"])
def test_the_first_page_is_shown(running: Server, path: str) -> None:
    assert ask(running, path) == (200, b"begin here")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/en/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/link.txt",
        "/.hidden",
        "/en",
        "/en/",
        "/none.html",
        "/%00",
        "/" + "a" * 5000,
        "/C:/secret.txt",
        "\\..\\secret.txt",
    ],
)
def test_nothing_else_is(running: Server, path: str) -> None:
    status, body = ask(running, path)
    assert status == 404
    assert b"secret" not in body.replace(b"secret.txt", b"")
    assert ask(running, "/start.html")[0] == 200  # it goes on


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT"])
def test_nothing_can_be_written(running: Server, folder: Path, method: str) -> None:
    before = sorted(folder.rglob("*"))
    assert ask(running, "/start.html", method)[0] == 501
    assert sorted(folder.rglob("*")) == before


def test_a_class_of_thirty_is_served_at_once(running: Server) -> None:
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: ask(running, "/en/page.html"), range(30)))
    assert {(status, len(body)) for status, body in answers} == {(200, 200_000)}


def test_this_device_alone_unless_it_is_shared(running: Server) -> None:
    assert running.server_address[0] == "127.0.0.1"
    where = address(running, share=False)
    assert where.startswith("http://127.0.0.1:")
    assert len(code(where).splitlines()) > 10


def test_a_port_that_is_taken_is_one_sentence(running: Server, folder: Path) -> None:
    port = running.server_address[1]
    with pytest.raises(ModelError, match=f"--port: must be a free port, got {port}"):
        server(folder, port, share=False)
