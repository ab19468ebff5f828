#!/usr/bin/env bash
# Records the captures of the Lync edge lab: a firewall between the internet, a perimeter and an internal network,
# with everything that an Edge Server, a reverse proxy and a session border controller need, and six deliberate faults.
#
#   lync-edge.sh [DIRECTORY]      default: captures/lync-edge of this repository
#
# Writes firewall-outside.pcap and firewall-inside.pcapng there, and the rules that the firewall ran (firewall.nft).
# Needs root; takes about four minutes.
#
# LAB_RULES=FILE loads these rules into the firewall instead of those of flows.tsv; the captures are not checked then.
set -euo pipefail
: "${LAB_RULES:+${1:?with LAB_RULES name a directory}}"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCENARIO=$here/lync-edge
output=$(realpath --canonicalize-missing "${1:-$here/../../captures/lync-edge}")

# shellcheck source=lab.sh
source "$here/lab.sh"
# shellcheck source=lync-edge/topology.sh
source "$SCENARIO/topology.sh"
# shellcheck source=lync-edge/pki.sh
source "$SCENARIO/pki.sh"
# shellcheck source=lync-edge/servers.sh
source "$SCENARIO/servers.sh"
# shellcheck source=lync-edge/traffic.sh
source "$SCENARIO/traffic.sh"

lab_one_processor
LAB_NAME=${LAB_NAME:-lync$((RANDOM % 1000))}
trap lab_finish EXIT
trap 'exit 130' INT TERM

lab_up
lab_say "lab $LAB_NAME: network, certificates, servers"
build_topology
make_pki "$(lab_dir)/pki"
start_servers

lab_record outside fw ext "$(lab_dir)/firewall-outside.pcap"
lab_record inside fw int "$(lab_dir)/firewall-inside.pcapng"
run_traffic > "$(lab_dir)/logs/traffic" 2>&1
lab_record_end outside
lab_record_end inside

if [[ -z ${LAB_RULES:-} ]]; then
    lab_require_no_strays
    "$SCENARIO/check.sh" "$(lab_dir)"
fi
mkdir -p "$output"
install -m 644 "$(lab_dir)"/firewall-{outside.pcap,inside.pcapng} "$(lab_dir)/firewall.nft" "$output/"
lab_say "recorded: $output"
