#!/usr/bin/env python3
"""Writes a small web site: pages that link scripts, styles and pictures of many sizes.

pages.py DIRECTORY SEED
"""

import os
import random
import sys

PAGES = 6
LARGEST_PART = 300_000  # bytes


def main() -> None:
    folder, chance = sys.argv[1], random.Random(int(sys.argv[2]))
    words = [chance.randbytes(4).hex() for _ in range(500)]
    for page in range(PAGES):
        parts = []
        for part in range(chance.randint(3, 20)):
            name = f"p{page}-{part}.{chance.choice(['js', 'css', 'png'])}"
            size = min(LARGEST_PART, int(chance.lognormvariate(9, 1.3)))
            with open(os.path.join(folder, name), "wb") as file:
                file.write(chance.randbytes(size))
            parts.append(f"<img src={name}>" if name.endswith("png") else f"<script src={name}></script>")
        text = " ".join(chance.choices(words, k=chance.randint(100, 4000)))
        with open(os.path.join(folder, f"page{page}.html"), "w") as file:
            file.write(f"<html><body>{''.join(parts)}<p>{text}</body></html>")
        with open(os.path.join(folder, f"list{page}"), "w") as file:
            file.write("\n".join(part.split("src=")[1].split(">")[0] for part in parts) + "\n")


main()
