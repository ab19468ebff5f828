#!/usr/bin/env bash
# Makes without-map/*.pcap: the recorded calls without what was said to and by the endpoint mapper.
#
#   derive.sh DIRECTORY      with the recorded captures
set -euo pipefail
directory=${1:?directory of the captures}

mkdir -p "$directory/without-map"
for capture in calls-plain calls-sealed; do
    tshark -n -r "$directory/$capture.pcap" -Y 'not tcp.port == 135' -F pcap -w "$directory/without-map/$capture.pcap" \
        2> >(grep -v 'Running as user' >&2 || true)
done
