# What the hosts of the passage lab do, and the truth of it. Sourced by passage.sh.
# shellcheck shell=bash

readonly PATIENCE=4 # seconds that a client waits for an answer

# attempts CASE: its lines of the table, without the name of the case.
attempts() { awk -F '\t' -v name="$1" '$1 == name { sub(/^[^\t]*\t/, ""); print }' "$SCENARIO/attempts.tsv"; }

# make_traffic CASE: attempts begin one after the other, and go on beside each other. Writes what the clients know,
# "ADDRESS:PORT" and the line of the table, to the file "clients" of the lab.
make_traffic() {
    local kind from to port what reaches fate changed own_port running=() first_port=$((33000 + RANDOM % 20000))
    : > "$(lab_dir)/clients"
    while IFS=$'\t' read -r kind from to port what reaches fate changed <&3; do
        case $kind in
            wait)
                ((${#running[@]} == 0)) || wait "${running[@]}"
                running=()
                sleep "$what"
                ;;
            pause) sleep "$what" ;;
            record) record "$1" "$what" ;;
            stop) lab_record_end "$1-$what" ;;
            *)
                own_port=$(own_port "$what" "$first_port")
                "try_$kind" "$from" "$own_port" "${ADDRESSES[$to]}" "$port" "$what" 3<&- &
                running+=($!)
                printf '%s\t' "${ADDRESSES[$from]}:$own_port" "$kind" "$from" "$to" "$port" "$what" "$reaches" "$fate" \
                    >> "$(lab_dir)/clients"
                printf '%s\n' "$changed" >> "$(lab_dir)/clients"
                sleep 0.15 # the servers meet them in this order
                ;;
        esac
    done 3< <(attempts "$1")
    ((${#running[@]} == 0)) || wait "${running[@]}"
}

# own_port WHAT START: the port that WHAT gives, or one that no attempt of the case had before.
own_port() {
    if [[ $1 =~ from=([0-9]+) ]]; then
        echo "${BASH_REMATCH[1]}"
    else
        awk -v last="$(wc -l < "$(lab_dir)/clients")" -v start="$2" 'BEGIN { print start + 7 * last }'
    fi
}

# try_http HOST OWN-PORT ADDRESS PORT FILE,…
try_http() {
    local host=$1 own_port=$2 address=$3 port=$4 file options=()
    for file in ${5//,/ }; do
        case $file in
            from=*) ;;
            close) options+=(--header 'Connection: close') ;;
            put.*) options+=(--output /dev/null --data-binary "@$(lab_dir)/nginx-web/www/${file#put.}"
                "http://$address:$port/put/1k") ;;
            slow.*) options+=(--output /dev/null "http://$address:$port/slow/${file#slow.}") ;;
            *) options+=(--output /dev/null "http://$address:$port/$file") ;;
        esac
    done
    lab_in "$host" curl --silent --show-error --max-time "$PATIENCE" --local-port "$own_port" "${options[@]}" || true
}

try_dns() { lab_in "$1" dig +short +tries=1 "+time=$PATIENCE" -b "0.0.0.0#$2" "@$3" -p "$4" "${5%%,*}" || true; }

try_stream() { lab_in "$1" python3 "$SCENARIO/datagrams.py" send "$2" "$3" "$4" "$5"; }

try_broadcast() { lab_in "$1" python3 "$SCENARIO/datagrams.py" send "$2" "$3" "$4" "$5" broadcast; }

try_scan() { lab_in "$1" nmap -sS -n -Pn -g "$2" -p "$4" --max-retries 0 "$3"; }

# --- the truth ------------------------------------------------------------------------------------

# write_truth CASE: a line for each line of "clients", with what the servers' logs say. The n-th client that a server
# had is the n-th that tried it: nothing of a capture is needed.
write_truth() {
    local client kind from to port what reaches fate changed seen server line clients_seen protocol
    declare -A arrived=()
    while IFS=$'\t' read -r client kind from to port what reaches fate changed <&3; do
        seen=- server=-
        case $reaches in
            -) ;;
            =*)
                server=$(endpoint "${reaches#=}")
                seen=$client
                ;;
            *)
                line=${kind}:${reaches#\~}
                arrived[$line]=$((${arrived[$line]:-0} + 1))
                clients_seen=$(peers "$kind" "${line#*:}")
                seen=$(sed -n "${arrived[$line]}p" <<< "$clients_seen")
                [[ -n $seen ]] || lab_fail "$1: $reaches did not log $kind from $client"
                server=$(endpoint "${reaches#\~}")
                [[ $reaches != \~* ]] || seen=- server=-
                ;;
        esac
        protocol=udp
        [[ $kind != http && $kind != scan ]] || protocol=tcp
        changed=$(with_numbers "$changed" "$from" "$client" "$seen" "$(endpoint "$to:$port")" "$server")
        if [[ $from == in* ]]; then
            printf '%s\t' "$1" "$protocol" "$seen" "$server" "$client" "$(endpoint "$to:$port")" "$fate"
        else
            printf '%s\t' "$1" "$protocol" "$client" "$(endpoint "$to:$port")" "$seen" "$server" "$fate"
        fi
        printf '%s\n' "$changed"
    done 3< "$(lab_dir)/clients"
    # A server that met more than the table says has met something unknown.
    for line in "${!arrived[@]}"; do
        (($(peers "${line%%:*}" "${line#*:}" | wc -l) == arrived[$line])) || lab_fail "$1: too many at $line"
    done
}

# endpoint HOST:PORT
endpoint() { echo "${ADDRESSES[${1%:*}]}:${1#*:}"; }

# with_numbers CHANGED FROM CLIENT SEEN TO SERVER: fills in the word ADDED from the log of the randomiser,
# which stands inside.
with_numbers() {
    local changed=$1 client=$4 server=$6
    if [[ $2 == in* ]]; then client=$3 server=$5; fi
    if [[ $changed == *ADDED* ]]; then
        changed=${changed//ADDED/"sequence numbers $(added "$client" "$server"), $(added "$server" "$client")"}
    fi
    echo "$changed"
}

# added SENDER RECEIVER
added() {
    awk -v sender="$1" -v receiver="$2" '$1 == sender && $2 == receiver { number = "+" $3 }
        END { print number ? number : "+0" }' "$(lab_dir)/added"
}
