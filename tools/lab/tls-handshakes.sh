#!/usr/bin/env bash
# Records captures/tls/handshakes.pcapng: one TLS handshake after the other between two OpenSSL programs, each on a port
# of its own.
#
#   tls-handshakes.sh [FILE]      default: captures/tls/handshakes.pcapng of this repository
#
# Needs root (for a network namespace of its own), openssl 3 and dumpcap; takes about twenty seconds. The cases are
# listed in captures/README.md.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$(realpath --canonicalize-missing "${1:-$here/../../captures/tls/handshakes.pcapng}")
if [[ -z ${TLS_LAB_INSIDE:-} ]]; then
    TLS_LAB_INSIDE=1 exec unshare --net "${BASH_SOURCE[0]}" "$output"
fi

readonly SERVER=192.0.2.10
readonly LEGACY=DEFAULT@SECLEVEL=0
work=$(mktemp --directory)
capture=
finish() {
    [[ -z $capture ]] || kill -INT "$capture" 2> /dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT

# certificate NAME ISSUER KEY DAYS EXTENSIONS SUBJECT
certificate() {
    local name=$1 issuer=$2 key=$3 days=$4 extensions=$5 subject=$6
    local -a kind=(rsa:2048)
    [[ $key == ec ]] && kind=(ec -pkeyopt ec_paramgen_curve:P-256)
    openssl req -newkey "${kind[@]}" -nodes -keyout "$work/$name.key" -out "$work/$name.csr" -subj "$subject" -utf8 \
        2> /dev/null
    printf '%b' "$extensions" > "$work/$name.ext"
    local -a by=(-CA "$work/$issuer.pem" -CAkey "$work/$issuer.key" -CAcreateserial)
    [[ $issuer == "$name" ]] && by=(-signkey "$work/$name.key")
    openssl x509 -req -in "$work/$name.csr" "${by[@]}" -days "$days" -sha256 -extfile "$work/$name.ext" \
        -out "$work/$name.pem" 2> /dev/null
}

# expired_certificate EXTENSIONS SUBJECT: `openssl x509` knows no dates in the past, `openssl ca` does.
expired_certificate() {
    certificate expired issuing ec 1 "$1" "$2"
    touch "$work/index"
    cat > "$work/ca.cnf" << END
[ca]
default_ca = lab
[lab]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
END
    openssl ca -batch -config "$work/ca.cnf" -in "$work/expired.csr" -cert "$work/issuing.pem" \
        -keyfile "$work/issuing.key" -extfile "$work/expired.ext" \
        -startdate 20200101000000Z -enddate 20210101000000Z -notext -out "$work/expired.pem" 2> /dev/null
}

make_certificates() {
    local ca='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n'
    local leaf='basicConstraints=CA:FALSE\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n'
    certificate root root ec 3650 "$ca" "/O=Example/CN=Example Root"
    certificate issuing root ec 3650 "${ca}authorityKeyIdentifier=keyid\n" "/O=Example/CN=Example Issuing"
    local names='subjectAltName=DNS:sip.example.test,DNS:access.example.test,'
    names+='IP:192.0.2.10,IP:2001:db8::10,URI:sip:example.test\n'
    local usage='keyUsage=digitalSignature\nextendedKeyUsage='
    certificate rsa issuing rsa 1095 \
        "${leaf}${names}keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n" \
        "/O=Müller, Söhne/CN=sip.example.test"
    certificate ecdsa issuing ec 1095 "${leaf}${names}${usage}serverAuth,1.3.6.1.5.5.7.3.20,1.2.3.4.5\n" \
        "/O=Example/CN=sip.example.test"
    certificate client issuing ec 1095 "${leaf}${usage}clientAuth\n" \
        "/DC=test/DC=example/OU=Servers/CN=fe01.example.test"
    expired_certificate "${leaf}extendedKeyUsage=clientAuth\n" "/CN=expired.example.test"
    certificate alone alone rsa 1095 "subjectAltName=DNS:alone.example.test\n" "/CN=alone.example.test"
    cat "$work/issuing.pem" "$work/root.pem" > "$work/chain.pem"
}

# serve PORT CONNECTIONS OPTION…: a server that ends after its connections.
serve() {
    local port=$1 connections=$2
    shift 2
    timeout 15 openssl s_server -accept "$SERVER:$port" -naccept "$connections" -quiet "$@" \
        < /dev/null > /dev/null 2>&1 &
    for _ in {1..50}; do
        ss --listening --tcp --numeric --no-header "sport = :$port" | grep . > /dev/null && return
        sleep 0.1
    done
    return 1
}

# connect PORT OPTION…: a client that says a line and leaves; that it is refused is part of some cases.
connect() {
    local port=$1
    shift
    (sleep 0.3; echo hello; sleep 0.2) |
        timeout 5 openssl s_client -connect "$SERVER:$port" -ign_eof -nocommands "$@" > /dev/null 2>&1 || true
}

cases() {
    local -a rsa=(-cert "$work/rsa.pem" -key "$work/rsa.key" -cert_chain "$work/chain.pem")
    local -a ecdsa=(-cert "$work/ecdsa.pem" -key "$work/ecdsa.key" -cert_chain "$work/chain.pem")
    local -a client=(-cert "$work/client.pem" -key "$work/client.key" -cert_chain "$work/issuing.pem")
    local -a sip=(-servername sip.example.test)

    serve 20010 1 "${rsa[@]}" -Verify 3 -CAfile "$work/root.pem" -tls1 -cipher "$LEGACY"
    connect 20010 "${sip[@]}" "${client[@]}" -tls1 -cipher "$LEGACY"
    serve 20011 1 "${rsa[@]}" -tls1_1 -cipher "$LEGACY"
    connect 20011 "${sip[@]}" -tls1_1 -cipher "$LEGACY"
    serve 20012 1 "${ecdsa[@]}" -Verify 3 -CAfile "$work/root.pem" -tls1_2 -alpn sip/2
    connect 20012 "${sip[@]}" "${client[@]}" -tls1_2 -alpn sip/2
    serve 20013 1 "${rsa[@]}" -Verify 3 -CAfile "$work/root.pem" -tls1_3 -alpn sip/2
    connect 20013 "${sip[@]}" "${client[@]}" -tls1_3 -alpn sip/2

    serve 20014 2 "${rsa[@]}" -tls1_2
    connect 20014 -tls1_2 -sess_out "$work/ticket"
    connect 20014 -tls1_2 -sess_in "$work/ticket"
    serve 20015 2 "${rsa[@]}" -tls1_2 -no_ticket
    connect 20015 -tls1_2 -sess_out "$work/session"
    connect 20015 -tls1_2 -sess_in "$work/session"
    serve 20016 2 "${rsa[@]}" -tls1_3 -early_data
    connect 20016 -tls1_3 -sess_out "$work/psk"
    echo early > "$work/early"
    connect 20016 -tls1_3 -sess_in "$work/psk" -early_data "$work/early"

    serve 20017 1 "${rsa[@]}" -tls1_2
    connect 20017 -tls1_2 -verify_return_error -verify 3 -CAfile "$work/alone.pem"
    serve 20018 1 "${rsa[@]}" -tls1_2 -Verify 3 -verify_return_error -CAfile "$work/root.pem"
    connect 20018 -tls1_2
    serve 20019 1 "${rsa[@]}" -tls1_2
    connect 20019 -tls1_3
    serve 20020 1 "${rsa[@]}" -tls1_3 -groups P-384
    connect 20020 "${sip[@]}" -tls1_3 -groups X25519:P-384
    serve 20021 1 -cert "$work/expired.pem" -key "$work/expired.key" -cert_chain "$work/issuing.pem" -tls1_2
    connect 20021 -tls1_2
    serve 20022 1 "${rsa[@]}" -alpn h2
    connect 20022 -alpn sip/2
    serve 20023 1 -cert "$work/alone.pem" -key "$work/alone.key" -tls1_2 -verify 3 -CAfile "$work/root.pem"
    connect 20023 -tls1_2
    serve 20024 1 "${rsa[@]}" -tls1_2 -Verify 3 -verify_return_error -CAfile "$work/alone.pem"
    connect 20024 "${client[@]}" -tls1_2
}

ip link set lo mtu 1500 up
ip address add "$SERVER/32" dev lo
make_certificates
mkdir -p "$(dirname "$output")"
dumpcap -q -i lo -f "tcp portrange 20010-20024" -w "$work/handshakes.pcapng" > "$work/dumpcap.log" 2>&1 &
capture=$!
for _ in {1..50}; do
    grep -q "File:" "$work/dumpcap.log" && break
    sleep 0.1
done
cases
sleep 0.5
kill -INT "$capture"
wait "$capture" || true
capture=
cp "$work/handshakes.pcapng" "$output"
