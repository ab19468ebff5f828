"""Messages of SCCP in the layout of its first version (header version 0): lengths and numbers are little-endian,
addresses in network order."""

import socket
import struct

REGISTER, REGISTER_ACK = 0x0001, 0x0081
OPEN_RECEIVE_CHANNEL, OPEN_RECEIVE_CHANNEL_ACK = 0x0105, 0x0022
START_MEDIA_TRANSMISSION, STOP_MEDIA_TRANSMISSION = 0x008A, 0x008B
CLOSE_RECEIVE_CHANNEL, UNREGISTER, UNREGISTER_ACK = 0x0106, 0x0027, 0x0118
G711_ALAW = 2


def send(connection, message, body=b"", length=0):
    """Sends a message; a length beyond the body's is filled with zeros: fields that say nothing."""
    body = body.ljust(length, b"\0")
    connection.sendall(struct.pack("<III", 4 + len(body), 0, message) + body)


def receive(connection):
    """The next message and its body; (None, b"") at the end."""
    header = connection.recv(12, socket.MSG_WAITALL)
    if len(header) < 12:
        return None, b""
    length, _, message = struct.unpack("<III", header)
    return message, connection.recv(length - 4, socket.MSG_WAITALL) if length > 4 else b""


def pack_end(address, port):
    return socket.inet_aton(address) + struct.pack("<I", port)


def unpack_end(body):
    return socket.inet_ntoa(body[:4]), struct.unpack_from("<I", body, 4)[0]
