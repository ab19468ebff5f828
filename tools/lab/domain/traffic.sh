# What the hosts of the domain lab do while the firewall is recorded. Sourced by domain.sh.
# shellcheck shell=bash

# The member's Samba starts, finds its controller and opens its secure channel; its users and programs use what else a
# domain offers.
member_starts() {
    start_winbind
    in_domain member wbinfo --check-secret
    in_domain member wbinfo --name-to-sid=administrator
    use_the_domain member $DC1
    in_domain member ping -c 2 -i 0.2 $DC1
    lab_stop winbindd
}

# use_the_domain HOST CONTROLLER: names, tickets, directory, global catalog, files.
use_the_domain() {
    local host=$1 controller=$2
    in_domain "$host" dig +notcp +noedns +tries=1 @"$controller" _ldap._tcp.dc._msdcs.$DOMAIN SRV
    in_domain "$host" dig +tcp +noedns +tries=1 @"$controller" _kerberos._tcp.$DOMAIN SRV
    in_domain "$host" net ads lookup --configfile="$(lab_dir)/$host/smb.conf" -S "$controller"
    get_ticket "$host" udp_preference_limit=20000
    get_ticket "$host" udp_preference_limit=1
    in_domain "$host" ldapsearch -x -LLL -H "ldap://$controller" -b '' -s base dnsHostName
    in_domain "$host" ldapsearch -x -LLL -H "ldap://$controller:3268" -b '' -s base isGlobalCatalogReady
    in_domain "$host" smbclient --configfile="$(lab_dir)/$host/smb.conf" -U "$ADMINISTRATOR%$PASSWORD" \
        "//$controller/sysvol" -c 'ls'
}

# get_ticket HOST SETTING: with a setting of [libdefaults] of its own.
get_ticket() {
    local settings
    settings=$(lab_dir)/$1/krb5.conf
    sed "s/^\[libdefaults\]/&\n$2/" "$KRB5_CONFIG" > "$settings"
    KRB5_CONFIG=$settings in_domain "$1" kinit -c "$(lab_dir)/$1/tickets" administrator <<< "$PASSWORD"
}

# Starts the member's Samba and waits until it has opened its secure channel.
start_winbind() {
    start_in_domain member winbindd winbindd --foreground --no-process-group --debug-stdout \
        --configfile="$(lab_dir)/member/smb.conf"
    for _ in {1..30}; do
        if in_domain member wbinfo --ping-dc; then return 0; fi
        sleep 1
    done
    lab_fail "the member found no controller; see $(lab_dir)/logs/winbindd"
}

# Interfaces on dynamic ports without encryption: anonymous, user and password but no signature, signed.
member_calls_plain() {
    # Refused over TCP to all but secure channels, but mapped, bound and called.
    call member $DC1 '' -U% lsaquery || true
    call member $DC1 '' -U% 'getdcname CONTOSO'
    call member $DC1 connect -U "$ADMINISTRATOR%$PASSWORD" enumdomusers
    call member $DC1 sign -U "$ADMINISTRATOR%$PASSWORD" querydominfo
    call member $DC1 sign -U "$ADMINISTRATOR%$PASSWORD" 'dsgetdcinfo contoso.test' || true # is refused unless sealed
    call member $DC1 sign -U "$ADMINISTRATOR%$PASSWORD" 'dsr_getdcname contoso.test'
    ask_dns_server member $DC1 sign ntlm
}

# The same interfaces, and what they say encrypted: by NTLM, by Kerberos, and on the machine's secure channel.
member_calls_sealed() {
    call member $DC1 seal -U "$ADMINISTRATOR%$PASSWORD" querydominfo
    call member $DC1 seal -U "$ADMINISTRATOR%$PASSWORD" 'dsgetdcinfo contoso.test'
    call member $DC1 seal -U "$ADMINISTRATOR%$PASSWORD" 'dsr_getdcname contoso.test'
    ask_dns_server member $DC1 seal ntlm
    ask_dns_server member dc1.$DOMAIN seal kerberos
    in_domain member samba-tool drs showrepl dc1.$DOMAIN -U "administrator%$PASSWORD" --use-kerberos=required \
        --configfile="$(lab_dir)/member/smb.conf"
    # LSARPC is called on the secure channel.
    start_winbind
    in_domain member wbinfo --name-to-sid=guest
    lab_stop winbindd
}

# Reads the whole map, as tools that look around do, asks for two services, and calls none.
reader_reads_the_map() {
    lab_in reader rpcclient --configfile=/dev/null "ncacn_ip_tcp:$DC1" -U% -c epmlookup
    map_endpoint reader $DC1 samr
    map_endpoint reader $DC1 netlogon
}

# The second controller starts, and each of the two fetches the other's changes.
controllers_replicate() {
    local base=DC=contoso,DC=test
    start_controller dc2 $DC2
    use_the_domain dc2 $DC1
    in_domain dc2 samba-tool drs replicate dc2.$DOMAIN dc1.$DOMAIN "$base" -U "$ADMINISTRATOR%$PASSWORD"
    in_domain dc2 samba-tool drs replicate dc1.$DOMAIN dc2.$DOMAIN "$base" -U "$ADMINISTRATOR%$PASSWORD"
}

# The mapper is asked for two services of the second controller: the firewall drops what goes to the first, and no one
# connects to the second.
admin_is_blocked() {
    local port
    port=$(map_endpoint dc2 $DC2 dnsserver)
    firewall_closes $ADMIN $DC2 "$port"
    lab_expect_failure ask_dns_server admin $DC2 seal ntlm
    map_endpoint admin $DC2 netlogon
}

# --- how ------------------------------------------------------------------------------------------

# call HOST SERVER LEVEL OPTION… COMMAND: a command of rpcclient over TCP.
call() {
    local host=$1 binding=ncacn_ip_tcp:$2${3:+[$3]}
    in_domain "$host" timeout 20 rpcclient --configfile="$(lab_dir)/$host/smb.conf" "$binding" "${@:4:$#-4}" \
        -c "${*: -1}"
}

# ask_dns_server HOST SERVER sign|seal kerberos|ntlm
ask_dns_server() {
    in_domain "$1" timeout 10 "$SCENARIO/ask_dns_server.py" "$2" "$3" "$4" "$(lab_dir)/$1/smb.conf" \
        administrator "$PASSWORD"
}

# map_endpoint HOST SERVER INTERFACE: asks the mapper for the TCP port of an interface, prints it, and goes away.
map_endpoint() { lab_in "$1" "$SCENARIO/map_endpoint.py" "$2" "$3"; }
