#!/usr/bin/env bash
# Records the captures of the passage lab: what a device does to the connections that pass it, each case recorded
# outside and inside at the same time, with the truth of every connection.
#
#   passage.sh [DIRECTORY [CASE…]]      default: captures/passage of this repository, all cases
#
# Writes CASE-outside.pcap, CASE-inside.pcap, truth.tsv and lost.tsv. Needs root; takes about a minute and a half.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCENARIO=$here/passage
output=$(realpath --canonicalize-missing "${1:-$here/../../captures/passage}")
cases=("${@:2}")
((${#cases[@]})) || cases=(snat dnat randomiser all synproxy options transparent proxy asymmetric loss window verdicts)

# shellcheck source=lab.sh
source "$here/lab.sh"
# shellcheck source=passage/topology.sh
source "$SCENARIO/topology.sh"
# shellcheck source=passage/servers.sh
source "$SCENARIO/servers.sh"
# shellcheck source=passage/traffic.sh
source "$SCENARIO/traffic.sh"

# record CASE SIDE
record() {
    local host interface
    read -r host interface <<< "${POINTS[$2]}"
    lab_record "$1-$2" "$host" "$interface" "$(lab_dir)/$1-$2.pcap" 'not arp'
}

# run_case CASE
run_case() {
    local name=$1 side
    local -A POINTS=([outside]="fw outside" [inside]="fw inside")
    [[ ! -e $SCENARIO/rules/$name.nft ]] || lab_firewall "$SCENARIO/rules/$name.nft"
    if declare -F "prepare_$name" > /dev/null; then "prepare_$name"; fi
    forget_logs
    for side in outside inside; do
        if ! attempts "$name" | grep "^record.*$side" > /dev/null; then record "$name" "$side"; fi
    done
    make_traffic "$name" > "$(lab_dir)/logs/step-$name" 2>&1
    for side in outside inside; do lab_record_end "$name-$side"; done
    write_truth "$name" >> "$(lab_dir)/truth.tsv"
    undo "$name"
}

lab_one_processor
LAB_NAME=${LAB_NAME:-pass$((RANDOM % 1000))}
trap lab_finish EXIT
trap 'exit 130' INT TERM

lab_up
lab_say "lab $LAB_NAME: network, servers"
build_topology > "$(lab_dir)/logs/step-topology"
start_servers

cp "$SCENARIO/truth-head" "$(lab_dir)/truth.tsv"
for case in "${cases[@]}"; do
    lab_say "$case"
    run_case "$case"
done

# What recordings are like: a clock that is wrong, and frames that were not recorded.
cd "$(lab_dir)"
if [[ -e dnat-inside.pcap ]]; then
    editcap -F pcap -t 0.42 dnat-inside.pcap shifted.pcap
    mv shifted.pcap dnat-inside.pcap
fi
if [[ -e loss-inside.pcap ]]; then
    "$SCENARIO/lose.py" loss-inside.pcap kept.pcap 37 > lost.tsv
    mv kept.pcap loss-inside.pcap
fi

"$SCENARIO/check.sh" "$(lab_dir)"
mkdir -p "$output"
install -m 644 ./*.pcap ./*.tsv "$output/"
lab_say "recorded: $output"
