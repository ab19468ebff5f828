#!/usr/bin/python3
"""Asks an endpoint mapper for the TCP port of an RPC interface (ept_map, C706 appendix O), prints it, and connects to
nothing else.

    map_endpoint.py SERVER INTERFACE
"""

import socket
import struct
import sys
import uuid

INTERFACES = {
    "dnsserver": ("50abc2a4-574d-40b3-9d66-ee4fd5fba076", 5),
    "netlogon": ("12345678-1234-abcd-ef00-01234567cffb", 1),
    "samr": ("12345778-1234-abcd-ef00-0123456789ac", 1),
}
MAPPER = ("e1af8308-5d1f-11c9-91a4-08002b14a0fa", 3)
NDR = ("8a885d04-1ceb-11c9-9fe8-08002b104860", 2)
BIND, REQUEST, EPT_MAP = 11, 0, 3


def syntax(name, version):
    """An interface or transfer syntax: UUID and version (C706 section 12.6.3.1)."""
    return uuid.UUID(name).bytes_le + struct.pack("<I", version)


def pdu(kind, body):
    """A PDU in one fragment, little-endian (C706 section 12.6.3)."""
    return struct.pack("<BBBBIHHI", 5, 0, kind, 3, 0x10, 16 + len(body), 0, 1) + body


def floor(left, right):
    return struct.pack("<H", len(left)) + left + struct.pack("<H", len(right)) + right


def tower(name, version):
    """A protocol tower of TCP with the port and the address left open (C706 appendix L)."""
    identifiers = [b"\x0d" + syntax(*one)[:18] for one in ((name, version), NDR)]
    return struct.pack("<H", 5) + b"".join([
        floor(identifiers[0], b"\0\0"),
        floor(identifiers[1], b"\0\0"),
        floor(b"\x0b", b"\0\0"),
        floor(b"\x07", struct.pack(">H", 135)),
        floor(b"\x09", bytes(4)),
    ])


def map_request(octets):
    """The stub of ept_map: no object, the tower, a new handle, four answers at most."""
    padding = bytes(-len(octets) % 4)
    stub = struct.pack("<I16sIII", 1, bytes(16), 2, len(octets), len(octets)) + octets + padding
    stub += bytes(20) + struct.pack("<I", 4)
    return struct.pack("<IHH", len(stub), 0, EPT_MAP) + stub


def receive(connection):
    """The body of the next PDU."""
    header = connection.recv(16, socket.MSG_WAITALL)
    return connection.recv(struct.unpack_from("<H", header, 8)[0] - 16, socket.MSG_WAITALL)


def port_of(answer):
    """The port of the first tower: what follows the left side of a TCP floor."""
    at = answer.index(b"\x01\x00\x07\x02\x00")
    return struct.unpack_from(">H", answer, at + 5)[0]


def main(server, interface):
    with socket.create_connection((server, 135), timeout=10) as connection:
        contexts = struct.pack("<HHIB3xHBx", 5840, 5840, 0, 1, 0, 1) + syntax(*MAPPER) + syntax(*NDR)
        connection.sendall(pdu(BIND, contexts))
        receive(connection)
        connection.sendall(pdu(REQUEST, map_request(tower(*INTERFACES[interface]))))
        print(port_of(receive(connection)))


if __name__ == "__main__":
    main(*sys.argv[1:])
