# What the hosts of the behaviour lab do. Sourced by behaviour.sh.
# shellcheck shell=bash
#
# Each function NAME makes traffic of one kind between a client and $SERVER on $PORT for about $SECONDS, in its own
# directory $STATE, and ends what it started (started). KINDS says of which kind, and which tool's group it is in.

# SCENARIO -> kind, tool.
declare -rA KINDS=(
    [voice_ffmpeg]="voice ffmpeg" [voice_ffmpeg_one_way]="voice ffmpeg" [voice_opus]="voice gstreamer"
    [voice_srtp]="voice gstreamer" [voice_gsm]="voice gstreamer" [voice_webrtc]="voice aiortc"
    [voice_turn]="voice turnutils"
    [video_ffmpeg]="video ffmpeg" [video_mpegts]="video ffmpeg-ts" [video_vp8]="video gstreamer"
    [video_h264]="video gstreamer" [video_webrtc]="video aiortc"
    [desktop_tigervnc]="remote-desktop tigervnc" [desktop_x11vnc]="remote-desktop x11vnc"
    [desktop_rdp]="remote-desktop freerdp" [desktop_xpra]="remote-desktop xpra"
    [bulk_scp]="bulk-transfer openssh" [bulk_rsync]="bulk-transfer rsync" [bulk_ftp]="bulk-transfer vsftpd"
    [bulk_smb]="bulk-transfer samba" [bulk_netcat]="bulk-transfer netcat"
    [shell_openssh]="interactive-shell openssh" [shell_dropbear]="interactive-shell dropbear"
    [shell_mosh]="interactive-shell mosh" [shell_telnet]="interactive-shell telnetd"
    [web_chromium]="web chromium-nginx" [web_curl]="web curl-lighttpd"
    [tunnel_openvpn_udp]="tunnel openvpn" [tunnel_openvpn_tcp]="tunnel openvpn" [tunnel_wireguard]="tunnel wireguard"
    [tunnel_ssh]="tunnel openssh" [tunnel_tinc]="tunnel tinc"
    [ask_redis]="request-response redis" [ask_postgres]="request-response postgresql"
    [ask_mariadb]="request-response mariadb" [ask_dns]="request-response dnsmasq"
    [ask_ldap]="request-response slapd")

# The recorded traffic where it is not that of $PORT.
declare -rA FILTERS=(
    [voice_webrtc]=udp [video_webrtc]=udp [bulk_ftp]="tcp and not port @PORT@" [shell_mosh]=udp
    [voice_turn]=udp)

started=()
# start HOST COMMAND…: until the scenario ends. In a session of its own, as in lab_start.
start() {
    setsid ip netns exec "$(lab_namespace "$1")" "${@:2}" >> "$STATE/log" 2>&1 < /dev/null &
    started+=($!)
}

on_client() { lab_in client timeout "$((SECONDS_EACH + 30))" "$@" >> "$STATE/log" 2>&1 < /dev/null; }

# open_port: waits until the server listens.
open_port() {
    for _ in {1..80}; do
        [[ -z $(lab_in server ss -Hln "--${1:-tcp}" "sport = :$PORT") ]] || return 0
        sleep 0.1
    done
    return 1
}

# --- voice and video --------------------------------------------------------------------------------

readonly NOISE="anoisesrc=color=pink:amplitude=0.3,tremolo=f=3"
readonly PICTURE="testsrc2=size=640x480:rate=25,noise=alls=10:allf=t"

both_ways() { # COMMAND: runs a sender on each side
    "$1" server "$SERVER" "$PORT" "$CLIENT" "$((PORT + 1))" & local other=$!
    "$1" client "$CLIENT" "$((PORT + 1))" "$SERVER" "$PORT"
    wait "$other"
}

