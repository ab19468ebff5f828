#!/usr/bin/env python3
"""A client of TURN (RFC 8656) that receives a call: it allocates a relayed address, permits a peer, prints the port,
and returns to the peer three times what the peer sends.

    turn_client.py RELAY PEER USER PASSWORD
"""

import hashlib
import hmac
import os
import socket
import struct
import sys

ALLOCATE, CREATE_PERMISSION, SEND, DATA = 0x0003, 0x0008, 0x0016, 0x0017
ERROR = 0x0110
USERNAME, INTEGRITY, REALM, NONCE = 0x0006, 0x0008, 0x0014, 0x0015
PEER_ADDRESS, PAYLOAD, RELAYED_ADDRESS, TRANSPORT = 0x0012, 0x0013, 0x0016, 0x0019
COOKIE = 0x2112A442
UDP = b"\x11\0\0\0"


def attribute(kind, value):
    return struct.pack(">HH", kind, len(value)) + value + bytes(-len(value) % 4)


def attributes(message):
    found, at = {}, 20
    while at < len(message):
        kind, length = struct.unpack_from(">HH", message, at)
        found[kind] = message[at + 4:at + 4 + length]
        at += 4 + length + -length % 4
    return found


def address_of(host, port):
    """XOR-PEER-ADDRESS (RFC 8489 section 14.2)."""
    return struct.pack(">HHI", 1, port ^ COOKIE >> 16, struct.unpack(">I", socket.inet_aton(host))[0] ^ COOKIE)


class Client:
    def __init__(self, relay, user, password):
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.settimeout(10)
        self.line.connect((relay, 3478))
        self.user, self.password, self.credentials, self.key = user, password, b"", None

    def send(self, kind, body):
        """Sends a message, with its integrity once the key is known (RFC 8489 section 14.5)."""
        body += self.credentials
        length = len(body) + (24 if self.key else 0)
        message = struct.pack(">HHI", kind, length, COOKIE) + os.urandom(12) + body
        if self.key:
            message += attribute(INTEGRITY, hmac.new(self.key, message, hashlib.sha1).digest())
        self.line.send(message)

    def ask(self, kind, body):
        """The answer's attributes; asks again with the credentials that a first refusal calls for (section 9.2)."""
        self.send(kind, body)
        answer = self.line.recv(1500)
        found = attributes(answer)
        if struct.unpack_from(">H", answer)[0] == kind | ERROR and not self.key:
            realm = found[REALM]
            self.key = hashlib.md5(b":".join([self.user.encode(), realm, self.password.encode()])).digest()
            self.credentials = (
                attribute(USERNAME, self.user.encode()) + attribute(REALM, realm) + attribute(NONCE, found[NONCE]))
            return self.ask(kind, body)
        return found

    def indicate(self, kind, body):
        """Sends an indication, which bears no credentials."""
        self.line.send(struct.pack(">HHI", kind, len(body), COOKIE) + os.urandom(12) + body)


def main(relay, peer, user, password):
    client = Client(relay, user, password)
    relayed = client.ask(ALLOCATE, attribute(TRANSPORT, UDP))[RELAYED_ADDRESS]
    client.ask(CREATE_PERMISSION, attribute(PEER_ADDRESS, address_of(peer, 0)))
    print(struct.unpack_from(">H", relayed, 2)[0] ^ COOKIE >> 16, flush=True)
    for _ in range(3):
        said = attributes(client.line.recv(1500))
        payload = attribute(PAYLOAD, b"heard: " + said[PAYLOAD])
        client.indicate(SEND, attribute(PEER_ADDRESS, said[PEER_ADDRESS]) + payload)


if __name__ == "__main__":
    main(*sys.argv[1:])
