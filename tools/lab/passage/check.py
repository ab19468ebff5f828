#!/usr/bin/env python3
"""Compares the captures of a directory with its truth.tsv; prints what is otherwise than the truth says.

check.py DIRECTORY
"""

import collections
import pathlib
import re
import struct
import sys
from dataclasses import dataclass, field

FIN, SYN, RST, ACK = 0x01, 0x02, 0x04, 0x10
OPTIONS = {2: "mss", 3: "window scale", 4: "SACK permitted", 8: "timestamps"}
CLOCK = {"dnat": 0.42}  # seconds that the clock of inside is ahead
INCOMPLETE = {"loss", "window"}  # cases of which inside lacks frames
CLIENTS_INSIDE = ("10.0.0.20:", "10.0.0.21:")
LONGEST_DELAY = 0.05  # seconds that a frame is on its way through the device


@dataclass
class Frame:
    time: float
    source: str
    destination: str
    protocol: str
    ttl: int
    dscp: int
    flags: int = 0
    sequence: int = 0
    options: dict = field(default_factory=dict)
    payload: bytes = b""
    error: str = ""  # of an ICMP error; source and destination are those of the packet that it quotes


def read(path: pathlib.Path) -> list[Frame]:
    data, at, frames = path.read_bytes(), 24, []
    while at < len(data):
        seconds, micros, length, _ = struct.unpack_from("<IIII", data, at)
        frames.append(parse(seconds + micros / 1e6, data[at + 16 : at + 16 + length]))
        at += 16 + length
    return frames


def parse(time: float, frame: bytes) -> Frame:
    packet = frame[14 : 14 + int.from_bytes(frame[16:18], "big")]
    ttl, dscp, error = packet[8], packet[1] >> 2, ""
    if packet[9] == 1:
        segment = packet[(packet[0] & 15) * 4 :]
        error, packet = f"{segment[0]}/{segment[1]}", segment[8:]
    segment = packet[(packet[0] & 15) * 4 :]
    ports = struct.unpack_from(">HH", segment)
    source, destination = (
        ".".join(map(str, packet[start : start + 4])) + f":{port}" for start, port in zip((12, 16), ports)
    )
    parsed = Frame(time, source, destination, "tcp" if packet[9] == 6 else "udp", ttl, dscp, error=error)
    if packet[9] == 6 and not error:
        parsed.sequence, parsed.flags = int.from_bytes(segment[4:8], "big"), segment[13]
        header = (segment[12] >> 4) * 4
        parsed.payload, parsed.options = segment[header:], options(segment[20:header])
    elif not error:
        parsed.payload = segment[8:]
    return parsed


def options(data: bytes) -> dict:
    found, at = {}, 0
    while at < len(data) and data[at] != 0:
        if data[at] == 1:
            at += 1
            continue
        if data[at] in OPTIONS:
            found[OPTIONS[data[at]]] = int.from_bytes(data[at + 2 : at + data[at + 1]], "big")
        at += data[at + 1]
    return found


def key(protocol: str, one: str, other: str) -> tuple:
    return (protocol, *sorted((one, other)))


def conversations(frames: list[Frame]) -> dict[tuple, list[Frame]]:
    found = collections.defaultdict(list)
    for frame in frames:
        found[key(frame.protocol, frame.source, frame.destination)].append(frame)
    return found


def changes(before: Frame, after: Frame) -> set[str]:
    """What the device changed of a SYN or a datagram on its way."""
    found = set()
    for name, values in (("ttl", (before.ttl, after.ttl)), ("dscp", (before.dscp, after.dscp))):
        if values[0] != values[1]:
            found.add(f"{name} {values[0]}->{values[1]}")
    for name in OPTIONS.values():
        if name in before.options and name not in after.options:
            found.add(f"{name} removed")
    if before.options.get("mss") != after.options.get("mss"):
        found.add(f"mss {before.options.get('mss')}->{after.options.get('mss')}")
    if before.sequence != after.sequence:
        found.add(f"sequence +{(after.sequence - before.sequence) % (1 << 32)}")
    return found


def claimed(changed: str, is_client: bool) -> set[str]:
    """What the truth's last column says of one of both ends."""
    found = set()
    for word, old, new, end in re.findall(r"(ttl|mss|dscp) (\d+)->(\d+)(?: of (client|server))?", changed):
        if end in ("", "client" if is_client else "server"):
            found.add(f"{word} {old}->{new}")
    for name in OPTIONS.values():
        removed = re.search(rf"{name}[^;]* removed(?: of (client|server))?", changed)
        if removed and removed[1] in (None, "client" if is_client else "server"):
            found.add(f"{name} removed")
    if added := re.search(r"sequence numbers \+(\d+), \+(\d+)", changed):
        found.add(f"sequence +{added[1 if is_client else 2]}")
    return found - {"sequence +0"}


