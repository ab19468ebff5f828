#!/usr/bin/env bash
# Records the captures of the firewall lab: what a firewall and what hosts do with attempts, each recorded in front of
# the firewall and behind it at the same time.
#
#   firewall.sh [DIRECTORY]      default: captures/firewall of this repository
#
# Writes NAME-outside.pcap and NAME-inside.pcap for each capture of firewall/cases.tsv and for a scan, and the rules
# that the firewall ran (firewall.nft). Needs root; takes about a minute and a half.
#
# LAB_RULES=FILE loads these rules into the firewall instead of those of cases.tsv; the captures are not checked then.
set -euo pipefail
: "${LAB_RULES:+${1:?with LAB_RULES name a directory}}"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCENARIO=$here/firewall
output=$(realpath --canonicalize-missing "${1:-$here/../../captures/firewall}")

# shellcheck source=lab.sh
source "$here/lab.sh"
# shellcheck source=firewall/topology.sh
source "$SCENARIO/topology.sh"
# shellcheck source=firewall/servers.sh
source "$SCENARIO/servers.sh"
# shellcheck source=firewall/traffic.sh
source "$SCENARIO/traffic.sh"

lab_one_processor
LAB_NAME=${LAB_NAME:-fw$((RANDOM % 1000))}
trap lab_finish EXIT
trap 'exit 130' INT TERM

lab_up
lab_say "lab $LAB_NAME: network, servers"
build_topology
start_servers

for capture in traffic alone scan; do
    lab_say "$capture"
    for side in outside inside; do
        lab_record "$capture-$side" fw "$side" "$(lab_dir)/$capture-$side.pcap" 'not arp'
    done
    "make_$capture" > "$(lab_dir)/logs/step-$capture" 2>&1
    for side in outside inside; do lab_record_end "$capture-$side"; done
done

if [[ -z ${LAB_RULES:-} ]]; then
    lab_require_no_strays
    "$SCENARIO/check.sh" "$(lab_dir)"
fi
mkdir -p "$output"
install -m 644 "$(lab_dir)"/*.pcap "$(lab_dir)/firewall.nft" "$output/"
lab_say "recorded: $output"
