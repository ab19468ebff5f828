#!/usr/bin/env bash
# Records the captures of the media lab: control protocols that announce where a second conversation goes, one after the
# other between two segments: FTP, TFTP, SQL Browser, SIP, SCCP and TURN.
#
#   media.sh [DIRECTORY]      default: captures/media of this repository
#
# Writes one capture of the firewall's interface to the servers for each. Needs root; takes about a minute.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCENARIO=$here/media
output=$(realpath --canonicalize-missing "${1:-$here/../../captures/media}")

# shellcheck source=lab.sh
source "$here/lab.sh"
# shellcheck source=media/topology.sh
source "$SCENARIO/topology.sh"
# shellcheck source=media/servers.sh
source "$SCENARIO/servers.sh"
# shellcheck source=media/traffic.sh
source "$SCENARIO/traffic.sh"

lab_one_processor
LAB_NAME=${LAB_NAME:-media$((RANDOM % 1000))}
trap lab_finish EXIT
trap 'exit 130' INT TERM

lab_up
lab_say "lab $LAB_NAME: network, servers"
build_topology
start_servers

for step in ftp ftp-tls tftp sql-browser sip sccp turn; do
    lab_say "$step"
    lab_record "$step" fw servers "$(lab_dir)/$step.pcap" 'not arp'
    "use_${step//-/_}" > "$(lab_dir)/logs/step-$step" 2>&1
    lab_record_end "$step"
done

lab_require_no_strays
"$SCENARIO/check.sh" "$(lab_dir)"
mkdir -p "$output"
install -m 644 "$(lab_dir)"/*.pcap "$output/"
lab_say "recorded: $output"