send_g711() {
    local codec=pcm_mulaw
    ((ROUND % 2)) || codec=pcm_alaw
    lab_in "$1" timeout "$SECONDS_EACH" ffmpeg -nostdin -v error -re -f lavfi -i "$NOISE" -ac 1 \
        -af aresample=8000,asetnsamples=n=160 -c:a $codec \
        -f rtp "rtp://$4:$5?localaddr=$2&localrtpport=$3&pkt_size=172" >> "$STATE/log" 2>&1 || true
}
voice_ffmpeg() { both_ways send_g711; }
voice_ffmpeg_one_way() { send_g711 client "$CLIENT" "$((PORT + 1))" "$SERVER" "$PORT"; }

gst() { # HOST ADDRESS PORT PEER PORT ELEMENT…
    # shellcheck disable=SC2086 # a pipeline is many words
    lab_in "$1" timeout "$SECONDS_EACH" gst-launch-1.0 -q ${*:6} ! udpsink host="$4" port="$5" bind-address="$2" \
        bind-port="$3" >> "$STATE/log" 2>&1 || true
}
speech() {
    echo "audiotestsrc is-live=true wave=pink-noise volume=0.3 samplesperbuffer=$1 ! audio/x-raw,rate=$2,channels=1"
}
send_opus() { gst "$@" "$(speech 960 48000) ! opusenc frame-size=20 ! rtpopuspay"; }
send_srtp() {
    gst "$@" "$(speech 160 8000) ! alawenc ! rtppcmapay max-ptime=20000000 min-ptime=20000000 ! srtpenc" \
        "key=$(printf '%060d' 7)"
}
send_gsm() { gst "$@" "$(speech 160 8000) ! gsmenc ! rtpgsmpay"; }
voice_opus() { both_ways send_opus; }
voice_srtp() { both_ways send_srtp; }
voice_gsm() { both_ways send_gsm; }

webrtc() {
    start server /usr/bin/python3 "$SCENARIO/webrtc.py" answer "$1" "$SERVER" "$STATE" "$SECONDS_EACH"
    on_client /usr/bin/python3 "$SCENARIO/webrtc.py" offer "$1" "$CLIENT" "$STATE" "$SECONDS_EACH"
}
voice_webrtc() { webrtc audio; }
video_webrtc() { webrtc video; }

# Frames of a call through a relay that is spoken to over UDP.
voice_turn() {
    start server turnserver -n --no-cli --no-tls --no-dtls --lt-cred-mech -u phone:secret -r lab -L "$SERVER" \
        -p "$PORT" --min-port 61000 --max-port 64000 --allow-loopback-peers --pidfile "$STATE/pid" -l stdout \
        --userdb "$STATE/db"
    start server turnutils_peer -L "$SERVER" -p 3480
    open_port udp
    on_client turnutils_uclient -u phone -w secret -p "$PORT" -e "$SERVER" -r 3480 -c -m 1 -l 172 -z 20 \
        -n "$((SECONDS_EACH * 50))" "$SERVER"
}

send_video() {
    lab_in "$1" timeout "$SECONDS_EACH" ffmpeg -nostdin -v error -re -f lavfi -i "$PICTURE" -c:v libx264 \
        -preset ultrafast -tune zerolatency -b:v "$((200 + RANDOM % 1500))k" -f rtp \
        "rtp://$4:$5?localaddr=$2&localrtpport=$3&pkt_size=1200" >> "$STATE/log" 2>&1 || true
}
video_ffmpeg() {
    if ((ROUND % 2)); then both_ways send_video; else send_video client "$CLIENT" "$((PORT + 1))" "$SERVER" "$PORT"; fi
}
video_mpegts() {
    lab_in client timeout "$SECONDS_EACH" ffmpeg -nostdin -v error -re -f lavfi -i "$PICTURE" -c:v libx264 \
        -preset ultrafast -b:v 800k -f mpegts "udp://$SERVER:$PORT?pkt_size=1316" >> "$STATE/log" 2>&1 || true
}
film() { echo "videotestsrc is-live=true pattern=$1 ! video/x-raw,width=480,height=360,framerate=25/1"; }
send_vp8() {
    gst "$@" "$(film ball) ! vp8enc deadline=1 target-bitrate=$((200000 + RANDOM * 20)) ! rtpvp8pay mtu=1200"
}
send_h264() {
    gst "$@" "$(film smpte) ! x264enc tune=zerolatency speed-preset=1 bitrate=$((200 + RANDOM % 1000)) ! rtph264pay"
}
video_vp8() { both_ways send_vp8; }
video_h264() { send_h264 client "$CLIENT" "$((PORT + 1))" "$SERVER" "$PORT"; }

