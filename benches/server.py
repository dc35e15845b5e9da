"""A preview server as a child process: started, asked over one connection, weighed and stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time

TICK = os.sysconf("SC_CLK_TCK")


# Who is told to end ends its servers first: `finally` runs.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Client:
    """Requests over a connection that is kept for as long as the server keeps it."""

    def __init__(self, port, timeout=60):
        self.port, self.timeout, self.connection = port, timeout, None

    def get(self, path, headers=None):
        """Status and body; status 0 while nobody listens."""
        for attempt in range(2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            is_old = self.connection.sock is not None
            try:
                self.connection.request("GET", path, headers=headers or {})
                reply = self.connection.getresponse()
                return reply.status, reply.read()
            except (OSError, http.client.HTTPException):
                self.close()
                # A server may close a connection that has stood a while: then a new one is due.
                if not is_old or attempt:
                    return 0, b""
        return 0, b""

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Server:
    """One server in its site's folder; `{port}` in the command is filled in."""

    def __init__(self, command, site, log):
        self.port = free_port()
        command = [str(part).replace("{port}", str(self.port)) for part in command]
        environment = {**os.environ, "NO_COLOR": "1"}
        with open(log, "wb") as sink:
            self.started = time.perf_counter()
            self.process = subprocess.Popen(command, cwd=site, env=environment, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True)

    def is_alive(self):
        return self.process.poll() is None

    def memory(self, key):
        """`VmRSS` or `VmHWM` in MB; None when the process is gone."""
        try:
            with open(f"/proc/{self.process.pid}/status", encoding="ascii", errors="replace") as status:
                return next((int(line.split()[1]) / 1024 for line in status if line.startswith(key + ":")), None)
        except OSError:
            return None

    def cpu(self):
        """Seconds of processor time so far."""
        try:
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii", errors="replace") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / TICK

    def settle(self, window=0.3, share=0.1, limit=120):
        """Waits until it has used next to no processor time over a window."""
        until = time.monotonic() + limit
        while time.monotonic() < until and self.is_alive():
            before = self.cpu()
            time.sleep(window)
            if self.cpu() - before <= share * window:
                return True
        return False

    def stop(self):
        """Asks it to end as Ctrl-C does; insists when it does not. Only the session started above is meant."""
        for sign, patience in ((signal.SIGINT, 5), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
            if not self.is_alive():
                break
            os.killpg(self.process.pid, sign)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        return self.process.poll()
