"""A wire to PostgreSQL that is cut at a COMMIT, before the server hears of it or after it did.

Whoever is at this end never learns whether it was done. Nothing of ours, of SQLAlchemy's or of
the driver's is replaced: only the bytes between them and the server stop coming.
"""

import selectors
import socket
from threading import Lock, Thread

from attrs import define, field
from sqlalchemy import URL

COMMIT = b"COMMIT\0"
AS_MUCH = 65_536


@define(eq=False)
class Wire:
    """Hands bytes to and fro, and hangs up where the COMMIT of number `cut_at` comes along.

    `heard`: the server gets that COMMIT, and only its answer is lost.
    """

    far_end: URL
    heard: bool
    commits: int = 0
    cut_at: int | None = None
    _listening: socket.socket = field(factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _counting: Lock = field(factory=Lock)

    def __attrs_post_init__(self):
        Thread(target=self._serve, daemon=True).start()

    @property
    def url(self):
        """The URL of this end, which everything goes through as it is."""
        port = self._listening.getsockname()[1]
        here = self.far_end.difference_update_query(["host"]).set(host="127.0.0.1", port=port)
        plain = here.update_query_dict({"sslmode": "disable", "gssencmode": "disable"})
        return plain.render_as_string(hide_password=False)

    def cut_at_commit(self, number):
        """Hang up at this COMMIT of those to come, the next being 1."""
        self.cut_at = self.commits + number

    def close(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self):
        while True:
            try:
                caller, _ = self._listening.accept()
            except OSError:  # it was closed
                return
            Thread(target=self._connect, args=(caller,), daemon=True).start()

    def _connect(self, caller):
        with caller, connected(self.far_end) as server:
            self._hand_on(caller, server)

    def _hand_on(self, caller, server):
        with selectors.DefaultSelector() as ready:
            ready.register(caller, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, caller)
            while True:
                for key, _ in ready.select():
                    said = key.fileobj.recv(AS_MUCH)
                    if not said:
                        return
                    if key.fileobj is caller and COMMIT in said and self._is_cut():
                        if self.heard:
                            server.sendall(said)
                            server.recv(AS_MUCH)
                        else:
                            let_go(server)
                        return
                    key.data.sendall(said)

    def _is_cut(self):
        with self._counting:
            self.commits += 1
            return self.commits == self.cut_at


def let_go(server):
    """Hang up on the server and wait until it has: by then it has undone what was not committed."""
    server.settimeout(60)
    server.shutdown(socket.SHUT_WR)
    while server.recv(AS_MUCH):
        pass


def connected(url):
    """A socket that is connected to the server of a URL, be it in a folder or on a host."""
    port = url.port or 5432
    if folder := url.query.get("host"):
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{folder}/.s.PGSQL.{port}")
        return server
    return socket.create_connection((url.host, port))
