# What the hosts of the firewall lab do while both of its sides are recorded. Sourced by firewall.sh.
# shellcheck shell=bash

make_traffic() { try_cases traffic; }

make_alone() { try_cases alone; }

# A scan of one host's ports, and of one port over a network: nobody answers the most of it.
make_scan() {
    lab_in scanner nmap -sS -n -Pn --top-ports 200 --max-retries 1 "${ADDRESSES[web1]}"
    lab_in scanner nmap -sS -n -Pn -p 445 --max-retries 1 10.0.0.0/26
}

# try_cases CAPTURE: the client tries each case twice.
try_cases() {
    local name to transport port
    while IFS=$'\t' read -r name _ to transport port _ <&3; do
        for _ in 1 2; do "try_$transport" "$name" "${ADDRESSES[$to]}" "$port"; done
    done 3< <(cases "$1")
}

# try_tcp CASE ADDRESS PORT: whether it gets through shows in the captures.
try_tcp() {
    case $1 in
        proxy) lab_in client curl --silent --output /dev/null --max-time 4 --proxy "http://$2:$3" http://www.contoso.test/ || true ;;
        escaped)
            lab_in client ssh -n -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
                -o ConnectTimeout=4 "nobody@$2" true || true
            ;;
        *) lab_in client curl --silent --output /dev/null --max-time 4 "http://$2:$3/" || true ;;
    esac
}

# try_udp CASE ADDRESS PORT: a question of the port's protocol, once more after a second.
try_udp() {
    case $3 in
        53) lab_in client dig +short +tries=1 "@$2" www.contoso.test ;;
        *) lab_in client "$SCENARIO/ask.py" "$2" "$3" ;;
    esac
}
