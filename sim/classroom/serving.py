"""A server of the files of one folder, read only, for the devices of a room."""

from __future__ import annotations

import io
import os
import socket
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import segno

from sim.errors import ModelError

OWN, ALL = "127.0.0.1", "0.0.0.0"
FIRST = "start.html"  # what a folder shows first, if it is there
_SECONDS = 20.0  # that a device may take for one request or for taking an answer


class Files(SimpleHTTPRequestHandler):
    """Answers with files of the folder alone: no listing, no hidden file, no link out of it."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "pages", ""
    timeout = _SECONDS

    def send_head(self) -> Any:
        """The file that is asked for, or an error."""
        if not self._is_there():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _is_there(self) -> bool:
        """Whether the path is a file in the folder, without a hidden part or a link out of it."""
        if self.path.split("?")[0].split("#")[0] == "/" and Path(self.directory, FIRST).is_file():
            self.path = f"/{FIRST}"
        try:
            home = Path(self.directory).resolve()
            place = Path(self.translate_path(self.path)).resolve()
            inner = place.relative_to(home)
            hidden = any(part.startswith(".") for part in inner.parts)
            return place.is_file() and not hidden
        except (OSError, ValueError):
            return False

    def end_headers(self) -> None:
        """Nothing is kept, guessed or sent on."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody's requests are written down."""


class Server(ThreadingHTTPServer):
    """Each request in a thread of its own; a device that goes away is no fault."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A connection that broke off is not told."""


def server(folder: Path, port: int, *, share: bool) -> Server:
    """A server of a folder that listens; it is closed by `with`.

    Parameters
    ----------
    folder : whose files are shown
    port : 0 for a free one
    share : whether other devices can reach it; else this one alone

    Raises
    ------
    ModelError : if the port is taken or may not be used
    """
    try:
        return Server((ALL if share else OWN, port), partial(Files, directory=os.fspath(folder)))
    except OSError as error:
        raise ModelError(
            f"--port: must be a free port, got {port} ({error.strerror or error})"
        ) from None


def address(running: Server, *, share: bool) -> str:
    """Where a browser finds it; for other devices the address of this one in its network."""
    port = running.server_address[1]
    return f"http://{_of_this_device() if share else OWN}:{port}/"


def code(text: str) -> str:
    """A QR code of a text, for a terminal."""
    out = io.StringIO()
    segno.make(text, error="m").terminal(out, compact=True)
    return out.getvalue()


def _of_this_device() -> str:
    """The address that this device has in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation, RFC 5737
        except OSError:
            return OWN
        return str(probe.getsockname()[0])
