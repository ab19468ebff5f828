# The hosts of the passage lab and the device between them. Sourced by passage.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034 # POINTS and SERVERS are for passage.sh and servers.sh

declare -rA ADDRESSES=(
    [fw]=198.51.100.1 [snat]=198.51.100.2 [vip]=198.51.100.3 [net]=198.51.100.255
    [out1]=198.51.100.10 [out2]=198.51.100.20 [pub]=198.51.100.80
    [in1]=10.0.0.20 [in2]=10.0.0.21 [web]=10.0.0.80 [web2]=10.0.0.81)
# The host whose log tells of a server's address.
declare -rA SERVERS=([web]=web [web2]=web [pub]=pub)

#   out1 out2 pub ── net ── wan ── outside ── fw ── inside ── lan ── hosts ── in1 in2 web
#                                      └────── alt ──────┘
# wan and lan are cables with latency; each has an interface near to the device, and one far from it. alt is the other
# device, which some answers take.
build_topology() {
    lab_segment outside 198.51.100.1/24 198.51.100.2/24 198.51.100.3/24
    lab_segment inside 10.0.0.1/24
    lab_bridge net
    lab_bridge hosts
    local host
    for host in out1 out2; do lab_host "$host" net 198.51.100.1 "${ADDRESSES[$host]}/24"; done
    for host in in1 in2; do lab_host "$host" hosts 10.0.0.1 "${ADDRESSES[$host]}/24"; done
    lab_host pub net 198.51.100.1 "${ADDRESSES[pub]}/24"
    lab_host web hosts 10.0.0.1 "${ADDRESSES[web]}/24" "${ADDRESSES[web2]}/24"
    # Without timestamps there is one thing less to know a connection by.
    for host in out2 in2; do lab_in "$host" sysctl -qw net.ipv4.tcp_timestamps=0; done
    # A port can be used again at once, whoever closed first.
    lab_in out1 sysctl -qw net.ipv4.tcp_max_tw_buckets=0
    # Linux answers few errors at once with ICMP, and here each is meant to be answered.
    for host in fw web; do lab_in "$host" sysctl -qw net.ipv4.icmp_ratelimit=0; done
    lab_in fw sysctl -qw net.netfilter.nf_conntrack_acct=1 net.netfilter.nf_conntrack_tcp_loose=0

    lab_make_namespace alt
    lab_in alt sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 \
        net.ipv4.conf.default.send_redirects=0
    lab_plug alt outside outside
    lab_plug alt inside inside
    lab_ip alt address add 198.51.100.5/24 dev outside
    lab_ip alt address add 10.0.0.5/24 dev inside

    lab_make_namespace wan
    lab_plug wan near outside
    lab_plug wan far net
    lab_make_namespace lan
    lab_plug lan near inside
    lab_plug lan far hosts
    lay_cable wan --delay 4 --jitter 1
    lay_cable lan --delay 2 --jitter 0.5
    for host in pub out1 out2; do lab_in "$host" ping -q -c 1 "${ADDRESSES[web]}"; done
    for host in in1 in2; do lab_in "$host" ping -q -c 1 "${ADDRESSES[pub]}"; done
}

# lay_cable NAMESPACE OPTION…
lay_cable() {
    lab_stop "cable-$1"
    lab_start "$1" "cable-$1" python3 -u "$SCENARIO/link.py" near far "${@:2}"
    # Nothing listens on a port: it is there when it has opened the second of its packet sockets.
    for _ in {1..50}; do
        (($(lab_in "$1" sh -c 'wc -l < /proc/net/packet') >= 3)) && return 0
        sleep 0.1
    done
    lab_fail "no cable in $1; see $(lab_dir)/logs/cable-$1"
}

# What a case needs besides the rules of rules/CASE.nft, and where its sides are recorded if not at the firewall.
prepare_randomiser() {
    POINTS=([outside]="lan near" [inside]="lan far")
    randomise
    lay_cable wan --delay 4 --jitter 1 --lose 0.1
}

prepare_all() {
    POINTS=([outside]="fw outside" [inside]="lan far")
    randomise
}

randomise() {
    : > "$(lab_dir)/added"
    lay_cable lan --delay 2 --jitter 0.5 --randomise "$(lab_dir)/added"
}

prepare_options() { lab_ip fw route add "${ADDRESSES[web2]}" dev inside mtu 1300; }

prepare_transparent() {
    lab_ip fw rule add fwmark 1 lookup 100
    lab_ip fw route add local default dev lo table 100
}

# Answers to clients outside and to in1 take the other device; outside is recorded in the segment, where both pass.
prepare_asymmetric() {
    POINTS=([outside]="sw br-outside" [inside]="fw inside")
    lab_ip web route add 198.51.100.0/24 via 10.0.0.5 src "${ADDRESSES[web]}"
    lab_ip pub route add "${ADDRESSES[in1]}" via 198.51.100.5 src "${ADDRESSES[pub]}"
}

# undo CASE: takes back what the case needed.
undo() {
    lab_in fw nft flush ruleset
    case $1 in
        randomiser | all)
            lay_cable wan --delay 4 --jitter 1
            lay_cable lan --delay 2 --jitter 0.5
            ;;
        options) lab_ip fw route del "${ADDRESSES[web2]}" ;;
        transparent)
            lab_ip fw rule del fwmark 1 lookup 100
            lab_ip fw route flush table 100
            ;;
        asymmetric)
            lab_ip web route del 198.51.100.0/24
            lab_ip pub route del "${ADDRESSES[in1]}"
            ;;
    esac
}
