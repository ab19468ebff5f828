#!/usr/bin/env python3
"""SQL Browser ([MC-SQLR]) and two instances that refuse every login ([MS-TDS]): the default one and PAYROLL, which has
a port of its own.

    sql_server.py ADDRESS
"""

import socket
import socketserver
import struct
import sys
import threading

INSTANCES = {"MSSQLSERVER": 1433, "PAYROLL": 51433}
PRELOGIN = 0x12
REFUSED = "Login failed."


def describe(name):
    return f"ServerName;SQL;InstanceName;{name};IsClustered;No;Version;15.0.2000.5;tcp;{INSTANCES[name]};;"


class Browser(socketserver.BaseRequestHandler):
    """Answers who asks for all instances (2, 3) or for one (4) with SVR_RESP ([MC-SQLR] 2.2.5)."""

    def handle(self):
        question, connection = self.request
        wanted = question[1:].rstrip(b"\0").decode().upper()
        names = [wanted] if question[0] == 4 else list(INSTANCES)
        text = "".join(describe(name) for name in names if name in INSTANCES).encode()
        connection.sendto(b"\x05" + struct.pack("<H", len(text)) + text, self.client_address)


class Instance(socketserver.BaseRequestHandler):
    """Says that it cannot encrypt, then that the login failed ([MS-TDS] 2.2.6.5, 2.2.7.10)."""

    def handle(self):
        while packet := self.receive():
            if packet[0] == PRELOGIN:
                version, encryption = struct.pack(">BHH", 0, 11, 6), struct.pack(">BHH", 1, 17, 1)
                self.send(version + encryption + b"\xff" + bytes([15, 0, 7, 208, 0, 0]) + b"\x02")
                continue
            message, name = REFUSED.encode("utf-16-le"), "SQL".encode("utf-16-le")
            error = struct.pack("<IBBH", 18456, 1, 14, len(REFUSED)) + message
            error += b"\x03" + name + b"\0" + struct.pack("<I", 1)
            self.send(b"\xaa" + struct.pack("<H", len(error)) + error + b"\xfd" + struct.pack("<HHQ", 2, 0, 0))
            return

    def receive(self):
        header = self.request.recv(8, socket.MSG_WAITALL)
        if len(header) < 8:
            return b""
        return header + self.request.recv(struct.unpack_from(">H", header, 2)[0] - 8, socket.MSG_WAITALL)

    def send(self, body):
        self.request.sendall(struct.pack(">BBHHBB", 4, 1, 8 + len(body), 0, 1, 0) + body)


def main(address):
    servers = [socketserver.UDPServer((address, 1434), Browser)]
    servers += [socketserver.ThreadingTCPServer((address, port), Instance) for port in reversed(INSTANCES.values())]
    for server in servers[:-1]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    servers[-1].serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
