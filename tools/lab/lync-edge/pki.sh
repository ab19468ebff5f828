# A throw-away certification authority. Sourced by lync-edge.sh.
# shellcheck shell=bash

# make_pki DIRECTORY: a CA with its revocation list, and a certificate for every server of the lab.
make_pki() {
    PKI=$1
    mkdir -m 700 "$PKI"
    make_ca
    make_certificate fe01 fe01.contoso.test pool01.contoso.test
    make_certificate fe02 fe02.contoso.test pool01.contoso.test
    make_certificate edge1-internal edge1.contoso.test
    make_certificate edge1-access sip.contoso.test contoso.test
    make_certificate edge1-webconf webconf.contoso.test
    make_certificate edge1-av av.contoso.test
    make_certificate rp01 meet.contoso.test lyncdiscover.contoso.test
    make_certificate partner sip.fabrikam.test fabrikam.test
    make_certificate xmpp wingtip.test
    make_certificate extcli alice.contoso.test
}

make_ca() {
    make_key ca
    openssl req -new -x509 -key "$PKI/ca.key" -days 30 -subj "/O=PortAudit lab/CN=Throw-away lab CA" -out "$PKI/ca.pem"
    cat > "$PKI/ca.cnf" << CONFIG
[ca]
default_ca = lab
[lab]
database = $PKI/index.txt
private_key = $PKI/ca.key
certificate = $PKI/ca.pem
default_md = sha256
default_crl_days = 7
CONFIG
    touch "$PKI/index.txt"
    openssl ca -config "$PKI/ca.cnf" -gencrl -out "$PKI/crl.pem" 2> /dev/null
    openssl crl -in "$PKI/crl.pem" -outform DER -out "$PKI/lab-ca.crl"
}

# make_certificate FILE NAME…: valid for server and client; the first name is the subject, all are alternative names.
make_certificate() {
    local file=$1 names
    shift
    names=$(printf ',DNS:%s' "$@")
    make_key "$file"
    openssl req -new -key "$PKI/$file.key" -subj "/O=PortAudit lab/CN=$1" \
        | openssl x509 -req -CA "$PKI/ca.pem" -CAkey "$PKI/ca.key" -CAcreateserial -days 30 -out "$PKI/$file.pem" \
            -extfile <(
                echo "subjectAltName = ${names#,}"
                echo "extendedKeyUsage = serverAuth, clientAuth"
                echo "crlDistributionPoints = URI:http://crl.lab-ca.test/lab-ca.crl"
            ) 2> /dev/null
}

make_key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$PKI/$1.key"; }
