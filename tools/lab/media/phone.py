#!/usr/bin/env python3
"""A phone (SCCP): registers, opens a port for sound and sends sound when the call manager asks for it, and leaves when
the call is over.

    phone.py MANAGER ADDRESS NAME
"""

import socket
import struct
import sys
import threading
import time

import skinny

PACKETS, PACKET_SECONDS = 40, 0.02
ALAW, SAMPLES = 8, 160


def talk(sound, end, source):
    """Sends packets of silence (RFC 3550 section 5.1, RFC 3551: PCMA). Each phone has a source identifier of its own,
    as if it were random."""
    for number in range(PACKETS):
        header = struct.pack(">BBHII", 0x80, ALAW, number, number * SAMPLES, source)
        sound.sendto(header + b"\xd5" * SAMPLES, end)
        time.sleep(PACKET_SECONDS)


def main(manager, address, name):
    with socket.create_connection((manager, 2000)) as line, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sound:
        device = struct.pack("<16sII4sII", name.encode(), 0, 1, socket.inet_aton(address), 7, 0)
        skinny.send(line, skinny.REGISTER, device)
        while True:
            message, body = skinny.receive(line)
            if message == skinny.OPEN_RECEIVE_CHANNEL:
                sound.bind((address, 0))
                acknowledgement = struct.pack("<I", 0) + skinny.pack_end(address, sound.getsockname()[1]) + body[4:8]
                skinny.send(line, skinny.OPEN_RECEIVE_CHANNEL_ACK, acknowledgement)
            elif message == skinny.START_MEDIA_TRANSMISSION:
                target, source = skinny.unpack_end(body[8:]), hash(name) & 0xFFFFFFFF
                threading.Thread(target=talk, args=(sound, target, source)).start()
            elif message == skinny.STOP_MEDIA_TRANSMISSION:
                skinny.send(line, skinny.UNREGISTER)
            elif message in (skinny.UNREGISTER_ACK, None):
                return


if __name__ == "__main__":
    main(*sys.argv[1:])
