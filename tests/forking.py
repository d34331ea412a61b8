"""``kaitei`` for sessions of many commands: each a process of its own, forked where all is loaded already.

``programs()`` gives a folder to put on PATH. What stands there under the name ``kaitei`` hands its arguments,
its folder, its environment and its standard streams to a server, which forks, and ends as that process ends.
Everything but the loading of modules is as in a session of an office; tests/test_startup.py is about that.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

from tests.conftest import ROOT

_STREAMS = (0, 1, 2)
_LOADED = ("ledger", "projections", "cli")
_CLIENT = """#!{python} -IS
import json, os, socket, sys

with socket.socket(socket.AF_UNIX) as server:
    server.connect({path!r})
    socket.send_fds(server, [b"."], {streams!r})
    server.sendall(json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode())
    server.shutdown(socket.SHUT_WR)
    for stream in {streams!r}:
        os.close(stream)
    status = server.recv(1)
os._exit(status[0] if status else 70)
"""


@contextmanager
def programs() -> Iterator[Path]:
    """The folder of the program, for as long as its server runs."""
    with TemporaryDirectory() as folder:
        path, program = Path(folder) / "socket", Path(folder) / "kaitei"
        program.write_text(_CLIENT.format(python=sys.executable, path=str(path), streams=_STREAMS), "utf-8")
        program.chmod(0o755)
        with subprocess.Popen(
            [sys.executable, "-m", "tests.forking", path],
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        ) as server:
            assert server.stdout
            try:
                assert server.stdout.readline() == b"ready\n"
                yield program.parent
            finally:
                server.terminate()


def serve(path: str) -> None:
    """Fork for whoever connects at *path*. Returns in each process that is to run a command."""
    for package in map(import_module, _LOADED):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        print("ready", flush=True)  # noqa: T201
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that attend
        while True:
            asking, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _attend(asking)
                return
            asking.close()


def _attend(asking: socket.socket) -> None:
    """Take on the place of whoever asks, in a process of its own; this one tells how that ended, and ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(asking, 1, len(_STREAMS))
    with asking.makefile("rb") as told:
        arguments, folder, environment = json.load(told)
    if running := os.fork():
        for stream in (*_STREAMS, *streams):
            os.close(stream)
        status = os.waitstatus_to_exitcode(os.waitpid(running, 0)[1])
        asking.sendall(bytes([status if status >= 0 else 128 - status]))
        os._exit(0)
    asking.close()
    for stream, of in zip(_STREAMS, streams, strict=True):
        os.dup2(of, stream)
        os.close(of)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    # those of the server know what they stood for then
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    serve(sys.argv[1])
    from cli.main import main

    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, int):
            sys.stderr.flush()
            os._exit(ended.code)  # taking down all that was loaded takes longer than most commands
        raise
