# What the hosts of the Lync edge lab do while the firewall is recorded. Sourced by lync-edge.sh.
# shellcheck shell=bash

readonly ROUNDS=3

# Three rounds of what should be there; the deliberate faults happen in the second.
run_traffic() {
    local round
    for ((round = 1; round <= ROUNDS; round++)); do
        lab_say "round $round of $ROUNDS: signalling"
        run_signalling
        lab_say "round $round of $ROUNDS: conferences, media and web"
        run_media
        run_web
        if ((round == 2)); then
            lab_say "the deliberate faults"
            run_faults
        fi
    done
    sleep 8 # idle SIP connections end by themselves
}

run_signalling() {
    look_up_partner
    sip_requests extcli contoso.test   # extcli -> Access Edge 443, Edge -> fe01 5061
    sip_requests fe01 fabrikam.test    # fe01 -> Edge 5061, Access Edge -> partner 5061
    sip_requests fe02 fabrikam.test
    sip_over_tls_by_hand
    xmpp_ping fe01 fe01.contoso.test edge1.contoso.test
    xmpp_ping xmpp wingtip.test contoso.test
    trunk_call sbc01 10.0.0.11 5068
    trunk_call fe01 172.16.0.30 5081
    replicate
}

run_media() {
    turn cli01 172.16.0.5
    turn cli01 172.16.0.5 -t -p 443
    turn extcli 198.51.100.13
    turn extcli 198.51.100.13 -t -p 443
    stun_over_tls
    turn edge1 203.0.113.20 -L 198.51.100.13
    turn edge1 203.0.113.20 -L 198.51.100.13 -t -p 443
    conference -tls1_3
    conference -tls1_2
}

run_web() {
    fetch extcli --http1.1 http://meet.contoso.test:8080/meet/
    fetch extcli --http2 https://meet.contoso.test:4443/meet/
    fetch extcli --http1.1 --tls-max 1.2 https://lyncdiscover.contoso.test:4443/abs/addressbook.txt
    fetch cli01 --http1.1 http://meet.contoso.test/abs/addressbook.txt
    fetch cli01 --http2 https://meet.contoso.test/meet/
    fetch cli01 --http1.1 https://lyncdiscover.contoso.test/meet/
}

# --- what should be there -------------------------------------------------------------------------

# The Access Edge looks for a partner and checks the revocation list of its certificate.
look_up_partner() {
    local dig=(lab_in edge1 dig +tries=1 +noedns -b 198.51.100.11 @203.0.113.53)
    "${dig[@]}" _sipfederationtls._tcp.fabrikam.test SRV
    "${dig[@]}" sip.fabrikam.test A
    "${dig[@]}" +tcp fabrikam.test TXT
    "${dig[@]}" +tcp _sipfederationtls._tcp.fabrikam.test SRV
    fetch edge1 --interface 198.51.100.11 http://crl.lab-ca.test/lab-ca.crl
}

# sip_requests HOST DOMAIN: sipp hands three requests to the SIP server of its own host, which takes them over TLS.
sip_requests() {
    lab_in "$1" sipp 127.0.0.1:5070 -nostdin -sf "$SCENARIO/sipp-requests.xml" -key domain "$2" \
        -t t1 -i 127.0.0.1 -p 5072 -m 1 -timeout 15s
}

# One client that names SIP in the TLS handshake (ALPN).
sip_over_tls_by_hand() {
    {
        printf '%s\r\n' 'OPTIONS sip:contoso.test SIP/2.0' \
            'Via: SIP/2.0/TLS 203.0.113.10:5061;branch=z9hG4bKlab' 'Max-Forwards: 70' \
            'From: <sip:alice@contoso.test>;tag=lab' 'To: <sip:contoso.test>' "Call-ID: hand-$RANDOM@203.0.113.10" \
            'CSeq: 1 OPTIONS' 'Content-Length: 0' ''
        sleep 1
    } | send_over_tls 198.51.100.11:443 sip.contoso.test -alpn sip/2
}

# xmpp_ping HOST FROM TO: opens a server-to-server stream, pings twice, closes it.
xmpp_ping() {
    local shell=(lab_in "$1" prosodyctl --config "$(lab_dir)/prosody-$1/prosody.cfg.lua" shell)
    "${shell[@]}" xmpp ping "$2" "$3"
    sleep 1
    "${shell[@]}" xmpp ping "$2" "$3"
    "${shell[@]}" s2s close "$2" "$3"
}

