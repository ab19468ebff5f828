# The servers of the media lab. Sourced by media.sh.
# shellcheck shell=bash

readonly TURN_USER=lab TURN_PASSWORD=lab

start_servers() {
    start_ftp
    start_tftp
    start_program sql tcp $SQL 1433 sql_server.py $SQL
    start_sip
    start_program manager tcp $MANAGER 2000 call_manager.py $MANAGER
    start_turn
}

# start_ftp: one server, which takes TLS from who asks for it.
start_ftp() {
    local state
    state=$(lab_state ftp)
    mkdir "$state/files" "$state/empty"
    seq -f 'line %g' 20 > "$state/files/notes.txt"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=files.contoso.test \
        -keyout "$state/key.pem" -out "$state/cert.pem" 2> /dev/null
    lab_render "$SCENARIO/vsftpd.conf.in" STATE="$state" ADDRESS=$FILES > "$state/vsftpd.conf"
    lab_start files vsftpd vsftpd "$state/vsftpd.conf"
    lab_wait_for_port files tcp $FILES 21
}

start_tftp() {
    local state
    state=$(lab_state tftp)
    seq -f 'setting %g' 200 > "$state/boot.cfg"
    lab_start files tftpd in.tftpd --foreground --listen --user nobody --address $FILES:69 --secure "$state"
    lab_wait_for_port files udp $FILES 69
}

# Both sides play the same second of sound; the sound lies in the directory in which sipp runs.
start_sip() {
    local state
    state=$(lab_state sip)
    mkdir "$state/pcap"
    editcap -r /usr/share/sip-tester/g711a.pcap "$state/pcap/sound.pcap" 1-50
    # shellcheck disable=SC2016
    lab_start called sipp-called sh -c 'cd "$0" && exec "$@"' "$state" \
        sipp -nostdin -sf "$SCENARIO/sipp-called.xml" -i $CALLED -p 5060 -mi $CALLED -mp 50100
    lab_wait_for_port called udp $CALLED 5060
}

start_turn() {
    local state
    state=$(lab_state coturn)
    lab_start relay coturn turnserver -n --listening-ip=$RELAY --relay-ip=$RELAY --listening-port=3478 \
        --min-port=50000 --max-port=59999 --no-tcp --no-tls --no-dtls \
        --lt-cred-mech --user="$TURN_USER:$TURN_PASSWORD" --realm=contoso.test --no-cli --log-file=stdout \
        --relay-threads=1 --userdb="$state/users.db" --pidfile="$state/pid"
    lab_start peer turn-peer turnutils_peer -L $PEER -p 50480
    lab_wait_for_port relay udp $RELAY 3478
    lab_wait_for_port peer udp $PEER 50480
}

# start_program HOST tcp|udp ADDRESS PORT PROGRAM ARGUMENT…: a server that the scenario brings along.
start_program() {
    lab_start "$1" "$5" "$SCENARIO/$5" "${@:6}"
    lab_wait_for_port "$1" "$2" "$3" "$4"
}
