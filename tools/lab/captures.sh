# What the scenarios' checks of captures share. Sourced by them; $directory is where the captures are.
# shellcheck shell=bash
: "${directory:?set it first}"

# frames CAPTURE OPTION…: tshark without names and without its warning about root.
frames() { tshark -n -r "$directory/$1" "${@:2}" 2> >(grep -v 'Running as user' >&2 || true); }

failures=0
fail() {
    echo "check: $*" >&2
    failures=$((failures + 1))
}

# require_sound CAPTURE: no frame may be damaged or cut.
require_sound() {
    local damaged
    damaged=$(frames "$1" -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE \
        -Y 'ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0
            || frame.cap_len < frame.len')
    [[ -z $damaged ]] || fail "$1: damaged frames: $(head -5 <<< "$damaged")"
}
