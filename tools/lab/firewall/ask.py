#!/usr/bin/env python3
"""Sends a server of NTP, SNMP or RADIUS a request of its port's protocol, twice, and waits a second for the answer to
each.

ask.py ADDRESS PORT
"""

import socket
import sys

QUESTIONS = {
    123: bytes.fromhex("23" + "00" * 47),  # NTP version 4, mode 3 (RFC 5905 section 7.3)
    # SNMP version 2c, community "public", get-request of sysDescr.0 (RFC 3416 section 3)
    161: bytes.fromhex("302902010104067075626c6963a01c020401020304020100020100300e300c06082b060102010101000500"),
    # RADIUS Access-Request with a User-Name (RFC 2865 section 4.1)
    1812: bytes.fromhex("0101001a" + "5a" * 16 + "01066e6f6279"),
}


def main() -> None:
    address, port = sys.argv[1], int(sys.argv[2])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect((address, port))
        client.settimeout(1)
        for _ in range(2):
            try:
                client.send(QUESTIONS[port])
                client.recv(4096)
            except OSError as error:
                print(f"{address} {port}: {error}")


main()
