#!/usr/bin/env bash
# Compares captures of the firewall lab with cases.tsv: on each side every attempt met what its line says, nothing else
# is there, and no frame is damaged. Prints what each met.
#
#   check.sh DIRECTORY
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:?directory of the captures}
readonly SCENARIO=$here

# shellcheck source=../captures.sh
source "$here/../captures.sh"
# shellcheck source=topology.sh
source "$here/topology.sh"

# attempts CAPTURE: "FROM TO TRANSPORT PORT WORD" of each conversation; the word is what it met: answered, reset,
# icmp-3/CODE or nothing.
attempts() {
    frames "$1" -T json -e ip.src -e ip.dst -e ip.proto -e tcp.srcport -e tcp.dstport -e udp.srcport -e udp.dstport \
        -e icmp.type -e icmp.code -e tcp.flags.reset \
        | "$here/attempts.py"
}

# met SIDE FIREWALL HOST TRANSPORT: the word that the line asks for; none when nothing of it comes to this side.
met() {
    case $2/$3/$1 in
        pass/listens/* | cut/*) echo answered ;;
        pass/closed/*) if [[ $4 == tcp ]]; then echo reset; else echo icmp-3/3; fi ;;
        pass/drops/*) echo nothing ;;
        pass/prohibits/*) echo icmp-3/13 ;;
        */inside) echo none ;;
        drop/*) echo nothing ;;
        prohibit/*) echo icmp-3/13 ;;
        unreachable/*) echo icmp-3/3 ;;
        reset/*) echo reset ;;
    esac
}

for capture in traffic alone; do
    for side in outside inside; do
        found=$(attempts "$capture-$side.pcap")
        while IFS=$'\t' read -r name from to transport port firewall host; do
            attempt="${ADDRESSES[$from]} ${ADDRESSES[$to]} $transport $port"
            asked=$(met "$side" "$firewall" "$host" "$transport")
            is=$(awk -v attempt="$attempt" 'index($0, attempt " ") == 1 { print $5 }' <<< "$found" |
                sort -u | paste -sd,)
            printf '%-8s %-8s %-16s %-10s %s\n' "$capture" "$side" "$name" "${is:-none}" "$attempt"
            [[ ${is:-none} == "$asked" ]] || fail "$capture-$side: $name met ${is:-none}, not $asked"
            found=$(awk -v attempt="$attempt" 'index($0, attempt " ") != 1' <<< "$found")
        done < <(cases "$capture")
        [[ -z $found ]] || fail "$capture-$side: not in cases.tsv: $found"
        require_sound "$capture-$side.pcap"
    done
done
for side in outside inside; do
    targets=$(attempts "scan-$side.pcap" | awk '{ print $2, $4 }' | sort -u | wc -l)
    printf 'scan     %-8s %s targets\n' "$side" "$targets"
    require_sound "scan-$side.pcap"
done
exit $((failures > 0))
