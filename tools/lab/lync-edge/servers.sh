# The servers of the Lync edge lab. Sourced by lync-edge.sh.
# shellcheck shell=bash

readonly TURN_USER=lab TURN_PASSWORD=lab

start_servers() {
    start_sip
    start_xmpp
    start_turn
    start_web
    start_conferencing
    start_names
    start_faulty
}

# SIP over TLS. Each server also takes requests from a sipp on its own host, on 127.0.0.1:5070.
start_sip() {
    local fe01 edge access partner
    mapfile -t fe01 < <(route CONTOSO 10.0.0.11:5061 fe01.contoso.test)
    mapfile -t access < <(route CONTOSO 198.51.100.11:443 sip.contoso.test)
    mapfile -t edge < <(route FABRIKAM 172.16.0.5:5061 edge1.contoso.test)
    mapfile -t partner < <(route FABRIKAM 203.0.113.20:5061 sip.fabrikam.test)

    start_kamailio edge1 edge1-internal "${fe01[@]}" "${partner[@]}" \
        -l tls:172.16.0.5:5061 -l tls:198.51.100.11:443 -l tls:198.51.100.11:5061
    start_kamailio fe01 fe01 "${edge[@]}" -l tls:10.0.0.11:5061
    start_kamailio fe02 fe02 "${edge[@]}" -l tls:127.0.0.1:5061
    start_kamailio partner partner -l tls:203.0.113.20:5061
    start_kamailio extcli extcli "${access[@]}" -l tls:127.0.0.1:5061

    lab_wait_for_port edge1 tcp 198.51.100.11 443
    lab_wait_for_port fe01 tcp 10.0.0.11 5061
    lab_wait_for_port partner tcp 203.0.113.20 5061

    start_trunk fe01 10.0.0.11 5068
    start_trunk sbc01 172.16.0.30 5081
}

# route DOMAIN ADDRESS:PORT SERVER_NAME: the options that make kamailio.cfg pass a domain's requests on.
route() { printf '%s\n' -A "VIA_$1=\"sip:$2;transport=tls\"" -A "TO_$1=\"$3\""; }

# start_kamailio HOST CERTIFICATE OPTION…
start_kamailio() {
    local host=$1 certificate=$2 state
    shift 2
    state=$(lab_state "kamailio-$host")
    {
        render kamailio-tls.cfg.in CERTIFICATE="$certificate"
        [[ ! -e $SCENARIO/kamailio-tls-$host.cfg.in ]] || render "kamailio-tls-$host.cfg.in"
    } > "$state/tls.cfg"
    lab_start "$host" "kamailio-$host" kamailio -DD -E -m 32 -M 4 -f "$SCENARIO/kamailio.cfg" -Y "$state" \
        -A TLS_CONFIG="\"$state/tls.cfg\"" -l tcp:127.0.0.1:5070 "$@"
}

# start_trunk HOST ADDRESS PORT: the called side of plain SIP trunks.
start_trunk() {
    lab_start "$1" "trunk-$1-$3" sipp -nostdin -sf "$SCENARIO/sipp-call-uas.xml" -t t1 -i "$2" -p "$3"
    lab_wait_for_port "$1" tcp "$2" "$3"
}

# XMPP: the partner opens 5269, the Front End 23456; the Edge only answers.
start_xmpp() {
    start_dnsmasq fe01 10.0.0.11 --srv-host=_xmpps-server._tcp.edge1.contoso.test,edge1.contoso.test,23456 \
        --host-record=edge1.contoso.test,172.16.0.5
    start_dnsmasq xmpp 203.0.113.30 --srv-host=_xmpp-server._tcp.contoso.test,sip.contoso.test,5269 \
        --host-record=sip.contoso.test,198.51.100.11
    start_prosody edge1 198.51.100.11 172.16.0.5 contoso.test:edge1-access edge1.contoso.test:edge1-internal
    start_prosody fe01 127.0.0.1 127.0.0.1 fe01.contoso.test:fe01
    start_prosody xmpp 127.0.0.1 127.0.0.1 wingtip.test:xmpp
    lab_wait_for_port edge1 tcp 198.51.100.11 5269
    lab_wait_for_port edge1 tcp 172.16.0.5 23456
}

# start_prosody HOST LISTEN LISTEN_DIRECT DOMAIN:CERTIFICATE…: the last certificate is that of direct TLS.
start_prosody() {
    local host=$1 listen=$2 direct=$3 domain state
    shift 3
    domain=${*: -1}
    state=$(lab_state "prosody-$host")
    {
        render prosody.cfg.lua.in STATE="$state" LISTEN="$listen" LISTEN_DIRECT="$direct" \
            CERTIFICATE_DIRECT="${domain##*:}"
        for domain in "$@"; do printf 'VirtualHost "%s"\nssl = identity "%s"\n' "${domain%:*}" "${domain#*:}"; done
    } > "$state/prosody.cfg.lua"
    lab_start "$host" "prosody-$host" prosody -F --config "$state/prosody.cfg.lua"
}

# TURN. A port of its own for each transport: 3478 for UDP, 443 for TCP and TLS. Relayed media stay in the server.
start_turn() {
    start_coturn edge1 172.16.0.5 edge1-internal
    start_coturn edge1 198.51.100.13 edge1-av
    start_coturn partner 203.0.113.20 partner
}

