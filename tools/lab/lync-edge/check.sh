#!/usr/bin/env bash
# Compares the two captures of the Lync edge lab with flows.tsv: every line must have been tried, nothing else may be
# there, and no frame may be damaged. Prints how many conversations each line has.
#
#   check.sh DIRECTORY
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:?directory of the captures}
declare -A captures=([outside]=$directory/firewall-outside.pcap [inside]=$directory/firewall-inside.pcapng)

# frames FILE OPTION…: tshark without names and without its warning about root.
frames() { tshark -n -r "$@" 2> >(grep -v 'Running as user' >&2 || true); }

# conversations FILE: "from to transport port" of every TCP connection attempt and UDP conversation, one line each.
conversations() {
    frames "$1" -Y 'tcp.flags.syn == 1 && tcp.flags.ack == 0 && !icmp' -T fields -e tcp.stream \
        -e ip.src -e ip.dst -e tcp.dstport | sort -u | awk '{ print $2, $3, "tcp", $4 }'
    frames "$1" -Y 'udp && !icmp' -T fields -e udp.stream -e ip.src -e ip.dst -e udp.dstport \
        | sort -s -n -k 1,1 | awk '!seen[$1]++ { print $2, $3, "udp", $4 }'
}

# others FILE: frames that are neither TCP, UDP nor ARP, except the ICMP of the rejected flow.
others() { frames "$1" -Y '!arp && !tcp && !udp && !icmp || icmp && !(icmp.type == 3 && icmp.code == 13)'; }

damaged() {
    frames "$1" -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE \
        -Y 'ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0
            || tcp.analysis.ack_lost_segment'
}

failures=0
fail() {
    echo "check: $*" >&2
    failures=$((failures + 1))
}

for name in outside inside; do
    found=$(conversations "${captures[$name]}")
    expected=$(awk -v name="$name" '$1 == name { print $3, $4, $5, $6 }' "$here/flows.tsv")
    while read -r flow; do
        count=$(grep -cxF "$flow" <<< "$found" || true)
        printf '%-8s %3d  %s\n' "$name" "$count" "$flow"
        ((count > 0)) || fail "$name: never seen: $flow"
    done <<< "$expected"
    while read -r flow; do
        fail "$name: not in flows.tsv: $flow"
    done < <(grep -vxF "$expected" <<< "$found" | sort -u)
    [[ -z $(others "${captures[$name]}") ]] ||
        fail "$name: frames that do not belong there: $(others "${captures[$name]}" | head -5)"
    [[ -z $(damaged "${captures[$name]}") ]] ||
        fail "$name: damaged or missing frames: $(damaged "${captures[$name]}" | head -5)"
done
exit $((failures > 0))
