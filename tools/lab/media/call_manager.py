#!/usr/bin/env python3
"""A call manager (SCCP) for two phones: when both have registered it connects them, and ends the call after some
seconds.

    call_manager.py ADDRESS
"""

import socket
import struct
import sys
import time

import skinny

CONFERENCE = 1
TALK_SECONDS = 2
PAUSE_SECONDS = 0.1  # the first to be told is the first to be heard


def register(phone):
    message, _ = skinny.receive(phone)
    assert message == skinny.REGISTER
    skinny.send(phone, skinny.REGISTER_ACK, struct.pack("<I6s2xII", 30, b"D.M.Y\0", 60, 0))


def open_channel(phone, party):
    """Asks a phone to listen; the address and port that it tells."""
    skinny.send(phone, skinny.OPEN_RECEIVE_CHANNEL, struct.pack("<4I", CONFERENCE, party, 20, skinny.G711_ALAW), 112)
    message, body = skinny.receive(phone)
    assert message == skinny.OPEN_RECEIVE_CHANNEL_ACK
    return skinny.unpack_end(body[4:])


def connect(phones):
    ends = [open_channel(phone, party) for party, phone in enumerate(phones, 1)]
    for party, (phone, end) in enumerate(zip(phones, reversed(ends)), 1):
        body = struct.pack("<II", CONFERENCE, party) + skinny.pack_end(*end) + struct.pack("<II", 20, skinny.G711_ALAW)
        skinny.send(phone, skinny.START_MEDIA_TRANSMISSION, body, 120)
        time.sleep(PAUSE_SECONDS)
    time.sleep(TALK_SECONDS)
    for party, phone in enumerate(phones, 1):
        skinny.send(phone, skinny.CLOSE_RECEIVE_CHANNEL, struct.pack("<III", CONFERENCE, party, CONFERENCE), 16)
        skinny.send(phone, skinny.STOP_MEDIA_TRANSMISSION, struct.pack("<III", CONFERENCE, party, CONFERENCE), 16)


def main(address):
    with socket.create_server((address, 2000)) as listener:
        phones = [listener.accept()[0] for _ in range(2)]
        for phone in phones:
            register(phone)
        connect(phones)
        for phone in phones:
            skinny.receive(phone)
            skinny.send(phone, skinny.UNREGISTER_ACK, struct.pack("<I", 0))
            phone.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