# start_coturn HOST ADDRESS CERTIFICATE
start_coturn() {
    local host=$1 address=$2 state common
    state=$(lab_state "coturn-$address")
    common=(-n --listening-ip="$address" --relay-ip="$address" --min-port=50000 --max-port=59999
        --lt-cred-mech --user="$TURN_USER:$TURN_PASSWORD" --realm=lab.test --no-cli --no-dtls --log-file=stdout
        --relay-threads=1)
    lab_start "$host" "coturn-udp-$address" turnserver "${common[@]}" --listening-port=3478 --no-tcp --no-tls \
        --userdb="$state/udp.db" --pidfile="$state/udp.pid"
    lab_start "$host" "coturn-tcp-$address" turnserver "${common[@]}" --listening-port=443 --no-udp \
        --cert="$PKI/$3.pem" --pkey="$PKI/$3.key" --userdb="$state/tcp.db" --pidfile="$state/tcp.pid"
    lab_wait_for_port "$host" udp "$address" 3478
    lab_wait_for_port "$host" tcp "$address" 443
}

start_web() {
    start_nginx fe01
    start_nginx rp01
    start_nginx edge1
    start_nginx pub
    cp "$PKI/lab-ca.crl" "$(lab_dir)/nginx-pub/www/"
    write_pages "$(lab_dir)/nginx-fe01/www"
    lab_wait_for_port fe01 tcp 10.0.0.11 443
    lab_wait_for_port rp01 tcp 198.51.100.20 4443
    lab_wait_for_port edge1 tcp 172.16.0.5 4443
    lab_wait_for_port pub tcp 203.0.113.53 80
}

start_nginx() {
    local host=$1 state
    state=$(lab_state "nginx-$host")
    mkdir "$state/www"
    render nginx.conf.in STATE="$state" > "$state/nginx.conf"
    render "nginx-$host.conf.in" STATE="$state" > "$state/host.conf"
    lab_start "$host" "nginx-$host" nginx -p "$state" -c "$state/nginx.conf"
}

write_pages() {
    mkdir "$1/meet" "$1/abs"
    echo "<html><title>Join the meeting</title><body>Contoso lab</body></html>" > "$1/meet/index.html"
    seq -f "contact %g" 300 > "$1/abs/addressbook.txt"
}

# Web conferencing: TLS around bytes that nothing but their end points understands.
start_conferencing() {
    start_opaque_tls 198.51.100.12 443 edge1-webconf
    start_opaque_tls 172.16.0.5 8057 edge1-internal # is up; only the firewall is wrong
}

start_opaque_tls() {
    lab_start edge1 "psom-$1" openssl s_server -accept "$1:$2" -cert "$PKI/$3.pem" -key "$PKI/$3.key" -rev -quiet
    lab_wait_for_port edge1 tcp "$1" "$2"
}

start_names() {
    start_dnsmasq pub 203.0.113.53 \
        --host-record=crl.lab-ca.test,203.0.113.53 --host-record=sip.fabrikam.test,203.0.113.20 \
        --srv-host=_sipfederationtls._tcp.fabrikam.test,sip.fabrikam.test,5061 \
        --srv-host=_xmpp-server._tcp.wingtip.test,xmpp.wingtip.test,5269 --txt-record=fabrikam.test,"v=spf1 -all"
}

# start_dnsmasq HOST ADDRESS RECORD…
start_dnsmasq() {
    local host=$1 address=$2
    shift 2
    lab_start "$host" "dnsmasq-$host" dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --group=root \
        --pid-file= --listen-address="$address" --bind-interfaces --no-resolv --no-hosts --local=/test/ "$@"
    lab_wait_for_port "$host" udp "$address" 53
}

# The servers that should not be where they are.
start_faulty() {
    start_sshd edge2 198.51.100.22 443
    start_smbd fe01 10.0.0.11
    start_trunk fe02 10.0.0.12 5061
}

start_sshd() {
    local state
    state=$(lab_state ssh)
    ssh-keygen -q -t ed25519 -N '' -C lab -f "$state/host"
    ssh-keygen -q -t ed25519 -N '' -C lab -f "$state/client"
    # sshd insists on the directory /run/sshd: it sees the state directory as its /run.
    mkdir "$state/sshd"
    # shellcheck disable=SC2016
    lab_start "$1" sshd unshare --mount sh -c 'mount --bind "$0" /run && exec "$@"' "$state" \
        "$(command -v sshd)" -D -e -f /dev/null -p "$3" -o ListenAddress="$2" -h /run/host -o PidFile=none \
        -o AuthorizedKeysFile=/run/client.pub -o StrictModes=no -o UsePAM=no -o UseDNS=no
    lab_wait_for_port "$1" tcp "$2" "$3"
}

start_smbd() {
    local state
    state=$(lab_state samba)
    mkdir -m 755 "$state/share"
    echo "Nobody should read this from the perimeter." > "$state/share/readme.txt"
    render smb.conf.in STATE="$state" > "$state/smb.conf"
    lab_start "$1" smbd smbd -F --no-process-group --debug-stdout -s "$state/smb.conf"
    lab_wait_for_port "$1" tcp "$2" 445
}

# render TEMPLATE NAME=VALUE…: a template of the scenario with @NAME@ and @PKI@ filled in.
render() { lab_render "$SCENARIO/$1" "${@:2}" PKI="$PKI"; }