# trunk_call HOST ADDRESS PORT
trunk_call() {
    lab_in "$1" sipp "$2:$3" -nostdin -sf "$SCENARIO/sipp-call-uac.xml" -t t1 -m 1 -timeout 15s
}

# The holder of the Central Management store sends the Edge its configuration.
replicate() {
    seq -f 'setting %g' 200 | fetch fe01 --tls-max 1.2 --cert "$PKI/fe01.pem" --key "$PKI/fe01.key" \
        --connect-to edge1.contoso.test:4443:172.16.0.5:4443 --data-binary @- https://edge1.contoso.test:4443/replication
}

# turn HOST SERVER OPTION…: two allocations that exchange a few messages inside the server.
turn() {
    local host=$1 server=$2
    shift 2
    lab_in "$host" turnutils_uclient -u "$TURN_USER" -w "$TURN_PASSWORD" -y -c -n 10 -l 160 -z 40 "$@" "$server"
}

# A binding request and an allocation without credentials (answered 401) inside TLS: RFC 8489 §5, RFC 8656 §7.1.
# turnutils_uclient is no use here: it tries TLS versions at random.
stun_over_tls() {
    local cookie='\x21\x12\xa4\x42'
    {
        printf '%b' "\x00\x01\x00\x00${cookie}transaction1"
        sleep 0.5
        printf '%b' "\x00\x03\x00\x08${cookie}transaction2\x00\x19\x00\x04\x11\x00\x00\x00"
        sleep 1
    } | send_over_tls 198.51.100.13:443 av.contoso.test | od -A d -t x1z
}

# conference TLS_VERSION: opaque lines to the Web Conferencing Edge, which returns each line reversed.
conference() {
    for _ in 1 2 3; do
        head -c 450 /dev/urandom | base64 -w 0
        echo
        sleep 1
    done | send_over_tls 198.51.100.12:443 webconf.contoso.test "$1"
}

# send_over_tls ADDRESS:PORT SERVER_NAME OPTION…: the external client sends what it reads from standard input.
send_over_tls() {
    lab_in extcli openssl s_client -connect "$1" -servername "$2" "${@:3}" -CAfile "$PKI/ca.pem" \
        -verify_return_error -quiet -no_ign_eof -nocommands
}

# fetch HOST CURL-OPTION…
fetch() {
    local host=$1
    shift
    lab_in "$host" curl --silent --show-error --fail --max-time 10 --cacert "$PKI/ca.pem" --output /dev/null "$@"
}

# --- the deliberate faults ------------------------------------------------------------------------

run_faults() {
    fault_ssh_on_443
    fault_psom_dropped
    fault_federation_rejected
    lab_expect_success fault_smb_from_the_perimeter
    fault_sip_without_tls
    # The sixth needs no code: nobody tries 5062 (A/V authentication).
}

fault_ssh_on_443() {
    local state
    state=$(lab_dir)/ssh
    lab_in admin ssh -F /dev/null -p 443 -i "$state/client" -o IdentitiesOnly=yes -o BatchMode=yes \
        -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null \
        root@198.51.100.22 'seq 1 200; sleep 1'
}

# Two attempts of eight seconds: the SYN and three repetitions each.
fault_psom_dropped() {
    lab_expect_failure lab_in fe01 curl --silent --max-time 8 --output /dev/null telnet://172.16.0.5:8057
    lab_expect_failure lab_in fe01 curl --silent --max-time 8 --output /dev/null telnet://172.16.0.5:8057
}

fault_federation_rejected() {
    lab_expect_failure lab_in partner curl --silent --max-time 8 --output /dev/null telnet://198.51.100.11:5061
    sleep 2
    lab_expect_failure lab_in partner curl --silent --max-time 8 --output /dev/null telnet://198.51.100.11:5061
}

fault_smb_from_the_perimeter() {
    lab_in rp01 smbclient -s /dev/null --no-pass //10.0.0.11/public -c 'ls; get readme.txt -'
}

fault_sip_without_tls() { trunk_call edge1 10.0.0.12 5061; }