def check_line(line: dict[str, str], sides: dict[str, dict[tuple, list[Frame]]]) -> list[str]:
    """A connection or stream of two sides."""
    fate, changed, case = line["fate"], line["changed"], line["case"]
    ends = {
        side: (line[f"{side}-client"], line[f"{side}-server"])
        for side in sides
        if line[f"{side}-client"] != "-"
    }
    frames = {side: sides[side][key(line["protocol"], *ends[side])] for side in ends}
    wrong = []
    translated = len(ends) == 2 and ends["outside"] != ends["inside"]
    if (fate == "translated") != translated and fate != "proxied":
        wrong.append(f"{fate}, but the addresses and ports say otherwise")
    answers = [frame for side in frames for frame in frames[side] if frame.source == ends[side][1]]
    errors = {frame.error for side in frames for frame in frames[side]} - {""}
    resets = any(frame.flags & RST for frame in answers)
    if fate == "dropped" and len(ends) == 1 and (answers or errors):
        wrong.append("dropped, but answered")
    if fate == "rejected" and (set(re.findall(r"ICMP (\d+/\d+)", changed)) != errors or not errors and not resets):
        wrong.append(f"rejected, but {errors} {resets}")
    if fate in ("answered", "passed", "translated", "proxied") and not answers and not errors:
        wrong.append(f"{fate}, but not answered")
    if fate == "reset" and not resets:
        wrong.append("reset, but no reset")
    if len(ends) == 1:
        return wrong
    counts = {side: len(frames[side]) for side in frames}
    alone = "requests alone inside" in changed
    if alone and any(frame.source == ends["inside"][1] for frame in frames["inside"]):
        wrong.append("an answer is inside")
    if fate in ("passed", "translated") and case not in INCOMPLETE and not alone and len(set(counts.values())) != 1:
        wrong.append(f"{fate}, but {counts} frames")
    if fate in ("dropped", "reset") and not payload(frames["outside"]) ^ payload(frames["inside"]):
        wrong.append(f"{fate}, but all data are on both sides")
    if fate == "proxied" and line["protocol"] == "tcp":
        numbers = [first_numbers(frames[side], ends[side]) for side in ("outside", "inside")]
        is_syn_proxy = "SYN proxy" in changed
        same = [outside == inside for outside, inside in zip(*numbers)]
        if "refused" not in changed and same != [is_syn_proxy, False]:
            wrong.append(f"proxied, but initial sequence numbers {numbers}")
    if fate == "proxied":
        # Attempts begin 0.15 s apart: the one inside that follows within less belongs to the one outside.
        asked = {side: next(frame.time for frame in frames[side] if frame.source == ends[side][0]) for side in ends}
        wait = abs(asked["inside"] - asked["outside"])
        if wait > LONGEST_DELAY:
            wrong.append(f"proxied, but {wait:.6f} s apart")
    if fate not in ("passed", "translated"):
        return wrong
    client_side = "inside" if line["inside-client"].startswith(CLIENTS_INSIDE) else "outside"
    other = {"inside": "outside", "outside": "inside"}[client_side]
    for index, is_client in enumerate((True, False)):
        from_side, to_side = (client_side, other) if is_client else (other, client_side)
        first = [
            next(
                (
                    frame
                    for frame in frames[side]
                    if not frame.error and frame.source == ends[side][index] and is_first(frame)
                ),
                None,
            )
            for side in (from_side, to_side)
        ]
        if case in INCOMPLETE and (None in first or first[0].payload != first[1].payload):
            continue
        if None in first or first[0].payload != first[1].payload:
            if not alone and not errors:
                wrong.append(f"{'client' if is_client else 'server'}: its first frames are not the same")
            continue
        found, said = changes(*first), claimed(changed, is_client)
        if line["protocol"] == "udp":
            said = {word for word in said if word.startswith(("ttl", "dscp"))}
        if found != said:
            wrong.append(f"{'client' if is_client else 'server'}: changed {sorted(found)}, not {sorted(said)}")
        ahead = CLOCK.get(case, 0) * (1 if to_side == "inside" else -1)
        delay = first[1].time - first[0].time - ahead
        if not -0.0005 < delay < LONGEST_DELAY:
            wrong.append(f"{'client' if is_client else 'server'}: {delay:.6f} s on its way")
    return wrong


def payload(frames: list[Frame]) -> set[bytes]:
    return {frame.payload for frame in frames}


def first_numbers(frames: list[Frame], ends: tuple[str, str]) -> list[int | None]:
    """The initial sequence numbers of the client and of the server."""
    return [next((f.sequence for f in frames if f.source == end and f.flags & SYN), None) for end in ends]


def is_first(frame: Frame) -> bool:
    return frame.protocol == "udp" or bool(frame.flags & SYN) or frame.flags & RST and frame.flags & ACK


def main() -> None:
    directory = pathlib.Path(sys.argv[1])
    text = (directory / "truth.tsv").read_text().splitlines()
    names = next(line for line in text if line.startswith("# case\t"))[2:].split("\t")
    lines = [dict(zip(names, line.split("\t"))) for line in text if not line.startswith("#")]
    for case in dict.fromkeys(line["case"] for line in lines):
        of_case = [line for line in lines if line["case"] == case]
        sides = {side: conversations(read(directory / f"{case}-{side}.pcap")) for side in ("outside", "inside")}
        for side, found in sides.items():
            said = {
                key(line["protocol"], line[f"{side}-client"], line[f"{side}-server"])
                for line in of_case
                if line[f"{side}-client"] != "-"
            }
            for missing in said - set(found):
                print(f"{case}-{side}: not there: {missing}")
            for unknown in set(found) - said:
                print(f"{case}-{side}: not in the truth: {unknown}")
        for line in of_case:
            for wrong in check_line(line, sides):
                print(f"{case}: {line['outside-client']} {line['inside-client']}: {wrong}")


main()
