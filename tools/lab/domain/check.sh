#!/usr/bin/env bash
# Compares captures of the domain lab with captures/domain/expected-announcements.tsv: each established flow was bound
# to its interface on a dynamic port, nothing else was answered there, and no frame is damaged. Prints the dynamic ports
# of each line.
#
#   check.sh DIRECTORY
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:?directory of the captures}
expected=$here/../../../captures/domain/expected-announcements.tsv
declare -A addresses=([dc1]=10.0.0.10 [admin]=10.0.0.31 [dc2]=10.0.64.10 [member]=10.0.64.21)
declare -A interfaces=(
    [lsarpc]=12345778-1234-abcd-ef00-0123456789ab
    [samr]=12345778-1234-abcd-ef00-0123456789ac
    [netlogon]=12345678-1234-abcd-ef00-01234567cffb
    [drsuapi]=e3514235-4b06-11d1-ab04-00c04fc2dcd2
    [dnsserver]=50abc2a4-574d-40b3-9d66-ee4fd5fba076)

# shellcheck source=../captures.sh
source "$here/../captures.sh"

# read_frames CAPTURE: what its TCP frames say, one line each, kept.
declare -A lines=()
read_frames() {
    [[ -n ${lines[$1]:-} ]] || lines[$1]=$(frames "$1" -Y tcp -T fields -E separator=';' \
        -e ip.src -e ip.dst -e tcp.srcport -e tcp.dstport -e tcp.flags \
        -e dcerpc.pkt_type -e dcerpc.cn_bind_to_uuid -e epm.uuid -e epm.proto.tcp_port)
}

# ports CAPTURE AWK: the ports that a line of awk prints, once each.
ports() {
    awk -F ';' 'function dynamic(port) { return port >= 49152 && port <= 49200 } '"$2" <<< "${lines[$1]}" |
        sort -u | xargs
}

# shellcheck disable=SC2016
check_line() { # CAPTURE FROM TO SERVICE ANNOUNCED_BY OUTCOME
    local capture=$1 service=$4 uuid=${interfaces[$4]} bound answered announced
    local from=${addresses[$2]:-$2} to=${addresses[$3]:-$3}
    local between='$1 == "'$from'" && $2 == "'$to'"' back='$1 == "'$to'" && $2 == "'$from'"'
    read_frames "$capture"
    bound=$(ports "$capture" "$between"' && dynamic($4) && index($7, "'"$uuid"'") { print $4 }')
    answered=$(ports "$capture" "$back"' && dynamic($3) && $5 == "0x0012" { print $3 }')
    announced=$(ports "$capture" "$back"' && $3 == 135 && index($8, "'"$uuid"'") && dynamic($9) { print $9 }')
    printf '%-30s %-10s %-9s %-11s %s\n' "$capture" "$2" "$service" "$6" "$announced -> $bound"
    case $6 in
        established) [[ -n $bound ]] || fail "$capture: nobody calls $service" ;;
        *) [[ -z $bound$answered ]] || fail "$capture: $service is $6, but $bound $answered answered" ;;
    esac
    case $5 in
        dcerpc) [[ -n $announced ]] || fail "$capture: the port of $service is not announced" ;;
        *) [[ -z $announced ]] || fail "$capture: the port of $service is announced" ;;
    esac
}

while IFS=$'\t' read -r capture from to _ service by outcome; do
    check_line "$capture" "$from" "$to" "$service" "$by" "$outcome"
done < <(grep -v '^#' "$expected")
for capture in "$directory"/*.pcap; do require_sound "${capture##*/}"; done
exit $((failures > 0))
