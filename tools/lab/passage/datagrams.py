#!/usr/bin/env python3
"""A stream of UDP datagrams with a header like that of RTP (RFC 3550 section 5.1), and a server that sends each back.

datagrams.py serve ADDRESS PORT LOG           one line a stream in LOG: ADDRESS:PORT of its sender
datagrams.py send FROM-PORT ADDRESS PORT COUNT [broadcast]
"""

import random
import socket
import struct
import sys
import time

INTERVAL = 0.02  # seconds
PAYLOAD = 80  # bytes: ten milliseconds of G.711


def serve(address: str, port: int, log: str) -> None:
    met = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server, open(log, "a", buffering=1) as lines:
        server.bind((address, port))
        while True:
            datagram, peer = server.recvfrom(4096)
            server.sendto(datagram, peer)
            stream = (peer, datagram[8:12])
            if stream not in met:
                met.add(stream)
                lines.write(f"{peer[0]}:{peer[1]}\n")


def send(own_port: int, address: str, port: int, count: int, *is_broadcast: str) -> None:
    source, number = random.getrandbits(32), random.getrandbits(16)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("", own_port))
        if is_broadcast:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        for index in range(count):
            header = struct.pack(">BBHII", 0x80, 0, (number + index) & 0xFFFF, 160 * index, source)
            try:
                client.sendto(header + random.randbytes(PAYLOAD), (address, port))
            except OSError as error:  # an ICMP error that came back
                print(error)
            time.sleep(INTERVAL)
        time.sleep(0.1)


if sys.argv[1] == "serve":
    serve(sys.argv[2], int(sys.argv[3]), sys.argv[4])
else:
    send(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), *sys.argv[6:])
