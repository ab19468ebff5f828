# The hosts of the domain lab, their names, and the firewall between them. Sourced by domain.sh.
# shellcheck shell=bash

readonly DOMAIN=contoso.test WORKGROUP=CONTOSO
readonly DC1=10.0.0.10 ADMIN=10.0.0.31 DC2=10.0.64.10 MEMBER=10.0.64.21 READER=10.0.64.66

#   hq 10.0.0.0/24 ── fw ── branch 10.0.64.0/24
build_topology() {
    lab_segment hq 10.0.0.1/24
    lab_segment branch 10.0.64.1/24

    lab_host dc1    hq     10.0.0.1  $DC1/24
    lab_host admin  hq     10.0.0.1  $ADMIN/24 # manages the second controller
    lab_host dc2    branch 10.0.64.1 $DC2/24
    lab_host member branch 10.0.64.1 $MEMBER/24
    lab_host reader branch 10.0.64.1 $READER/24 # reads the map of endpoints, and calls nobody

    local host
    for host in dc1 dc2 admin member; do
        lab_names "$host" $DC1 $DC1 "dc1.$DOMAIN dc1" $DC2 "dc2.$DOMAIN dc2" $MEMBER "member.$DOMAIN member"
        lab_silence "$host" # clients of LDAP over UDP leave before the last answer
    done

    write_ruleset > "$(lab_dir)/firewall.nft"
    lab_firewall "$(lab_dir)/firewall.nft"
}

# What a domain asks of a firewall, as KB 832017 lists it; the dynamic ports are those that the controllers are set to.
# What is in the set "closed" is dropped all the same. The counter "stray" must be zero at the end.
write_ruleset() {
    cat << RULES
table inet lab {
    counter stray { }
    set closed { type ipv4_addr . ipv4_addr . inet_service; }
    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        ip saddr . ip daddr . tcp dport @closed counter drop
        icmp type echo-request accept
        tcp dport { 53, 88, 135, 389, 445, 464, 3268, $DYNAMIC_PORTS } accept
        udp dport { 53, 88, 389, 464 } accept
        counter name stray log prefix "stray: "
    }
}
RULES
}

# firewall_closes FROM TO PORT: drops new connections.
firewall_closes() { lab_in fw nft add element inet lab closed "{ $1 . $2 . $3 }"; }
