#!/usr/bin/env python3
"""One end of a WebRTC call whose offer and answer pass through files (aiortc).

webrtc.py offer|answer audio|video ADDRESS DIRECTORY SECONDS
"""

import asyncio
import os
import sys

import aioice.ice
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaBlackhole, MediaPlayer

SOURCES = {"audio": "anoisesrc=color=pink:amplitude=0.3,tremolo=f=3",
           "video": "testsrc2=size=640x480:rate=25,noise=alls=10:allf=t"}


def put(path: str, text: str) -> None:
    with open(path + ".new", "w") as file:
        file.write(text)
    os.rename(path + ".new", path)


async def wait_for(path: str) -> str:
    while not os.path.exists(path):
        await asyncio.sleep(0.1)
    with open(path) as file:
        return file.read()


async def main() -> None:
    role, media, address, directory, seconds = sys.argv[1:]
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: [address]
    offer, answer = os.path.join(directory, "offer"), os.path.join(directory, "answer")
    call, sink = RTCPeerConnection(RTCConfiguration(iceServers=[])), MediaBlackhole()
    call.on("track", sink.addTrack)
    player = MediaPlayer(SOURCES[media], format="lavfi")
    if role == "answer":
        await call.setRemoteDescription(RTCSessionDescription(await wait_for(offer), "offer"))
    call.addTrack(player.audio or player.video)
    if role == "offer":
        await call.setLocalDescription(await call.createOffer())
        put(offer, call.localDescription.sdp)
        await call.setRemoteDescription(RTCSessionDescription(await wait_for(answer), "answer"))
    else:
        await call.setLocalDescription(await call.createAnswer())
        put(answer, call.localDescription.sdp)
    await sink.start()
    await asyncio.sleep(float(seconds))
    await call.close()


asyncio.run(main())
