# The domain controllers and the member of the domain lab. Sourced by domain.sh.
# shellcheck shell=bash

readonly ADMINISTRATOR=$WORKGROUP/administrator PASSWORD=Lab-Passw0rd
readonly DYNAMIC_PORTS=49152-49200

# in_domain HOST COMMAND…: runs a command on a host of the domain. Samba's clients and servers find each other in
# /run/samba, whatever the configuration says, and name themselves by the name of the machine: each host has its own of
# both.
in_domain() {
    local host=$1
    shift
    lab_in "$host" "${OWN_RUN_AND_NAME[@]}" "$host" "$(lab_dir)/$host/run" "$@"
}

# start_in_domain HOST LABEL COMMAND…: as lab_start.
start_in_domain() {
    local host=$1 label=$2
    shift 2
    lab_start "$host" "$label" "${OWN_RUN_AND_NAME[@]}" "$host" "$(lab_dir)/$host/run" "$@"
}

# shellcheck disable=SC2016
readonly OWN_RUN_AND_NAME=(unshare --mount --uts
    sh -c 'hostname "$0" && mount --bind "$1" /run/samba && shift && exec "$@"')

prepare_hosts() {
    mkdir -p /run/samba # what is mounted over
    prepare_host dc1 controller.conf.in ADDRESS=$DC1 PORTS=$DYNAMIC_PORTS
    prepare_host dc2 controller.conf.in ADDRESS=$DC2 PORTS=$DYNAMIC_PORTS
    prepare_host admin member.conf.in
    prepare_host member member.conf.in
    lab_render "$SCENARIO/krb5.conf.in" REALM=${DOMAIN^^} DOMAIN=$DOMAIN > "$(lab_dir)/krb5.conf"
    export KRB5_CONFIG
    KRB5_CONFIG=$(lab_dir)/krb5.conf
}

# prepare_host HOST TEMPLATE NAME=VALUE…
prepare_host() {
    local host=$1 template=$2 state
    shift 2
    state=$(lab_state "$host")
    mkdir "$state/run"
    lab_render "$SCENARIO/$template" STATE="$state" HOST="${host^^}" WORKGROUP=$WORKGROUP REALM=${DOMAIN^^} "$@" \
        > "$state/smb.conf"
}

# The first controller of a new domain. What its configuration says is said again: provision reads none.
start_first_controller() {
    local state setting options=()
    state=$(lab_dir)/dc1
    : > "$state/empty.conf"
    while read -r setting; do options+=(--option="$setting"); done < <(settings_of dc1)
    in_domain dc1 samba-tool domain provision --configfile="$state/empty.conf" --targetdir="$state/dc" \
        --realm=${DOMAIN^^} --domain=$WORKGROUP --server-role=dc --dns-backend=SAMBA_INTERNAL --host-name=dc1 \
        --host-ip=$DC1 --adminpass="$PASSWORD" --option="dns forwarder=" "${options[@]}"
    start_controller dc1 $DC1
}

# The second controller replicates the whole domain once before it runs.
join_second_controller() {
    local state setting options=()
    state=$(lab_dir)/dc2
    while read -r setting; do options+=(--option="$setting"); done < <(settings_of dc2)
    in_domain dc2 samba-tool domain join $DOMAIN DC --configfile="$state/smb.conf" --targetdir="$state/dc" \
        -U "$ADMINISTRATOR%$PASSWORD" --server=dc1.$DOMAIN --dns-backend=SAMBA_INTERNAL \
        --option="dns forwarder=" "${options[@]}"
}

# settings_of HOST: the lines "name = value" of its configuration that a controller's own does not know otherwise.
settings_of() { grep -E '^[a-z].*=' "$(lab_dir)/$1/smb.conf" | grep -vE '^(workgroup|realm|netbios name) '; }

# start_controller HOST ADDRESS
start_controller() {
    start_in_domain "$1" "samba-$1" samba --foreground --model=prefork --no-process-group --debug-stdout \
        --configfile="$(lab_dir)/$1/dc/etc/smb.conf"
    local port
    for port in 135 389 445 88 53; do lab_wait_for_port "$1" tcp "$2" $port; done
}

join_member() {
    in_domain member net ads join --configfile="$(lab_dir)/member/smb.conf" -U "$ADMINISTRATOR%$PASSWORD" \
        -S dc1.$DOMAIN --no-dns-updates
}