# --- remote desktop ---------------------------------------------------------------------------------

screen() { # HOST NUMBER: a screen on which things move
    start "$1" Xvfb ":$2" -screen 0 800x600x24 -nolisten tcp
    sleep 1.5
}
busy() { # HOST NUMBER
    start "$1" env DISPLAY=":$2" xterm -geometry 90x30 -e sh -c \
        'while :; do ls -l /usr/bin | tail -$((RANDOM % 30 + 5)); sleep 1.$((RANDOM % 9)); done'
    start "$1" env DISPLAY=":$2" xeyes -geometry 200x150+550+50
    ((ROUND % 2)) || start "$1" env DISPLAY=":$2" ico -sleep 0.15 -geometry 200x200+550+300
}
# A person at the viewer's screen: moves, clicks, types.
person() {
    local end=$((SECONDS + SECONDS_EACH))
    while ((SECONDS < end)); do
        for _ in {1..8}; do
            lab_in client env DISPLAY=":$1" xdotool mousemove $((RANDOM % 780)) $((RANDOM % 580)) \
                >> "$STATE/log" 2>&1 || true
            sleep 0.0$((RANDOM % 9))
        done
        lab_in client env DISPLAY=":$1" timeout 5 xdotool type --delay 120 "some words " >> "$STATE/log" 2>&1 || true
        sleep $((RANDOM % 3))
    done
}
view() { # COMMAND…
    screen client $((DISPLAY_BASE + 1))
    start client env DISPLAY=":$((DISPLAY_BASE + 1))" HOME="$STATE" "$@"
    person $((DISPLAY_BASE + 1))
}
desktop_tigervnc() {
    start server Xtigervnc ":$DISPLAY_BASE" -rfbport "$PORT" -SecurityTypes None -geometry 800x600
    open_port
    busy server "$DISPLAY_BASE"
    view xtigervncviewer "$SERVER::$PORT"
}
desktop_x11vnc() {
    screen server "$DISPLAY_BASE"
    busy server "$DISPLAY_BASE"
    start server x11vnc -display ":$DISPLAY_BASE" -rfbport "$PORT" -nopw -forever -quiet -noxdamage
    open_port
    view xtigervncviewer "$SERVER::$PORT"
}
desktop_rdp() {
    screen server "$DISPLAY_BASE"
    busy server "$DISPLAY_BASE"
    start server env DISPLAY=":$DISPLAY_BASE" HOME="$STATE" freerdp-shadow-cli "/port:$PORT" -auth
    open_port
    view xfreerdp "/v:$SERVER:$PORT" /cert:ignore /u:a /p:b /sec:tls
}
desktop_xpra() {
    start server env HOME="$STATE" XDG_RUNTIME_DIR="$STATE" xpra start ":$DISPLAY_BASE" --daemon=no --mdns=no \
        --bind-tcp="0.0.0.0:$PORT" --start="xterm -e top -d 1" --html=off --notifications=no --pulseaudio=no
    open_port
    view env XDG_RUNTIME_DIR="$STATE" xpra attach "tcp://$SERVER:$PORT/"
}

# --- files ------------------------------------------------------------------------------------------

