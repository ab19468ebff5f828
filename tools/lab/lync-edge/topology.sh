# The hosts of the Lync edge lab, their names, and the firewall between them. Sourced by lync-edge.sh.
# shellcheck shell=bash

#   ext 203.0.113.0/24 ── fw ── per 198.51.100.0/24 and 172.16.0.0/24
#                          └─── int 10.0.0.0/16
build_topology() {
    lab_segment ext 203.0.113.1/24
    lab_segment per 198.51.100.1/24 172.16.0.1/24
    lab_segment int 10.0.0.1/16

    lab_host extcli  ext 203.0.113.1 203.0.113.10/24 # a Lync client on the internet
    lab_host partner ext 203.0.113.1 203.0.113.20/24 # federation partner: Access Edge and A/V Edge of fabrikam.test
    lab_host xmpp    ext 203.0.113.1 203.0.113.30/24 # XMPP partner
    lab_host pub     ext 203.0.113.1 203.0.113.53/24 # public DNS and the web server with the revocation list
    lab_host admin   ext 203.0.113.1 203.0.113.66/24 # somebody who found an open port

    # edge1: Access Edge (and XMPP proxy), Web Conferencing Edge, A/V Edge, internal interface.
    lab_host edge1 per 198.51.100.1 198.51.100.11/24 198.51.100.12/24 198.51.100.13/24 172.16.0.5/24
    lab_host edge2 per 198.51.100.1 198.51.100.22/24 # Web Conferencing Edge of a second server
    lab_host rp01  per 198.51.100.1 198.51.100.20/24 172.16.0.20/24
    lab_host sbc01 per 172.16.0.1 172.16.0.30/24
    lab_ip edge1 route add 10.0.0.0/16 via 172.16.0.1 src 172.16.0.5
    lab_ip rp01 route add 10.0.0.0/16 via 172.16.0.1 src 172.16.0.20

    lab_host fe01  int 10.0.0.1 10.0.0.11/16
    lab_host fe02  int 10.0.0.1 10.0.0.12/16
    lab_host cli01 int 10.0.0.1 10.0.64.21/16

    # A TURN client closes its socket before the last answer arrives. Like Windows with its firewall on, these hosts
    # do not say so with ICMP.
    local host
    for host in cli01 extcli edge1; do lab_silence "$host"; done

    name_hosts
    write_ruleset > "$(lab_dir)/scenario.nft"
    lab_policy "$(lab_dir)/scenario.nft"
}

# Files instead of DNS, so that no query crosses the firewall by accident. The two XMPP servers need real SRV
# records: each asks a dnsmasq on its own address.
name_hosts() {
    lab_names extcli - 198.51.100.11 sip.contoso.test 198.51.100.12 webconf.contoso.test \
        198.51.100.20 meet.contoso.test 198.51.100.20 lyncdiscover.contoso.test
    lab_names edge1 - 203.0.113.53 crl.lab-ca.test
    lab_names cli01 - 172.16.0.20 meet.contoso.test 172.16.0.20 lyncdiscover.contoso.test
    lab_names fe01 10.0.0.11 172.16.0.5 edge1.contoso.test
    lab_names xmpp 203.0.113.30
}

# The table flows.tsv as an nftables ruleset. The counter "stray" must be zero at the end.
write_ruleset() {
    cat << 'RULES'
table inet lab {
    counter stray { }
    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
RULES
    local fate from to transport port rule verdict
    while read -r _ fate from to transport port rule; do
        case $fate in
            pass) verdict="accept" ;;
            drop) verdict="drop" ;;
            reject) verdict="reject with icmp type admin-prohibited" ;;
        esac
        printf '        ip saddr %s ip daddr %s %s dport %s counter %s comment "%s"\n' \
            "$from" "$to" "$transport" "$port" "$verdict" "$rule"
    done < <(grep -v '^#' "$SCENARIO/flows.tsv")
    cat << 'RULES'
        counter name stray log prefix "stray: "
    }
}
RULES
}
