#!/usr/bin/env python3
"""Takes frames out of a classic pcap, as a capture loses them: one in a hundred by chance, and two chosen ones: a SYN,
and a DNS query of which the answer stays.

lose.py FROM TO SEED        prints each frame that it took: number (in FROM), seconds since the first, what it was
"""

import random
import struct
import sys

SHARE = 0.01
SYN_CHOSEN, QUERY_CHOSEN = 2, 1  # the third and the second


def main() -> None:
    with open(sys.argv[1], "rb") as capture:
        header = capture.read(24)
        frames = []
        while record := capture.read(16):
            seconds, micros, length, _ = struct.unpack("<IIII", record)
            frames.append((seconds + micros / 1e6, record + capture.read(length)))
    chance = random.Random(int(sys.argv[3]))
    lost = set(chance.sample(range(len(frames)), round(len(frames) * SHARE)))
    names = [describe(frame[16:]) for _, frame in frames]
    lost.add([index for index, name in enumerate(names) if name.endswith("flags 0x02")][SYN_CHOSEN])
    lost.add([index for index, name in enumerate(names) if ":53 length" in name][QUERY_CHOSEN])
    with open(sys.argv[2], "wb") as capture:
        capture.write(header)
        for index, (_, frame) in enumerate(frames):
            if index not in lost:
                capture.write(frame)
    for index in sorted(lost):
        print(f"{index + 1}\t{frames[index][0] - frames[0][0]:.6f}\t{names[index]}")


def describe(frame: bytes) -> str:
    transport = 14 + (frame[14] & 15) * 4
    ports = struct.unpack_from(">HH", frame, transport)
    source, destination = (".".join(map(str, frame[at : at + 4])) for at in (26, 30))
    ends = f"{source}:{ports[0]} > {destination}:{ports[1]}"
    if frame[23] == 17:
        return f"udp {ends} length {int.from_bytes(frame[transport + 4 : transport + 6], 'big') - 8}"
    sequence = int.from_bytes(frame[transport + 4 : transport + 8], "big")
    payload = int.from_bytes(frame[16:18], "big") - (transport - 14) - (frame[transport + 12] >> 4) * 4
    return f"tcp {ends} seq {sequence} length {payload} flags 0x{frame[transport + 13]:02x}"


main()
