"""The warm interpreter, seen from the grader: started once, asked to fork, watched for life."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import regcourse
from regcourse.errors import SandboxFailed
from regcourse.grading.sandbox import envelope
from regcourse.grading.sandbox.envelope import Protection
from regcourse.grading.sandbox.evidence import clean

START_SECONDS = 120.0
PACKET = 1 << 16


@dataclass(frozen=True)
class Limits:
    """What a session may use. All seconds are CPU seconds but those spent waiting.

    Those are `idle_seconds` in one cell or call, `waiting_seconds` in all.
    """

    cell_seconds: float = 10.0
    call_seconds: float = 5.0
    total_seconds: float = 60.0
    idle_seconds: float = 30.0
    waiting_seconds: float = 120.0
    memory_bytes: int = 2_000_000_000
    output_chars: int = 20_000
    answer_bytes: int = 32_000_000
    file_bytes: int = 32_000_000
    tmp_bytes: int = 64_000_000


class Interpreter:
    """The process that forks sessions. It is ours: what goes wrong with it is SandboxFailed."""

    def __init__(
        self,
        packages: Sequence[str],
        data: Path | None,
        limits: Limits,
        protection: Protection,
    ) -> None:
        self.limits = limits
        self.boxed = protection == "bubblewrap"
        self._packages = envelope.find_packages(packages)
        self._data = data.resolve() if data is not None else None
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._stderr: BinaryIO | None = None

    def start(self) -> None:
        """Start it behind its walls, and wait until it has imported everything."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control, self._stderr = ours, tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        with theirs:
            config = json.dumps(self._config(theirs.fileno()))
            command = (
                envelope.command(self._packages, self._data, [config])
                if self.boxed
                else envelope.bare_command([config])
            )
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                env=envelope.ENVIRONMENT,
                cwd="/",
            )
        try:
            self.reply()
        except SandboxFailed:
            self.close()
            raise

    def close(self) -> None:
        """End it, and with it whatever it still holds."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._stderr is not None:
            self._stderr.close()
            self._stderr = None

    def request(self, packet: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        """Send one request, with file descriptors that it is to have."""
        if self._control is None:
            raise SandboxFailed("the sandbox is not open")
        data = json.dumps(packet).encode()
        try:
            if descriptors:
                socket.send_fds(self._control, [data], list(descriptors))
            else:
                self._control.send(data)
        except OSError as error:
            raise self._lost(f"the warm interpreter has gone: {self._said(error)}") from None

    def reply(self) -> dict[str, Any]:
        """Return the answer to the last request that has one."""
        if self._control is None:
            raise SandboxFailed("the sandbox is not open")
        self._control.settimeout(START_SECONDS)
        try:
            packet = self._control.recv(PACKET)
        except OSError as error:
            raise self._lost(f"the warm interpreter is silent: {error}") from None
        if not packet:
            raise self._lost(f"the warm interpreter has gone: {self._said('')}")
        answer: dict[str, Any] = json.loads(packet)
        if "error" in answer:
            raise SandboxFailed(f"the warm interpreter says: {answer['error']}")
        return answer

    def _lost(self, message: str) -> SandboxFailed:
        """Close, so that no late answer is taken for the next one."""
        self.close()
        return SandboxFailed(message)

    def _said(self, otherwise: object) -> str:
        if self._stderr is None:
            return str(otherwise)
        self._stderr.seek(0)
        return clean(self._stderr.read(2000).decode("utf-8", "replace")) or str(otherwise)

    def _config(self, control: int) -> dict[str, Any]:
        here = Path(regcourse.__file__).resolve().parent.parent
        folders = list(self._packages.folders)
        if self.boxed:
            folders = list(map(self._packages.inside, folders))
        data = envelope.DATA if self.boxed and self._data is not None else self._data
        drop = not self.boxed and os.getuid() == 0
        engine = [Path(name).stem for name in envelope.ENGINE_FILES]
        limits = {**asdict(self.limits), "cpu_seconds": int(self.limits.total_seconds)}
        return {
            "control": control,
            "paths": [*map(str, folders), str(envelope.PACKAGES if self.boxed else here)],
            "allowed": [*self._packages.names, "regcourse", *engine],
            "preload": list(self._packages.preload),
            "data": None if data is None else str(data),
            "isolate": self.boxed,
            "uid": envelope.spare_user() if drop else None,
            "tmp_bytes": self.limits.tmp_bytes,
            "limits": limits,
        }
