#!/usr/bin/env bash
# Compares captures of the media lab with captures/media/expected-announcements.tsv: the flows on dynamic ports are
# those of its lines, answered or not as it says, and no frame is damaged. Prints the ports of each line.
#
#   check.sh DIRECTORY
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:?directory of the captures}
expected=$here/../../../captures/media/expected-announcements.tsv
declare -A addresses=([files]=10.0.0.20 [sql]=10.0.0.30 [called]=10.0.0.40 [phone2]=10.0.0.52 [relay]=10.0.0.60
    [client]=10.0.64.21 [caller]=10.0.64.40 [phone1]=10.0.64.51 [peer]=10.0.64.60)

# shellcheck source=../captures.sh
source "$here/../captures.sh"

# flows CAPTURE: "FROM TO PORT TRANSPORT OUTCOME" of each conversation whose first frame goes to a dynamic port.
# tshark's own stream numbers would not do: it gives the two directions of what it knows from SIP different ones.
flows() {
    frames "$1" -Y 'tcp || udp' -T fields -E separator=' ' -e ip.src -e ip.dst -e ip.proto \
        -e tcp.srcport -e udp.srcport -e tcp.dstport -e udp.dstport \
        | awk '{
            sent = $3 " " $1 " " $4 " " $2 " " $5
            if ($3 " " $2 " " $5 " " $1 " " $4 in to) outcome[$3 " " $2 " " $5 " " $1 " " $4] = "established"
            else if (!(sent in to)) {
                from[sent] = $1
                to[sent] = $2
                port[sent] = $5
                kind[sent] = $3 == 6 ? "tcp" : "udp"
                outcome[sent] = "unanswered"
            }
        }
        END {
            for (flow in to)
                if (port[flow] >= 20000) print from[flow], to[flow], port[flow], kind[flow], outcome[flow]
        }'
}

while read -r capture; do
    lines=$(awk -F '\t' -v capture="$capture" '$1 == capture' "$expected")
    found=$(flows "$capture")
    while IFS=$'\t' read -r _ from to transport service by outcome; do
        key="${addresses[$from]} ${addresses[$to]} $transport $outcome"
        ports=$(awk -v key="$key" '$1 " " $2 " " $4 " " $5 == key { print $3 }' <<< "$found" | xargs)
        printf '%-18s %-7s %-7s %-4s %-11s %-7s %-11s %s\n' \
            "$capture" "$from" "$to" "$transport" "$service" "$by" "$outcome" "$ports"
        [[ -n $ports ]] || fail "$capture: no flow from $from to $to"
        found=$(awk -v key="$key" '$1 " " $2 " " $4 " " $5 != key' <<< "$found")
    done <<< "$lines"
    [[ -z $found ]] || fail "$capture: not expected: $found"
    require_sound "$capture"
done < <(grep -v '^#' "$expected" | cut -f 1 | sort -u)
exit $((failures > 0))