a_file() { head -c $((300000 + RANDOM * 150)) /dev/urandom > "$STATE/file"; }
secure_shell() { # OPTION…: an SSH server that lets the key in
    ssh-keygen -q -t ed25519 -N '' -f "$STATE/host"
    ssh-keygen -q -t ed25519 -N '' -f "$STATE/key"
    mkdir -p /run/sshd
    start server /usr/sbin/sshd -D -e -f /dev/null -h "$STATE/host" -p "$PORT" -o "AuthorizedKeysFile=$STATE/key.pub" \
        -o StrictModes=no -o UsePAM=no -o PidFile=none -o "Subsystem=sftp internal-sftp"
    open_port
}
SSH_OPTIONS=(-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR)
bulk_scp() {
    secure_shell
    a_file
    local from=root@$SERVER:$STATE/file to=$STATE/copy
    ((ROUND % 2)) || { from=$STATE/file; to=root@$SERVER:$STATE/copy; }
    for _ in 1 2; do on_client scp -F /dev/null -i "$STATE/key" "${SSH_OPTIONS[@]}" -P "$PORT" "$from" "$to"; done
}
bulk_rsync() {
    a_file
    printf 'use chroot = no\n[files]\npath = %s\nread only = no\nuid = root\ngid = root\n' "$STATE" > "$STATE/conf"
    start server rsync --daemon --no-detach "--config=$STATE/conf" "--port=$PORT"
    open_port
    for _ in 1 2; do
        if ((ROUND % 2)); then on_client rsync -I --whole-file "rsync://$SERVER:$PORT/files/file" "$STATE/copy"
        else on_client rsync -I --whole-file "$STATE/file" "rsync://$SERVER:$PORT/files/copy"; fi
    done
}
bulk_ftp() {
    a_file
    mkdir -p "$STATE/empty" "$STATE/root/in"
    chmod 777 "$STATE/root/in"
    chmod 755 "$STATE"
    mv "$STATE/file" "$STATE/root/in/file"
    cat > "$STATE/conf" << CONF
listen=YES
listen_port=$PORT
anonymous_enable=YES
anon_root=$STATE/root
anon_upload_enable=YES
write_enable=YES
allow_writeable_chroot=YES
seccomp_sandbox=NO
secure_chroot_dir=$STATE/empty
background=NO
no_anon_password=YES
CONF
    start server /usr/sbin/vsftpd "$STATE/conf"
    open_port
    for _ in 1 2; do
        if ((ROUND % 2)); then on_client curl -s -o "$STATE/copy" "ftp://$SERVER:$PORT/in/file"
        else on_client curl -s -T "$STATE/root/in/file" "ftp://$SERVER:$PORT/in/copy$RANDOM"; fi
    done
}
bulk_smb() {
    a_file
    chmod 777 "$STATE" "$STATE/file"
    cat > "$STATE/conf" << CONF
[global]
smb ports = $PORT
map to guest = Bad User
guest account = root
private dir = $STATE
state directory = $STATE
cache directory = $STATE
lock directory = $STATE
pid directory = $STATE
ncalrpc dir = $STATE/nc
log file = $STATE/smb
load printers = no
disable spoolss = yes
[files]
path = $STATE
guest ok = yes
writable = yes
CONF
    start server smbd -F --no-process-group -s "$STATE/conf"
    open_port
    local what="get file $STATE/copy"
    ((ROUND % 2)) || what="put $STATE/file copy"
    for _ in 1 2; do on_client smbclient -p "$PORT" -N "//$SERVER/files" -c "$what"; done
}
bulk_netcat() {
    a_file
    start server busybox nc -l -p "$PORT" -e sh -c \
        "if [ $((ROUND % 2)) = 1 ]; then cat $STATE/file; else cat > $STATE/copy; fi"
    open_port
    # The client hangs up when the file has passed.
    lab_in client timeout 20 sh -c "if [ $((ROUND % 2)) = 1 ]; then busybox nc $SERVER $PORT > /dev/null < /dev/null; \
        else busybox nc $SERVER $PORT < $STATE/file; fi" >> "$STATE/log" 2>&1
}

# --- a command line ---------------------------------------------------------------------------------

