namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Which service an ALPN name stands for (IANA "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs").</summary>
internal static class AlpnService
{
    /// <summary>The service of one name: a registry name where there is one; null for a name that says nothing to us.</summary>
    public static string? Of(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.StartsWith("h2"u8) || name.StartsWith("http/"u8) || name.StartsWith("spdy/"u8) => "http",
        _ when name.SequenceEqual("sip/2"u8) || name.SequenceEqual("sip"u8) => "sip",
        _ when name.SequenceEqual("xmpp-client"u8) || name.SequenceEqual("xmpp-server"u8) => "xmpp",
        _ when name.SequenceEqual("imap"u8) => "imap",
        _ when name.SequenceEqual("pop3"u8) => "pop",
        _ when name.SequenceEqual("ftp"u8) => "ftp",
        _ when name.SequenceEqual("nntp"u8) => "nntp",
        _ when name.SequenceEqual("stun.turn"u8) || name.SequenceEqual("stun.nat-discovery"u8) => "stun",
        _ when name.SequenceEqual("dot"u8) => "dns",
        _ when name.SequenceEqual("smb"u8) => "smb2",
        _ when name.SequenceEqual("tds/8.0"u8) => "tds",
        _ when name.StartsWith("radius/"u8) => "radius",
        _ when name.SequenceEqual("sunrpc"u8) => "rpc",
        _ when name.SequenceEqual("ntske/1"u8) => "ntske",
        _ => null,
    };

    /// <summary>The service that all offered names stand for; null when they stand for several, or one of them for none that we know.</summary>
    public static string? OfOffer(AlpnNames names)
    {
        string? common = null;
        foreach (var name in names)
        {
            if (AlpnNames.IsGrease(name))
                continue;
            var service = Of(name);
            if (service is null || (common is not null && service != common))
                return null;
            common = service;
        }

        return common;
    }
}
