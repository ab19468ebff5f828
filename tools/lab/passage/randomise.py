"""Adds a constant to the sequence numbers of each side of each TCP connection, as firewalls do that distrust the
initial sequence numbers of hosts: takes it from the acknowledgements and SACK blocks of the other side (RFC 9293
section 3.1, RFC 2018 section 3). Linux has nothing in the kernel that does it.
"""

import random
import struct

ETHERNET = 14
SYN, ACK = 0x02, 0x10


class Randomiser:
    def __init__(self, log: str) -> None:
        self.log = open(log, "a", buffering=1)  # one line a sender: ADDRESS:PORT ADDRESS:PORT NUMBER
        self.added: dict[bytes, int] = {}  # by the addresses and ports of the sender and of the receiver
        self.started: dict[bytes, int] = {}  # the initial sequence number that was met: a SYN may come twice

    def rewrite(self, frame: bytes) -> bytes:
        if frame[12:14] != b"\x08\x00" or frame[23] != 6:
            return frame
        tcp = ETHERNET + (frame[ETHERNET] & 15) * 4
        end = ETHERNET + int.from_bytes(frame[16:18], "big")  # Ethernet may have padded a short frame
        segment = bytearray(frame[tcp:end])
        addresses, ports = frame[26:34], segment[0:4]
        sender = bytes(addresses + ports)
        receiver = bytes(addresses[4:] + addresses[:4] + ports[2:] + ports[:2])

        sequence, acknowledged = struct.unpack_from(">II", segment, 4)
        if segment[13] & SYN and self.started.get(sender) != sequence:
            self.started[sender] = sequence
            self.added[sender] = random.randrange(1, 1 << 32)
            self.log.write(f"{name(sender[:4], sender[8:10])} {name(sender[4:8], sender[10:])} {self.added[sender]}\n")
        ours, theirs = self.added.get(sender, 0), self.added.get(receiver, 0)
        struct.pack_into(">I", segment, 4, (sequence + ours) % (1 << 32))
        if segment[13] & ACK:
            struct.pack_into(">I", segment, 8, (acknowledged - theirs) % (1 << 32))
            subtract_in_sack(segment, theirs)

        segment[16:18] = b"\0\0"
        pseudo_header = bytes(addresses) + struct.pack(">HH", 6, len(segment))
        struct.pack_into(">H", segment, 16, checksum(pseudo_header + segment))
        return frame[:tcp] + bytes(segment) + frame[end:]


def subtract_in_sack(segment: bytearray, number: int) -> None:
    at, end = 20, (segment[12] >> 4) * 4
    while at < end and segment[at] != 0:
        if segment[at] == 1:
            at += 1
            continue
        length = segment[at + 1]
        if segment[at] == 5:
            for edge in range(at + 2, at + length, 4):
                value = struct.unpack_from(">I", segment, edge)[0]
                struct.pack_into(">I", segment, edge, (value - number) % (1 << 32))
        at += max(length, 2)


def checksum(data: bytes) -> int:
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def name(address: bytes, port: bytes) -> str:
    return ".".join(map(str, address)) + f":{int.from_bytes(port, 'big')}"
