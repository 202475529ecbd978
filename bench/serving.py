"""A room in front of one laptop: thirty devices load a page at once over slow links."""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from pathlib import Path

from bench.settings import Settings
from bench.timing import Row, short, spread

CLIENTS, LINK = 30, 1e6 / 8  # bytes a second: 1 Mbit/s for each device
MOST = 20.0  # seconds until the last of them has the page
NAMES = ("two_states", "af_pk_2026")
_PIECE = 4096  # bytes that a device takes at a time


def load(port: int, name: str, began: threading.Barrier) -> tuple[int, float]:
    """Bytes and seconds of one load, read no faster than the link."""
    began.wait()
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as link:
        # what waits in the device's own memory would hide the server's part
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * _PIECE)
        ask = f"GET /{name} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
        link.sendall(f"{ask}Connection: close\r\n\r\n".encode())
        size = 0
        while piece := link.recv(_PIECE):
            size += len(piece)
            time.sleep(max(0.0, start + size / LINK - time.monotonic()))
    return size, time.monotonic() - start


def thirty_devices(settings: Settings) -> tuple[list[Row], str]:
    """Thirty loads at once of each page, from the server of the command `serve`."""
    from sim.classroom.serving import server
    from sim.cli import main

    rows: list[Row] = []
    parts: list[str] = []
    clients = CLIENTS if settings.repeats > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for scenario in NAMES if settings.repeats > 1 else NAMES[:1]:
            file = folder / f"{scenario}.html"
            if main(["page", scenario, "--seed", "7", "--out", str(file)]) != 0:
                raise SystemExit("bench: the page cannot be made here")
        for file in sorted(folder.glob("*.html"), key=lambda one: one.stat().st_size):
            with server(folder, 0, share=False) as running:
                threading.Thread(target=running.serve_forever, daemon=True).start()
                found = _at_once(running.server_address[1], file.name, clients)
                running.shutdown()
            sizes, times = zip(*found, strict=True)
            if min(sizes) < file.stat().st_size / 20:
                raise RuntimeError(f"{file.name}: {min(sizes)} bytes are no page")
            last = max(times)
            what = f"`{file.stem}`: {clients} loads at once over 1 Mbit/s each, s until the last"
            rows.append(Row(what, f"<= {MOST:g}", short(last), last <= MOST))
            parts.append(
                f"`{file.stem}`: {file.stat().st_size / 1024:,.0f} KiB on the disk, "
                f"{sizes[0] / 1024:,.0f} KiB through the link, so {sizes[0] / LINK:.1f} s at "
                f"least; a device took {spread(times)} s."
            )
    return rows, " ".join(parts)


def _at_once(port: int, name: str, clients: int) -> list[tuple[int, float]]:
    """What each of the clients got, all of whom begin together."""
    began = threading.Barrier(clients)
    found: list[tuple[int, float]] = []

    def client() -> None:
        found.append(load(port, name, began))

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(found) != clients:
        raise RuntimeError(f"{clients - len(found)} of {clients} loads failed")
    return found
