# The servers of the passage lab, and what their logs tell. Sourced by passage.sh.
# shellcheck shell=bash

start_servers() {
    local host
    for host in web pub; do
        start_web "$host" 80 8082 8083 8084 8085 8088 8093 8094
        start_dns "$host" --host-record=www.contoso.test,198.51.100.80 --host-record=mail.contoso.test,198.51.100.25
        lab_start "$host" "stream-$host" python3 "$SCENARIO/datagrams.py" serve 0.0.0.0 5004 "$(lab_dir)/streams-$host"
        lab_wait_for_port "$host" udp 0.0.0.0 5004
    done
    # On the device: a page, a resolver that knows one name and asks pub for the others, and proxies.
    start_web fw 8095
    start_dns fw --host-record=gate.contoso.test,10.0.0.1 --server="${ADDRESSES[pub]}"
    local state
    state=$(lab_state nginx-stream)
    lab_render "$SCENARIO/nginx-stream.conf.in" STATE="$state" > "$state/nginx.conf"
    ln -s "$(nginx_modules)" "$state/modules"
    lab_start fw nginx-stream nginx -p "$state" -c "$state/nginx.conf"
    lab_wait_for_port fw tcp "${ADDRESSES[fw]}" 80
    lab_start fw haproxy haproxy -db -f "$SCENARIO/haproxy.cfg"
    lab_wait_for_port fw tcp "${ADDRESSES[fw]}" 81
}

nginx_modules() { nginx -V 2>&1 | sed -n 's/.*--modules-path=\([^ ]*\).*/\1/p'; }

# start_web HOST PORT…
start_web() {
    local host=$1 state port size listens=''
    shift
    state=$(lab_state "nginx-$host")
    mkdir "$state/www"
    for size in 1 2 4 6 8 10 12; do
        head -c $((size * 768)) /dev/urandom | base64 -w 0 > "$state/www/${size}k"
    done
    for port in "$@"; do listens+="listen $port; "; done
    lab_render "$SCENARIO/nginx.conf.in" STATE="$state" LISTENS="$listens" > "$state/nginx.conf"
    lab_start "$host" "nginx-$host" nginx -p "$state" -c "$state/nginx.conf"
    for port in "$@"; do lab_wait_for_port "$host" tcp 0.0.0.0 "$port"; done
}

# start_dns HOST OPTION…
start_dns() {
    local host=$1
    shift
    lab_start "$host" "dns-$host" dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --group=root \
        --pid-file= --no-resolv --no-hosts --log-queries=extra --log-facility="$(lab_dir)/queries-$host" "$@"
    lab_wait_for_port "$host" udp 0.0.0.0 53
}

forget_logs() {
    local host
    for host in web pub; do
        : > "$(lab_dir)/nginx-$host/access.log"
        : > "$(lab_dir)/queries-$host"
        : > "$(lab_dir)/streams-$host"
    done
}

# peers KIND SERVER:PORT: ADDRESS:PORT of each client that the server had, in the order of their arrival.
peers() {
    local host=${SERVERS[${2%:*}]}
    case $1 in
        http) sort -n "$(lab_dir)/nginx-$host/access.log" | awk -v port="${2#*:}" '
            $2 == port && !met[$1]++ { print $3 }' ;;
        dns) awk '/ query\[/ { sub("/", ":", $6); print $6 }' "$(lab_dir)/queries-$host" ;;
        stream) cat "$(lab_dir)/streams-$host" ;;
    esac
}
