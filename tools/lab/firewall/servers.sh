# The servers of the firewall lab. Sourced by firewall.sh.
# shellcheck shell=bash

start_servers() {
    start_web web1 80 8086
    start_web web2 80
    start_sshd
    start_proxy
    lab_start dns dnsmasq dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --group=root --pid-file= \
        --listen-address="${ADDRESSES[dns]}" --bind-interfaces --no-resolv --no-hosts --local=/test/ \
        --host-record=www.contoso.test,"${ADDRESSES[web1]}"
    lab_wait_for_port dns udp "${ADDRESSES[dns]}" 53
}

# start_web HOST PORT…
start_web() {
    local host=$1 state port listens=''
    shift
    state=$(lab_state "nginx-$host")
    mkdir "$state/www"
    seq -f 'line %g' 20 > "$state/www/index.html"
    for port in "$@"; do listens+="listen ${ADDRESSES[$host]}:$port; "; done
    lab_render "$SCENARIO/nginx.conf.in" STATE="$state" LISTENS="$listens" > "$state/nginx.conf"
    lab_start "$host" "nginx-$host" nginx -p "$state" -c "$state/nginx.conf"
    for port in "$@"; do lab_wait_for_port "$host" tcp "${ADDRESSES[$host]}" "$port"; done
}

start_sshd() {
    local state
    state=$(lab_state ssh)
    ssh-keygen -q -t ed25519 -N '' -C lab -f "$state/host"
    # sshd insists on the directory /run/sshd: it sees the state directory as its /run.
    mkdir "$state/sshd"
    # shellcheck disable=SC2016
    lab_start web1 sshd unshare --mount sh -c 'mount --bind "$0" /run && exec "$@"' "$state" \
        "$(command -v sshd)" -D -e -f /dev/null -p 22 -o ListenAddress="${ADDRESSES[web1]}" -h /run/host \
        -o PidFile=none -o UsePAM=no -o UseDNS=no
    lab_wait_for_port web1 tcp "${ADDRESSES[web1]}" 22
}

# A proxy that lets nobody go anywhere.
start_proxy() {
    local state
    state=$(lab_state proxy)
    echo 'nowhere' > "$state/allowed"
    lab_render "$SCENARIO/tinyproxy.conf.in" STATE="$state" ADDRESS="${ADDRESSES[web1]}" > "$state/tinyproxy.conf"
    lab_start web1 tinyproxy tinyproxy -d -c "$state/tinyproxy.conf"
    lab_wait_for_port web1 tcp "${ADDRESSES[web1]}" 3128
}