types() { on_client python3 "$SCENARIO/typist.py" "$SECONDS_EACH" "$RANDOM" "$@"; }
shell_openssh() {
    secure_shell
    types ssh -F /dev/null -i "$STATE/key" "${SSH_OPTIONS[@]}" -p "$PORT" "root@$SERVER"
}
shell_dropbear() {
    secure_shell
    rm -f "$STATE/key" "$STATE/key.pub"
    dropbearkey -t ed25519 -f "$STATE/key" | grep '^ssh-' > "$STATE/key.pub"
    types dbclient -y -y -i "$STATE/key" -p "$PORT" "root@$SERVER"
}
shell_mosh() {
    local key
    key=$(lab_in server env LC_ALL=C.UTF-8 mosh-server new -s -i "$SERVER" -p "$PORT" 2>> "$STATE/log" < /dev/null \
        | tr -d '\r' | awk '/MOSH CONNECT/ { print $4 }')
    types env LC_ALL=C.UTF-8 MOSH_KEY="$key" TERM=xterm mosh-client "$SERVER" "$PORT"
}
shell_telnet() {
    start server busybox nc -ll -p "$PORT" -e telnetd -h -E "/bin/bash -i"
    open_port
    types telnet "$SERVER" "$PORT"
}

# --- web --------------------------------------------------------------------------------------------

certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$1" \
        -keyout "$STATE/tls.key" -out "$STATE/tls.crt" 2>> "$STATE/log"
}
web_chromium() {
    certificate lab
    mkdir "$STATE/site"
    python3 "$SCENARIO/pages.py" "$STATE/site" "$RANDOM"
    chmod -R a+rX "$STATE"
    cat > "$STATE/conf" << CONF
daemon off; pid $STATE/pid; error_log stderr; events {} user root;
http {
    access_log off; client_body_temp_path $STATE/a; proxy_temp_path $STATE/b; fastcgi_temp_path $STATE/c;
    uwsgi_temp_path $STATE/d; scgi_temp_path $STATE/e;
    server { listen $PORT ssl http2; ssl_certificate $STATE/tls.crt; ssl_certificate_key $STATE/tls.key;
             root $STATE/site; }
}
CONF
    start server nginx -c "$STATE/conf"
    open_port
    for page in 0 1 2 3; do
        on_client env HOME="$STATE" chromium --headless --no-sandbox --disable-gpu --ignore-certificate-errors \
            --disable-background-networking --timeout=6000 --dump-dom "https://$SERVER:$PORT/page$page.html" || true
    done
}
web_curl() {
    mkdir "$STATE/site"
    python3 "$SCENARIO/pages.py" "$STATE/site" "$RANDOM"
    certificate lab
    cat "$STATE/tls.key" "$STATE/tls.crt" > "$STATE/tls.pem"
    cat > "$STATE/conf" << CONF
server.document-root = "$STATE/site"
server.port = $PORT
server.modules += ("mod_openssl")
ssl.engine = "enable"
ssl.pemfile = "$STATE/tls.pem"
CONF
    start server lighttpd -D -f "$STATE/conf"
    open_port
    visit "https://$SERVER:$PORT" -k
}
# visit URL OPTION…: pages and their parts, with pauses to read.
visit() {
    local page
    for page in 0 1 2 3 4; do
        sed "s|.*|url = \"$1/&\"\noutput = /dev/null|" "$STATE/site/list$page" > "$STATE/urls"
        on_client curl -s --parallel --parallel-max 4 "${@:2}" -o /dev/null "$1/page$page.html" -K "$STATE/urls" || true
        sleep $((RANDOM % 4 + 1))
    done
}

# --- tunnels ----------------------------------------------------------------------------------------

