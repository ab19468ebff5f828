#!/usr/bin/env python3
"""Says three things to a relayed address, and waits for an answer to each.

    turn_peer.py RELAY PORT
"""

import socket
import sys


def main(relay, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(10)
        line.connect((relay, int(port)))
        for number in range(3):
            line.send(b"word %d" % number)
            line.recv(1500)


if __name__ == "__main__":
    main(*sys.argv[1:])
