#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that the lab needs. Run as root.
#
# Installing a server usually starts it. The lab never uses those instances, and neither should this
# machine: the policy-rc.d convention is respected, and what was started can be stopped again.
set -euo pipefail

packages=(
    # the network and the firewall
    iproute2 nftables ethtool
    # recording and checking
    tcpdump tshark
    # certificates, scripts' helpers
    openssl curl iputils-ping python3
    # servers and their clients
    bind9-dnsutils dnsmasq-base
    coturn
    freetds-bin
    kamailio kamailio-tls-modules sip-tester
    nginx-light libnginx-mod-stream
    haproxy
    openssh-client openssh-server
    prosody lua-sec lua-unbound lua-readline
    samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules smbclient winbind python3-samba
    krb5-user ldap-utils
    nmap tinyproxy
    python3-impacket
    tftpd-hpa vsftpd
    # behaviour.sh: media, desktops, files, shells, tunnels, questions
    ffmpeg gstreamer1.0-tools gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
    python3-aiortc
    tigervnc-standalone-server tigervnc-viewer x11vnc xvfb xterm x11-apps xdotool xpra freerdp2-shadow-x11 freerdp2-x11
    rsync busybox dropbear-bin mosh telnet telnetd chromium lighttpd lighttpd-mod-openssl
    openvpn wireguard-go wireguard-tools tinc
    redis-server redis-tools mariadb-server mariadb-client postgresql slapd
)

if [[ $EUID -ne 0 ]]; then
    echo "install.sh: must be run as root" >&2
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends "${packages[@]}"
