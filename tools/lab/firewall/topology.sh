# The hosts of the firewall lab and the firewall between them. Sourced by firewall.sh.
# shellcheck shell=bash

declare -rA ADDRESSES=(
    [client]=203.0.113.10 [scanner]=203.0.113.66 [dns]=10.0.0.53
    [web1]=10.0.0.10 [web2]=10.0.0.11 [web3]=10.0.0.12 [web4]=10.0.0.13)

#   outside 203.0.113.0/24 ── fw ── inside 10.0.0.0/24
build_topology() {
    lab_segment outside 203.0.113.1/24
    lab_segment inside 10.0.0.1/24
    local host
    for host in client scanner; do lab_host "$host" outside 203.0.113.1 "${ADDRESSES[$host]}/24"; done
    for host in web1 web2 web3 web4 dns; do lab_host "$host" inside 10.0.0.1 "${ADDRESSES[$host]}/24"; done
    # Linux answers at most six attempts at once with ICMP, and here each is meant to be answered.
    lab_in fw sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_msgs_per_sec=10000
    lab_in web2 sysctl -qw net.ipv4.icmp_ratelimit=0
    protect_host web2

    write_ruleset > "$(lab_dir)/scenario.nft"
    lab_policy "$(lab_dir)/scenario.nft"
}

# cases CAPTURE: the lines of the table, without the name of the capture; * stands for all.
cases() {
    awk -F '\t' -v capture="$1" '
        !/^#/ && (capture == "*" || $1 == capture) { sub(/^[^\t]*\t/, ""); print }' "$SCENARIO/cases.tsv"
}

# protect_host HOST: the host's own firewall.
protect_host() {
    {
        printf 'table inet host {\n    chain input {\n        type filter hook input priority filter;\n'
        local to transport port host
        while IFS=$'\t' read -r _ _ to transport port _ host; do
            [[ $to == "$1" ]] || continue
            case $host in
                drops) printf '        %s dport %s drop\n' "$transport" "$port" ;;
                prohibits) printf '        %s dport %s reject with icmp type admin-prohibited\n' "$transport" "$port" ;;
            esac
        done < <(cases '*')
        printf '    }\n}\n'
    } > "$(lab_dir)/$1.nft"
    lab_in "$1" nft -f "$(lab_dir)/$1.nft"
}

# The table cases.tsv as an nftables ruleset. The same rules apply to the scanner, and what no rule allows it is
# silently dropped. The counter "stray" must be zero at the end.
write_ruleset() {
    cat << 'RULES'
table inet lab {
    counter stray { }
    chain forward {
        type filter hook forward priority filter; policy drop;
RULES
    local to transport port firewall
    while IFS=$'\t' read -r _ _ to transport port firewall _; do
        [[ $firewall != cut ]] ||
            printf '        ip daddr %s tcp dport %s @ih,0,24 0x474554 counter reject with tcp reset\n' \
                "${ADDRESSES[$to]}" "$port"
    done < <(cases '*')
    printf '        ct state established,related accept\n'
    while IFS=$'\t' read -r _ _ to transport port firewall _; do
        printf '        ip daddr %s %s dport %s counter %s\n' \
            "${ADDRESSES[$to]}" "$transport" "$port" "$(verdict "$firewall")"
    done < <(cases '*')
    cat << RULES
        ip saddr ${ADDRESSES[scanner]} drop
        counter name stray log prefix "stray: "
    }
}
RULES
}

verdict() {
    case $1 in
        pass | cut) echo accept ;;
        drop) echo drop ;;
        prohibit) echo reject with icmp type admin-prohibited ;;
        unreachable) echo reject with icmp type port-unreachable ;;
        reset) echo reject with tcp reset ;;
    esac
}
