#!/usr/bin/env bash
# A small network of Linux network namespaces around one firewall, for recording captures.
#
# As a library:   LAB_NAME=demo; source lab.sh; trap lab_down EXIT; lab_up; lab_segment …
# As a command:   lab.sh list            the labs of this machine
#                 lab.sh exec LAB HOST COMMAND…   look into a running lab
#                 lab.sh down LAB        remove a lab that a killed run has left behind
#
# Every lab has a name, and everything it makes carries it: the namespaces LAB-HOST, the directory
# /run/portaudit-lab/LAB and the files /etc/netns/LAB-HOST. Nothing is made in the root namespace.
#
#   host ── bridge br-SEGMENT (namespace LAB-sw) ── interface SEGMENT of the firewall (namespace LAB-fw)
#
# The bridges have a namespace of their own: a firewall that is itself the bridge sends its rejects
# directly to the port, where no capture on its interfaces shows them.
set -euo pipefail

readonly LAB_ROOT=/run/portaudit-lab
lab_is_ours= # set by lab_up, so that a trap does not remove somebody else's lab
exec {lab_stderr}>&2 # progress goes there even while a scenario's own output goes to a log

# --- the network ----------------------------------------------------------------------------------

# lab_up: makes the switch and the firewall. $LAB_NAME must be set and not in use.
lab_up() {
    : "${LAB_NAME:?set LAB_NAME first}"
    [[ $LAB_NAME =~ ^[a-z0-9]{1,12}$ ]] || lab_fail "LAB_NAME must be 1-12 lower-case letters and digits"
    [[ $EUID -eq 0 ]] || lab_fail "network namespaces need root"
    mkdir -p "$LAB_ROOT"
    mkdir -m 711 "$(lab_dir)" || lab_fail "a lab named $LAB_NAME exists: lab.sh down $LAB_NAME"
    lab_is_ours=yes
    mkdir "$(lab_dir)/pids" "$(lab_dir)/logs"
    lab_make_namespace sw
    lab_make_namespace fw
    lab_in fw sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0
}

# lab_segment SEGMENT CIDR…: a bridge, and the firewall's interface on it with the given addresses.
lab_segment() {
    local segment=$1 address
    shift
    lab_bridge "$segment"
    lab_plug fw "$segment" "$segment"
    for address in "$@"; do lab_ip fw address add "$address" dev "$segment"; done
}

# lab_bridge SEGMENT: the bridge alone.
lab_bridge() {
    lab_ip sw link add "br-$1" type bridge ageing_time 360000 mcast_snooping 0
    lab_ip sw link set "br-$1" up
}

# lab_host HOST SEGMENT GATEWAY CIDR…: a host whose first address is the source of what it sends.
lab_host() {
    local host=$1 segment=$2 gateway=$3 address
    shift 3
    lab_make_namespace "$host"
    lab_plug "$host" eth0 "$segment"
    for address in "$@"; do lab_ip "$host" address add "$address" dev eth0; done
    lab_ip "$host" route add default via "$gateway" src "${1%/*}"
}

