# The hosts of the media lab and the firewall between them. Sourced by media.sh.
# shellcheck shell=bash

readonly FILES=10.0.0.20 SQL=10.0.0.30 CALLED=10.0.0.40 MANAGER=10.0.0.50 PHONE2=10.0.0.52 RELAY=10.0.0.60
readonly CLIENT=10.0.64.21 CALLER=10.0.64.40 PHONE1=10.0.64.51 PEER=10.0.64.60

#   servers 10.0.0.0/24 ── fw ── clients 10.0.64.0/24
build_topology() {
    lab_segment servers 10.0.0.1/24
    lab_segment clients 10.0.64.1/24

    lab_host files   servers 10.0.0.1 $FILES/24   # FTP and TFTP
    lab_host sql     servers 10.0.0.1 $SQL/24     # SQL Browser and two instances
    lab_host called  servers 10.0.0.1 $CALLED/24  # answers calls by SIP
    lab_host manager servers 10.0.0.1 $MANAGER/24 # call manager: SCCP
    lab_host phone2  servers 10.0.0.1 $PHONE2/24
    lab_host relay   servers 10.0.0.1 $RELAY/24   # TURN
    lab_host client  clients 10.0.64.1 $CLIENT/24
    lab_host caller  clients 10.0.64.1 $CALLER/24
    lab_host phone1  clients 10.0.64.1 $PHONE1/24
    lab_host peer    clients 10.0.64.1 $PEER/24   # whom the relay's client talks to

    local host
    for host in files sql called manager phone2 relay client caller phone1 peer; do
        # As Windows does: the ports that a host takes of itself are the highest.
        lab_in "$host" sysctl -qw net.ipv4.ip_local_port_range="49152 65535"
        lab_silence "$host" # a conversation's last datagrams come after its sockets are closed
    done

    write_ruleset > "$(lab_dir)/firewall.nft"
    lab_firewall "$(lab_dir)/firewall.nft"
}

# The counter "stray" must be zero at the end.
write_ruleset() {
    cat << 'RULES'
table inet lab {
    counter stray { }
    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        tcp dport { 21, 1433, 2000, 20000-65535 } accept
        udp dport { 69, 1434, 3478, 5060, 20000-65535 } accept
        counter name stray log prefix "stray: "
    }
}
RULES
}
