#!/usr/bin/env bash
# Tests the firewall rules that PortAudit proposes: records a scenario with the firewall of the lab, has rules proposed
# from these captures, records the scenario again with the proposed rules, and compares what passes.
#
#   proposed-rules.sh firewall|lync-edge DIRECTORY [--propose-segments]
#
# DIRECTORY gets before/, proposed.nft and after/; what is there is not made again. Prints a line for each attempt of
# the scenario's table: whether the site wants it, whether it passed before, whether it passes now. Fails when an
# attempt that the site wants does not pass, or another one does. Rules by port cannot tell SSH on a port of another
# service. $PORTAUDIT is the program (portaudit). Needs root.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scenario=${1:?firewall or lync-edge}
work=$(realpath --canonicalize-missing "${2:?directory}")
options=("${@:3}")
readonly SCENARIO=$here/$scenario
site=$here/../../captures/$scenario/site.yaml
directory=$work # of the captures that frames reads

# shellcheck source=captures.sh
source "$here/captures.sh"
# shellcheck source=firewall/topology.sh
[[ $scenario != firewall ]] || source "$SCENARIO/topology.sh"

# attempts CAPTURE: "FROM TO TRANSPORT PORT WORD" of each conversation (firewall/attempts.py).
attempts() {
    frames "$1" -Y ip -T json -e ip.src -e ip.dst -e ip.proto -e tcp.srcport -e tcp.dstport -e udp.srcport \
        -e udp.dstport -e icmp.type -e icmp.code -e tcp.flags.reset | "$here/firewall/attempts.py"
}

# wanted: "yes|no<TAB>FROM TO TRANSPORT PORT<TAB>NAME" of each attempt. Nothing is wanted of the scanner.
wanted() {
    if [[ $scenario == lync-edge ]]; then
        awk -v OFS='\t' '!/^#/ {
            name = $7; for (i = 8; i <= NF; i++) name = name " " $i
            print (name ~ /no rule covers/ ? "no" : "yes"), $3 " " $4 " " $5 " " $6, name }' "$SCENARIO/flows.tsv"
        return
    fi
    local name from to transport port
    while IFS=$'\t' read -r name from to transport port _; do
        printf '%s\t%s %s %s %s\t%s\n' "$(grep -q "id: lab.$name," "$site" && echo yes || echo no)" \
            "${ADDRESSES[$from]}" "${ADDRESSES[$to]}" "$transport" "$port" "$name"
    done < <(cases '*')
    attempts before/scan-inside.pcap | awk -v OFS='\t' '{ print "no", $1 " " $2 " " $3 " " $4, "scan" }' | sort -u
}

# passed RUN: "FROM TO TRANSPORT PORT" of what passes. In the firewall lab: what was recorded inside and met the same
# outside, so that answers pass, too. In the other one: what a host answered.
passed() {
    if [[ $scenario == firewall ]]; then
        for capture in traffic alone scan; do
            comm -12 <(attempts "$1/$capture-inside.pcap" | sort -u) <(attempts "$1/$capture-outside.pcap" | sort -u)
        done
    else
        for capture in outside.pcap inside.pcapng; do
            attempts "$1/firewall-$capture" | grep -E ' (answered|reset)$'
        done
    fi | cut -d ' ' -f 1-4 | sort -u
}

is_in() { if grep -qxF "$1" <<< "$2"; then echo yes; else echo no; fi; }

[[ -d $work/before ]] || "$here/$scenario.sh" "$work/before"
[[ -e $work/proposed.nft ]] || "${PORTAUDIT:-portaudit}" audit "$work/before" --site "$site" \
    --propose "nftables=$work/proposed.nft" "${options[@]}" > "$work/audit.txt" || (($? == 1))
[[ -d $work/after ]] || LAB_RULES=$work/proposed.nft "$here/$scenario.sh" "$work/after"

before=$(passed before)
after=$(passed after)
printf '%-7s %-7s %-7s %s\n' wanted before now attempt
while IFS=$'\t' read -r want attempt name; do
    now=$(is_in "$attempt" "$after")
    printf '%-7s %-7s %-7s %-48s %s\n' "$want" "$(is_in "$attempt" "$before")" "$now" "$attempt" "$name"
    [[ $now == "$want" ]] || fail "$name: wanted $want, passes $now"
done < <(wanted)
exit $((failures > 0))