# lab_names HOST RESOLVER [ADDRESS NAME]…: what the host knows of names. Without a resolver (-) it asks nobody.
lab_names() {
    local directory
    directory=/etc/netns/$(lab_namespace "$1")
    if [[ $2 != - ]]; then echo "nameserver $2" > "$directory/resolv.conf"; fi
    shift 2
    while (($# > 1)); do
        echo "$1 $2" >> "$directory/hosts"
        shift 2
    done
}

# lab_silence HOST: the host sends no ICMP "port unreachable", except to itself.
lab_silence() {
    lab_in "$1" nft -f - << 'RULES'
table inet host {
    chain output {
        type filter hook output priority filter;
        oifname != "lo" icmp type destination-unreachable icmp code port-unreachable drop
    }
}
RULES
}

# lab_firewall FILE: loads an nftables ruleset into the firewall.
lab_firewall() { lab_in fw nft -f "$1"; }

# lab_policy FILE: loads a scenario's ruleset, or $LAB_RULES instead. What the firewall then runs is in firewall.nft
# of the lab's directory, without the values of counters: those belong to one run.
lab_policy() {
    lab_firewall "${LAB_RULES:-$1}"
    lab_in fw nft --stateless list ruleset > "$(lab_dir)/firewall.nft"
}

lab_make_namespace() {
    local namespace
    namespace=$(lab_namespace "$1")
    ip netns add "$namespace"
    mkdir -p "/etc/netns/$namespace"
    # Without its own file a host would ask the machine's resolver. Port 53 of itself is closed.
    echo "nameserver 127.0.0.1" > "/etc/netns/$namespace/resolv.conf"
    echo "127.0.0.1 localhost" > "/etc/netns/$namespace/hosts"
    if [[ -e /proc/sys/net/ipv6 ]]; then
        lab_in "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
    fi
    lab_ip "$1" link set lo up
}

# lab_plug HOST INTERFACE SEGMENT: a cable from the host to the segment's bridge.
lab_plug() {
    local host=$1 interface=$2 segment=$3 port
    port=p-$host-$segment
    port=${port:0:15}
    lab_ip sw link add "$port" type veth peer name "$interface" netns "$(lab_namespace "$host")"
    # Offloads would put frames of 65 kB with unfinished checksums into the captures.
    lab_in sw ethtool -K "$port" tx off gso off tso off gro off > /dev/null
    lab_in "$host" ethtool -K "$interface" tx off gso off tso off gro off > /dev/null
    lab_ip sw link set "$port" master "br-$segment" up
    lab_ip "$host" link set "$interface" up
}

# --- running things -------------------------------------------------------------------------------

# lab_in HOST COMMAND…: runs a command on a host, in the foreground.
lab_in() {
    local host=$1
    shift
    ip netns exec "$(lab_namespace "$host")" "$@"
}

# lab_start HOST LABEL COMMAND…: runs a daemon that stays in the foreground; its output goes to logs/LABEL.
lab_start() {
    local host=$1 label=$2
    shift 2
    # A session of its own: some daemons signal their whole process group when they end.
    setsid ip netns exec "$(lab_namespace "$host")" "$@" > "$(lab_dir)/logs/$label" 2>&1 < /dev/null {lab_stderr}>&- &
    echo $! > "$(lab_dir)/pids/$label"
}

# lab_stop LABEL: ends what lab_start started, gently for five seconds.
lab_stop() {
    local file pid
    file=$(lab_dir)/pids/$1
    [[ -e $file ]] || return 0
    pid=$(< "$file")
    rm -f "$file"
    kill -TERM "$pid" 2> /dev/null || return 0
    for _ in {1..50}; do
        kill -0 "$pid" 2> /dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$pid" 2> /dev/null || true
}

# lab_wait_for_port HOST tcp|udp ADDRESS PORT: waits until something listens, without sending a packet.
lab_wait_for_port() {
    local host=$1 family=$2 address=$3 port=$4
    for _ in {1..100}; do
        if [[ -n $(lab_in "$host" ss -Hln "--$family" "src = $address:$port") ]]; then return 0; fi
        sleep 0.1
    done
    lab_fail "nothing listens on $host $family $address:$port; see $(lab_dir)/logs"
}

# --- recording ------------------------------------------------------------------------------------

# lab_record LABEL HOST INTERFACE FILE [FILTER]: *.pcapng is written by dumpcap, anything else by tcpdump.
lab_record() {
    local label=$1 host=$2 interface=$3 file=$4 filter=${5:-}
    # A snap length of 2,048 and a large buffer: with the defaults a burst overruns the capture ring.
    if [[ $file == *.pcapng ]]; then
        lab_start "$host" "$label" dumpcap -q -i "$interface" -s 2048 -B 16 -w "$file" ${filter:+-f "$filter"}
    else
        lab_start "$host" "$label" tcpdump -n -U -Z root --immediate-mode -s 2048 -B 16384 -i "$interface" \
            -w "$file" ${filter:+"$filter"}
    fi
    for _ in {1..50}; do
        if [[ -s $file ]]; then return 0; fi
        sleep 0.1
    done
    lab_fail "no capture started on $host $interface; see $(lab_dir)/logs/$label"
}

# lab_record_end LABEL: stops a recording; fails if it lost packets.
lab_record_end() {
    sleep 1.5 # both programs lose what arrived in the last second before the signal
    lab_stop "$1"
    if grep -Eq '[1-9][0-9]* packets? dropped|received/dropped.*/[1-9]' "$(lab_dir)/logs/$1"; then
        lab_fail "the recording lost packets: $(lab_dir)/logs/$1"
    fi
}

# --- a scenario -----------------------------------------------------------------------------------

# lab_one_processor: on several processors a capture may store two frames in the wrong order of time. Takes the first
# allowed processor.
lab_one_processor() {
    taskset --cpu-list --pid "$(taskset --cpu-list --pid $$ | sed 's/.*: \([0-9]*\).*/\1/')" $$ > /dev/null
}

# lab_state LABEL: makes a directory for what a server writes, and prints it.
lab_state() {
    mkdir -m 755 "$(lab_dir)/$1"
    echo "$(lab_dir)/$1"
}

# lab_render TEMPLATE NAME=VALUE…: prints the template with each @NAME@ filled in.
lab_render() {
    local template=$1 assignment expressions=()
    shift
    for assignment in "$@"; do expressions+=(-e "s|@${assignment%%=*}@|${assignment#*=}|g"); done
    sed "${expressions[@]}" "$template"
}

# lab_expect_failure COMMAND…: with rules of $LAB_RULES it may succeed.
lab_expect_failure() {
    if "$@" && [[ -z ${LAB_RULES:-} ]]; then lab_fail "this should have failed: $*"; fi
}

# lab_expect_success COMMAND…: with rules of $LAB_RULES it may fail.
lab_expect_success() {
    if [[ -n ${LAB_RULES:-} ]]; then "$@" || true; else "$@"; fi
}

# --- the end --------------------------------------------------------------------------------------

# lab_finish: the trap of a scenario's EXIT. Keeps a failed lab when LAB_KEEP is set.
lab_finish() {
    local status=$?
    trap - EXIT
    if ((status != 0)) && [[ -n ${LAB_KEEP:-} ]]; then
        lab_say "kept: $(lab_dir)/logs; lab.sh down $LAB_NAME removes it"
        exit "$status"
    elif ((status != 0)); then
        lab_say "failed; with LAB_KEEP=1 the lab stays up to be looked at"
    fi
    lab_down
    exit "$status"
}

# lab_require_no_strays: nothing may have reached the firewall that its ruleset counts as "stray".
lab_require_no_strays() {
    local strays
    strays=$(lab_in fw nft list counter inet lab stray | awk '/packets/ { print $2 }')
    ((strays == 0)) || lab_fail "$strays packets reached the firewall that none of its rules knows"
}

# lab_down: stops everything in the lab that lab_up made and removes it. Safe to call twice.
lab_down() {
    local pidfile namespace
    [[ -n $lab_is_ours && -d $(lab_dir) ]] || return 0
    for pidfile in "$(lab_dir)"/pids/*; do
        [[ -e $pidfile ]] && lab_stop "${pidfile##*/}"
    done
    for namespace in $(lab_namespaces); do
        lab_end_processes "$namespace"
        ip netns delete "$namespace"
        rm -rf "/etc/netns/$namespace"
    done
    rm -rf "$(lab_dir)"
    rmdir --ignore-fail-on-non-empty "$LAB_ROOT" /etc/netns 2> /dev/null || true
}

# What a daemon's main process left behind lives in one of the lab's namespaces and nowhere else.
lab_end_processes() {
    local pid
    for pid in $(ip netns pids "$1"); do kill -TERM "$pid" 2> /dev/null || true; done
    for _ in {1..20}; do
        [[ -z $(ip netns pids "$1") ]] && return 0
        sleep 0.1
    done
    for pid in $(ip netns pids "$1"); do kill -KILL "$pid" 2> /dev/null || true; done
}

# --- names ----------------------------------------------------------------------------------------

lab_dir() { echo "$LAB_ROOT/$LAB_NAME"; }
lab_namespace() { echo "$LAB_NAME-$1"; }
lab_namespaces() { ip netns list | awk -v prefix="$LAB_NAME-" 'index($1, prefix) == 1 { print $1 }'; }

lab_ip() {
    local host=$1
    shift
    ip -n "$(lab_namespace "$host")" "$@"
}

lab_say() { printf '%(%H:%M:%S)T %s\n' -1 "$*" >&"$lab_stderr"; }

lab_fail() {
    lab_say "error: $*"
    exit 1
}

# --- the command ----------------------------------------------------------------------------------

lab_main() {
    local command=${1:-help}
    shift || true
    case $command in
        list) [[ ! -d $LAB_ROOT ]] || ls "$LAB_ROOT" ;;
        exec) LAB_NAME=${1:?LAB} && lab_in "${@:2}" ;;
        down) LAB_NAME=${1:?LAB} && lab_is_ours=yes && lab_down ;;
        *) sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" ;;
    esac
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then lab_main "$@"; fi
