#!/usr/bin/python3
"""Asks a domain controller's DNSSERVER interface for the kind of its server, over TCP, at an authentication level, by
Kerberos or NTLM.

    ask_dns_server.py SERVER sign|seal kerberos|ntlm CONFIGURATION USER PASSWORD
"""

import sys

from samba import credentials, param
from samba.dcerpc import dnsserver


def main(server, level, method, configuration, user, password):
    settings = param.LoadParm(configuration)
    who = credentials.Credentials()
    who.guess(settings)
    who.set_username(user)
    who.set_password(password)
    who.set_kerberos_state(credentials.MUST_USE_KERBEROS if method == "kerberos" else credentials.DONT_USE_KERBEROS)
    connection = dnsserver.dnsserver(f"ncacn_ip_tcp:{server}[{level}]", settings, who)
    print(connection.DnssrvQuery2(dnsserver.DNS_CLIENT_VERSION_LONGHORN, 0, server, None, "ServerInfo")[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