# What passes inside: pages, a file, pings.
inside() { # ADDRESS OPTION…
    mkdir -p "$STATE/site"
    python3 "$SCENARIO/pages.py" "$STATE/site" "$RANDOM"
    start server python3 -m http.server -d "$STATE/site" -b "$1" 8000
    start client ping -i 0.7 "$1"
    sleep 1
    visit "http://$1:8000" "${@:2}"
    if ((ROUND % 2)); then
        head -c 2000000 /dev/urandom > "$STATE/site/large"
        on_client curl -s "${@:2}" -o /dev/null "http://$1:8000/large"
    fi
}
openvpn_over() {
    local inner=10.88.$INDEX
    certificate server
    mv "$STATE/tls.key" "$STATE/s.key"; mv "$STATE/tls.crt" "$STATE/s.crt"
    certificate client
    local common=(--dev-type tun --verb 1 --tls-cert-profile preferred --ifconfig-nowarn --tun-mtu 1400)
    local print_s print_c
    print_s=$(openssl x509 -in "$STATE/s.crt" -noout -fingerprint -sha256 | cut -d= -f2)
    print_c=$(openssl x509 -in "$STATE/tls.crt" -noout -fingerprint -sha256 | cut -d= -f2)
    start server openvpn "${common[@]}" --local "$SERVER" --dev "vs$INDEX" --port "$PORT" \
        --proto "$([[ $1 == udp ]] && echo udp || echo tcp-server)" --tls-server --dh none \
        --ifconfig "$inner.1" "$inner.2" --cert "$STATE/s.crt" --key "$STATE/s.key" --peer-fingerprint "$print_c"
    sleep 1
    start client openvpn "${common[@]}" --dev "vc$INDEX" --remote "$SERVER" "$PORT" --nobind \
        --proto "$([[ $1 == udp ]] && echo udp || echo tcp-client)" --tls-client \
        --ifconfig "$inner.2" "$inner.1" --cert "$STATE/tls.crt" --key "$STATE/tls.key" \
        --peer-fingerprint "$print_s"
    sleep 5
    inside "$inner.1"
}
tunnel_openvpn_udp() { openvpn_over udp; }
tunnel_openvpn_tcp() { openvpn_over tcp; }
tunnel_wireguard() {
    local host inner=10.88.$INDEX
    for host in server client; do
        wg genkey > "$STATE/$host"
        start "$host" env WG_PROCESS_FOREGROUND=1 wireguard-go -f "wg$INDEX${host:0:1}"
    done
    sleep 1.5
    lab_in server wg set "wg${INDEX}s" listen-port "$PORT" private-key "$STATE/server" \
        peer "$(wg pubkey < "$STATE/client")" allowed-ips "$inner.2/32"
    lab_in client wg set "wg${INDEX}c" private-key "$STATE/client" peer "$(wg pubkey < "$STATE/server")" \
        endpoint "$SERVER:$PORT" allowed-ips "$inner.1/32" persistent-keepalive 5
    lab_ip server address add "$inner.1/24" dev "wg${INDEX}s"
    lab_ip client address add "$inner.2/24" dev "wg${INDEX}c"
    lab_ip server link set "wg${INDEX}s" up
    lab_ip client link set "wg${INDEX}c" up
    inside "$inner.1"
}
tunnel_ssh() {
    secure_shell
    start client ssh -F /dev/null -i "$STATE/key" "${SSH_OPTIONS[@]}" -p "$PORT" -N \
        -D "127.0.0.1:$((PORT - 1))" "root@$SERVER"
    sleep 2
    inside 127.0.0.1 --proxy "socks5h://127.0.0.1:$((PORT - 1))"
}
tunnel_tinc() {
    local host other inner=10.88.$INDEX
    for host in server client; do
        mkdir -p "$STATE/$host/hosts"
        printf 'Name = %s\nDeviceType = tun\nInterface = ti%s%s\nAddressFamily = ipv4\n' \
            "$host" "$INDEX" "${host:0:1}" > "$STATE/$host/tinc.conf"
        printf '#!/bin/sh\nip address add %s/24 dev $INTERFACE\nip link set $INTERFACE up\n' \
            "$inner.$([[ $host == server ]] && echo 1 || echo 2)" > "$STATE/$host/tinc-up"
        chmod 755 "$STATE/$host/tinc-up"
        tincd -c "$STATE/$host" -K2048 < /dev/null >> "$STATE/log" 2>&1
    done
    printf 'Address = %s %s\nPort = %s\nSubnet = %s.1/32\n' "$SERVER" "$PORT" "$PORT" "$inner" \
        >> "$STATE/server/hosts/server"
    printf 'Subnet = %s.2/32\n' "$inner" >> "$STATE/client/hosts/client"
    echo "ConnectTo = server" >> "$STATE/client/tinc.conf"
    for host in server client; do
        other=$([[ $host == server ]] && echo client || echo server)
        cp "$STATE/$other/hosts/$other" "$STATE/$host/hosts/"
        start "$host" tincd -c "$STATE/$host" -D --pidfile="$STATE/$host/pid"
    done
    sleep 3
    inside "$inner.1"
}

