#!/usr/bin/env bash
# Records remote administration: from a host in one segment a program is put on the administrative share of a server in
# another and started as a service (PsExec), services are listed, the registry is read, and accounts are listed.
#
#   administration.sh [DIRECTORY]      default: captures/administration of this repository
#
# Needs root, Samba and Impacket. Samba plays the server: it takes the program, and refuses to make the service.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$(realpath --canonicalize-missing "${1:-$here/../../captures/administration}")
readonly TOOLS=/usr/share/doc/python3-impacket/examples SERVER=10.0.0.20 PC=10.0.64.21 PASSWORD=Lab-Passw0rd

# shellcheck source=lab.sh
source "$here/lab.sh"
lab_one_processor
LAB_NAME=${LAB_NAME:-admin$((RANDOM % 1000))}
trap lab_finish EXIT
trap 'exit 130' INT TERM

lab_up
lab_segment servers 10.0.0.1/24
lab_segment clients 10.0.64.1/24
lab_host srv servers 10.0.0.1 $SERVER/24
lab_host pc clients 10.0.64.1 $PC/24
lab_silence srv

state=$(lab_state srv)
mkdir -p "$state/windows"
lab_render "$here/administration/smb.conf.in" STATE="$state" > "$state/smb.conf"
printf '%s\n%s\n' $PASSWORD $PASSWORD |
    lab_in srv smbpasswd -c "$state/smb.conf" -s -a root > "$(lab_dir)/logs/user" 2>&1
lab_start srv smbd smbd --foreground --no-process-group --debug-stdout --configfile="$state/smb.conf"
lab_wait_for_port srv tcp $SERVER 445

# from_pc TOOL ARGUMENT…: runs one of Impacket's programs; what the server refuses is no failure of the lab.
from_pc() { timeout 20 ip netns exec "$(lab_namespace pc)" /usr/bin/python3 "$TOOLS/$1.py" "${@:2}" || true; }

# record NAME TOOL ARGUMENT…
record() {
    lab_say "$1"
    lab_record "$1" fw clients "$(lab_dir)/$1.pcap" "host $PC"
    from_pc "${@:2}" > "$(lab_dir)/logs/step-$1" 2>&1 < /dev/null
    lab_record_end "$1"
}

record psexec psexec "root:$PASSWORD@$SERVER" whoami
record services services "root:$PASSWORD@$SERVER" list
record registry reg "root:$PASSWORD@$SERVER" query -keyName 'HKLM\SOFTWARE'
record accounts samrdump "root:$PASSWORD@$SERVER"

mkdir -p "$output"
install -m 644 "$(lab_dir)"/*.pcap "$output/"
lab_say "recorded: $output"
