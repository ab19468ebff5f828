#!/usr/bin/env python3
"""A cable with latency between two interfaces that have no addresses: hands each frame on after a while, in order.

link.py FIRST SECOND [--delay MS] [--jitter MS] [--lose SHARE] [--seed N] [--randomise LOG]

With --lose it drops that share of the frames that carry TCP data. With --randomise it also does what firewalls do to
sequence numbers (randomise.py), and appends the numbers it added to LOG.
"""

import argparse
import collections
import random
import select
import socket
import time

from randomise import Randomiser

ETH_P_ALL = 3
PACKET_OUTGOING = 4
TCP_DATA_FRAME = 200  # bytes; frames with less are acknowledgements, handshakes and small questions


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("interfaces", nargs=2)
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--jitter", type=float, default=0)
    parser.add_argument("--lose", type=float, default=0)
    parser.add_argument("--seed", type=int, default=37)
    parser.add_argument("--randomise")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    randomiser = Randomiser(options.randomise) if options.randomise else None

    sockets = []
    for interface in options.interfaces:
        end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        end.bind((interface, ETH_P_ALL))
        sockets.append(end)
    waiting: list[collections.deque[tuple[float, bytes]]] = [collections.deque(), collections.deque()]
    while True:
        due = min((queue[0][0] for queue in waiting if queue), default=None)
        pause = None if due is None else max(0, due - time.monotonic())
        for end in select.select(sockets, [], [], pause)[0]:
            frame, address = end.recvfrom(65536)
            if address[2] == PACKET_OUTGOING:
                continue
            if len(frame) > TCP_DATA_FRAME and frame[23] == socket.IPPROTO_TCP and chance.random() < options.lose:
                continue
            if randomiser:
                frame = randomiser.rewrite(frame)
            queue = waiting[sockets.index(end)]
            leaves = time.monotonic() + (options.delay + chance.random() * options.jitter) / 1000
            queue.append((max(leaves, queue[-1][0] if queue else 0), frame))
        for index, queue in enumerate(waiting):
            while queue and queue[0][0] <= time.monotonic():
                sockets[1 - index].send(queue.popleft()[1])


main()
