#!/usr/bin/env python3
"""Reads tshark's fields of the frames of a capture as JSON; prints "FROM TO TRANSPORT PORT WORD" of each conversation,
in the order of their first frames.

The word is the gravest that its frames give: answered, icmp-TYPE/CODE, reset, nothing.
"""

import json
import sys

TRANSPORTS = {"6": "tcp", "17": "udp"}
RANKS = ["nothing", "reset", "icmp", "answered"]


def main() -> None:
    met: dict[tuple[str, ...], str] = {}
    for packet in json.load(sys.stdin):
        fields = packet["_source"]["layers"]
        # An ICMP error has the addresses and protocols of two headers: its own and those of the packet that it quotes.
        is_error = "icmp.type" in fields
        transport = TRANSPORTS[fields["ip.proto"][-1]]
        source, destination = fields["ip.src"][-1], fields["ip.dst"][-1]
        source_port, destination_port = fields[f"{transport}.srcport"][0], fields[f"{transport}.dstport"][0]
        asked = (source, destination, transport, destination_port, source_port)
        answered = (destination, source, transport, source_port, destination_port)
        if is_error:
            note(met, asked, f"icmp-{fields['icmp.type'][0]}/{fields['icmp.code'][0]}")
        elif answered in met:
            is_reset = transport == "tcp" and fields["tcp.flags.reset"][0] in ("1", "True")
            note(met, answered, "reset" if is_reset else "answered")
        else:
            met.setdefault(asked, "nothing")
    for (source, destination, transport, port, _), word in met.items():
        print(source, destination, transport, port, word)


def note(met: dict[tuple[str, ...], str], attempt: tuple[str, ...], word: str) -> None:
    if RANKS.index(word.split("-")[0]) > RANKS.index(met.get(attempt, "nothing").split("-")[0]):
        met[attempt] = word


main()