# --- questions --------------------------------------------------------------------------------------

# questions FORMAT: one line a question, at uneven times, with a number filled in.
questions() {
    local end=$((SECONDS + SECONDS_EACH))
    while ((SECONDS < end)); do
        # shellcheck disable=SC2059 # the format is ours
        for ((i = RANDOM % 4; i >= 0; i--)); do printf "$1\n" $((RANDOM % 100)); done
        sleep "$(((RANDOM % 4) == 0 ? RANDOM % 3 : 0)).$((RANDOM % 10))"
    done
}
ask_redis() {
    start server redis-server --port "$PORT" --bind "$SERVER" --protected-mode no --save '' --dir "$STATE"
    open_port
    { questions 'SET key%d value'; } | lab_in client redis-cli -h "$SERVER" -p "$PORT" > /dev/null
}
ask_postgres() {
    local programs
    programs=$(echo /usr/lib/postgresql/*/bin)
    chmod 755 "$STATE"
    install -d -o postgres "$STATE/data"
    setpriv --reuid postgres --clear-groups "$programs/initdb" -D "$STATE/data" -A trust >> "$STATE/log" 2>&1
    echo "host all all all trust" >> "$STATE/data/pg_hba.conf"
    start server setpriv --reuid postgres --clear-groups "$programs/postgres" -D "$STATE/data" -p "$PORT" -h "$SERVER" \
        -k "$STATE/data"
    open_port
    sleep 1
    questions 'SELECT oid, typname FROM pg_type ORDER BY oid LIMIT %d;' \
        | lab_in client env PGSSLMODE=disable psql -U postgres -h "$SERVER" -p "$PORT" > /dev/null 2>> "$STATE/log"
}
ask_mariadb() {
    chmod 755 "$STATE"
    mariadb-install-db --no-defaults --user=root --datadir="$STATE/data" --auth-root-authentication-method=normal \
        >> "$STATE/log" 2>&1
    start server mariadbd --no-defaults --user=root --datadir="$STATE/data" --port="$PORT" --bind-address=0.0.0.0 \
        --socket="$STATE/socket" --skip-grant-tables --skip-name-resolve
    open_port
    questions 'SELECT help_keyword_id, name FROM mysql.help_keyword LIMIT %d;' \
        | lab_in client mariadb --no-defaults -n --skip-ssl -h "$SERVER" -P "$PORT" > /dev/null 2>> "$STATE/log"
}
ask_dns() {
    start server dnsmasq -k -C /dev/null -p "$PORT" -a "$SERVER" --bind-interfaces -A /lab/10.1.1.1 \
        --pid-file="$STATE/pid" -R -h
    open_port
    for _ in 1 2 3; do
        questions 'name%d.lab A' | head -30 > "$STATE/names" || true
        on_client dig "@$SERVER" -p "$PORT" +tcp +keepopen -f "$STATE/names"
    done
}
ask_ldap() {
    mkdir "$STATE/db"
    cat > "$STATE/conf" << CONF
include /etc/ldap/schema/core.schema
pidfile $STATE/pid
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "dc=lab"
rootdn "cn=admin,dc=lab"
rootpw secret
directory $STATE/db
CONF
    { printf 'dn: dc=lab\nobjectClass: dcObject\nobjectClass: organization\ndc: lab\no: lab\n\n'
      for i in {0..99}; do
          printf 'dn: cn=n%d,dc=lab\nobjectClass: person\ncn: n%d\nsn: name %d\ndescription: a person\n\n' \
              "$i" "$i" "$i"
      done; } > "$STATE/ldif"
    slapadd -f "$STATE/conf" -l "$STATE/ldif" >> "$STATE/log" 2>&1
    start server slapd -f "$STATE/conf" -h "ldap://$SERVER:$PORT" -d 0
    open_port
    questions '%d' | lab_in client ldapsearch -x -H "ldap://$SERVER:$PORT" -b dc=lab -f - '(cn=n%s)' > /dev/null \
        2>> "$STATE/log" || true
}
