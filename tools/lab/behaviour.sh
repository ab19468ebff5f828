#!/usr/bin/env bash
# Records captures of one kind of behaviour each (docs/behaviour.md), between two hosts and over a cable with latency,
# jitter and loss.
#
#   behaviour.sh DIRECTORY [SCENARIO…]      default: all scenarios of behaviour/scenarios.sh
#
# Writes DIRECTORY/CONDITION-SCENARIO-ROUND.pcap and DIRECTORY/manifest.json, for portaudit-learn --examples. A scenario
# that fails leaves no capture, and is named. Needs root; takes about a quarter of an hour. LAB_CONDITIONS="lan wan far"
# chooses conditions, LAB_ROUNDS=2 how often each scenario runs, LAB_PARALLEL=6 how many run at once,
# LAB_INDEX=80 the number before the first, so that several runs at once do not share displays.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCENARIO=$here/behaviour
output=$(realpath --canonicalize-missing "${1:?directory to write to}")
shift

# shellcheck source=lab.sh
source "$here/lab.sh"
# shellcheck source=behaviour/scenarios.sh
source "$SCENARIO/scenarios.sh"

# Latency and jitter one way in milliseconds, and the share of TCP segments lost.
declare -rA CONDITIONS=([lan]="--delay 0.3 --jitter 0.2" [wan]="--delay 15 --jitter 6 --lose 0.002"
    [far]="--delay 60 --jitter 25 --lose 0.01")
readonly SECONDS_EACH=${LAB_SECONDS:-22}
readonly CLIENT=10.9.0.1

# run CONDITION SCENARIO ROUND INDEX: in a subshell; each scenario has an address, a port and a directory of its own.
run() {
    local kind tool file=$output/$1-$2-$3.pcap status=0
    read -r kind tool <<< "${KINDS[$2]}"
    ROUND=$3 INDEX=$4 SERVER=10.9.1.$4 PORT=$((20000 + RANDOM % 40000)) DISPLAY_BASE=$((100 + INDEX * 2))
    STATE=$(mktemp -d "$(lab_dir)/$2-XXXXXX")
    local filter=${FILTERS[$2]:-port $PORT}
    ip netns exec "$(lab_namespace server)" tcpdump -n -U -Z root --immediate-mode -s 256 -B 16384 -i eth0 \
        -w "$file.part" "host $SERVER and (${filter//@PORT@/$PORT})" > "$STATE/tcpdump" 2>&1 < /dev/null &
    local recorder=$!
    sleep 0.7
    (set +eu; "$2"; status=$?; kill "${started[@]}" 2> /dev/null; exit "$status") || status=$?
    sleep 1.2
    kill "$recorder"
    wait "$recorder" || true
    # Some tools end with an error when they are ended: what counts is that both sides spoke.
    if (($(tshark -r "$file.part" -T fields -e frame.number 2> /dev/null | wc -l) < 20)); then
        lab_say "$1 $2 $3: no traffic (status $status); $(tail -2 "$STATE/log" 2> /dev/null | tr '\n' ' ')"
        rm -f "$file.part"
        return 0
    fi
    mv "$file.part" "$file"
    printf '  {"path": "%s", "group": "lab %s", "kind": "%s"}\n' "${file##*/}" "$tool" "$kind" > "$file.json"
    [[ -n ${LAB_KEEP:-} ]] || rm -rf "$STATE"
}

build_network() {
    local i
    lab_make_namespace client
    lab_make_namespace server
    lab_make_namespace cable
    lab_bridge one
    lab_bridge two
    lab_plug client eth0 one
    lab_plug cable near one
    lab_plug cable far two
    lab_plug server eth0 two
    lab_ip client address add "$CLIENT/16" dev eth0
    for i in {1..250}; do lab_ip server address add "10.9.1.$i/16" dev eth0; done
    lab_start cable link python3 -u "$here/passage/link.py" near far $1
    sleep 1
    lab_in client ping -q -c 2 10.9.1.1 > /dev/null
}

mkdir -p "$output"
LAB_NAME=${LAB_NAME:-behave$((RANDOM % 1000))}
trap lab_finish EXIT
trap 'exit 130' INT TERM
scenarios=("$@")
((${#scenarios[@]})) || mapfile -t scenarios < <(printf '%s\n' "${!KINDS[@]}" | sort)
index=${LAB_INDEX:-0}
for condition in ${LAB_CONDITIONS:-lan wan far}; do
    lab_up
    build_network "${CONDITIONS[$condition]}"
    lab_say "$condition: ${#scenarios[@]} scenarios"
    for ((round = 1; round <= ${LAB_ROUNDS:-2}; round++)); do
        for scenario in "${scenarios[@]}"; do
            while (($(jobs -rp | wc -l) >= ${LAB_PARALLEL:-6} + 1)); do sleep 0.3; done
            index=$((index % 240 + 1))
            run "$condition" "$scenario" "$round" "$index" &
        done
    done
    while (($(jobs -rp | wc -l) > 1)); do sleep 0.5; done
    lab_down
    wait
done
{
    printf '{"captures": [\n'
    find "$output" -name '*.pcap.json' | sort | xargs cat | sed '$!s/$/,/'
    printf ']}\n'
} > "$output/manifest.json"
rm -f "$output"/*.pcap.json
lab_say "recorded: $output"
