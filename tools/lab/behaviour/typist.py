#!/usr/bin/env python3
"""Runs a command in a terminal and types into it as a person does: bursts of keys, pauses to read, corrections.

typist.py SECONDS SEED COMMAND [ARGUMENT…]
"""

import fcntl
import os
import pty
import random
import select
import signal
import struct
import sys
import termios
import time

LINES = ["ls -l /etc", "cat /etc/services | head -30", "ps aux | tail -20", "date", "uname -a", "df -h", "echo a note",
         "cd /usr/share", "ls", "pwd", "grep -n tcp /etc/services | head -15", "wc -l /etc/passwd", "who", "history",
         "find /etc -name '*.conf' | head -40", "head -c 600 /etc/ssh/sshd_config", "ls -lR /usr/share/doc | head -200"]


def keys(chance: random.Random):
    """Pauses in seconds, and the bytes typed after them."""
    while True:
        yield chance.uniform(0.5, 3), b""
        for letter in chance.choice(LINES):
            yield chance.lognormvariate(-2.0, 0.5), letter.encode()
            if chance.random() < 0.03:
                yield chance.uniform(0.2, 0.6), b"x"
                yield chance.uniform(0.1, 0.3), b"\x7f"
        yield chance.uniform(0.2, 0.8), b"\r"


def main() -> None:
    seconds, chance = float(sys.argv[1]), random.Random(int(sys.argv[2]))
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execvp(sys.argv[3], sys.argv[3:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    end, due, typed = time.monotonic() + seconds, time.monotonic() + 2, b""
    stream = keys(chance)
    while time.monotonic() < end:
        if select.select([terminal], [], [], max(0, min(due - time.monotonic(), 0.2)))[0]:
            try:
                if not os.read(terminal, 65536):
                    break
            except OSError:
                break
        if time.monotonic() >= due:
            os.write(terminal, typed)
            pause, typed = next(stream)
            due = time.monotonic() + pause
    os.kill(child, signal.SIGHUP)
    os.waitpid(child, 0)


main()
