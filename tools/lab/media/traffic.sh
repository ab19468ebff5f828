# What the hosts of the media lab do while the firewall is recorded. Sourced by media.sh.
# shellcheck shell=bash

# The four ways to announce a data port: EPSV, PASV, EPRT, PORT.
use_ftp() {
    fetch
    fetch --disable-epsv
    fetch --ftp-port -
    fetch --ftp-port - --disable-eprt
}

# Once the client has asked for TLS, the data port is encrypted and cannot be seen.
use_ftp_tls() { fetch --ssl-reqd --insecure; }

# fetch CURL-OPTION…
fetch() {
    lab_in client curl --silent --show-error --fail --max-time 10 --output /dev/null "$@" "ftp://$FILES/notes.txt"
}

use_tftp() {
    lab_in client curl --silent --show-error --fail --max-time 10 --output /dev/null "tftp://$FILES/boot.cfg"
}

# A client asks the browser for all instances, then for one, and tries to log on there and at the default instance; both
# refuse it.
use_sql_browser() {
    lab_in client tsql -LH $SQL
    log_on -S "$SQL\\PAYROLL"
    log_on -H $SQL -p 1433
}

# log_on TSQL-OPTION…
log_on() { lab_in client env TDSVER=7.3 timeout 10 tsql "$@" -U nobody -P nothing <<< exit || true; }

# A call with sound both ways.
use_sip() {
    (cd "$(lab_dir)/sip" && lab_in caller sipp $CALLED:5060 -nostdin -sf "$SCENARIO/sipp-caller.xml" \
        -i $CALLER -p 5060 -mi $CALLER -mp 50200 -m 1 -timeout 20s)
}

# Two phones register, the call manager connects them, and they talk to each other. The call manager informs the first
# one first.
use_sccp() {
    lab_in phone1 "$SCENARIO/phone.py" $MANAGER $PHONE1 SEP000000000001 &
    sleep 1
    lab_in phone2 "$SCENARIO/phone.py" $MANAGER $PHONE2 SEP000000000002
    wait $!
}

# A relay passes a client's data to a peer and back; then a peer calls a client at a relayed address.
use_turn() {
    lab_in client turnutils_uclient -u $TURN_USER -w $TURN_PASSWORD -e $PEER -r 50480 -c -n 5 -l 120 -z 40 $RELAY
    local port
    {
        read -r port
        lab_in peer "$SCENARIO/turn_peer.py" $RELAY "$port"
    } < <(lab_in client "$SCENARIO/turn_client.py" $RELAY $PEER $TURN_USER $TURN_PASSWORD)
}
