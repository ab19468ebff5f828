#!/usr/bin/env bash
# Records the captures of the domain lab: an Active Directory domain of Samba whose controllers and member are on two
# sides of a firewall. Its RPC services listen on dynamic ports, which the endpoint mapper hands out.
#
#   domain.sh [DIRECTORY]      default: captures/domain of this repository
#
# Writes several captures of the firewall's interface to the headquarters there. Needs root; takes about a minute and a
# half.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCENARIO=$here/domain
output=$(realpath --canonicalize-missing "${1:-$here/../../captures/domain}")

# shellcheck source=lab.sh
source "$here/lab.sh"
# shellcheck source=domain/topology.sh
source "$SCENARIO/topology.sh"
# shellcheck source=domain/servers.sh
source "$SCENARIO/servers.sh"
# shellcheck source=domain/traffic.sh
source "$SCENARIO/traffic.sh"

lab_one_processor
LAB_NAME=${LAB_NAME:-domain$((RANDOM % 1000))}
trap lab_finish EXIT
trap 'exit 130' INT TERM

lab_up
lab_say "lab $LAB_NAME: network, domain"
build_topology
prepare_hosts
start_first_controller > "$(lab_dir)/logs/provision" 2>&1
join_member > "$(lab_dir)/logs/join-member" 2>&1

# record NAME FILTER STEP: what passes the firewall while the step runs.
record() {
    lab_say "$1"
    lab_record "$1" fw hq "$(lab_dir)/$1.pcap" "$2"
    "$3" > "$(lab_dir)/logs/step-$1" 2>&1
    lab_record_end "$1"
}

record logon "host $MEMBER" member_starts
record calls-plain "host $MEMBER" member_calls_plain
record calls-sealed "host $MEMBER" member_calls_sealed
record map-read "host $READER" reader_reads_the_map
lab_say "the second controller joins"
join_second_controller > "$(lab_dir)/logs/join-dc2" 2>&1
record replication "host $DC2 and not port 53" controllers_replicate
record blocked "host $ADMIN" admin_is_blocked
"$SCENARIO/derive.sh" "$(lab_dir)"

lab_require_no_strays
"$SCENARIO/check.sh" "$(lab_dir)"
mkdir -p "$output/without-map"
install -m 644 "$(lab_dir)"/*.pcap "$output/"
install -m 644 "$(lab_dir)"/without-map/*.pcap "$output/without-map/"
lab_say "recorded: $output"
