namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Which service an ALPN name stands for (IANA "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs", and some that are in use without it).</summary>
internal static class AlpnService
{
    /// <summary>The service of one name: a registry name where there is one; null for a name that says nothing to us.</summary>
    public static string? Of(ReadOnlySpan<byte> name) => name switch
    {
        _ when IsHttp(name) => "http",
        _ when name.SequenceEqual("sip/2"u8) || name.SequenceEqual("sip"u8) => "sip",
        _ when name.SequenceEqual("xmpp-client"u8) || name.SequenceEqual("xmpp-server"u8) => "xmpp",
        _ when name.SequenceEqual("stun.turn"u8) || name.SequenceEqual("stun.nat-discovery"u8) => "stun",
        _ when name.SequenceEqual("webrtc"u8) || name.SequenceEqual("c-webrtc"u8) => "webrtc",
        _ when name.SequenceEqual("imap"u8) => "imap",
        _ when name.SequenceEqual("pop3"u8) => "pop",
        _ when name.SequenceEqual("managesieve"u8) => "managesieve",
        _ when name.SequenceEqual("ftp"u8) => "ftp",
        _ when name.SequenceEqual("nntp"u8) || name.SequenceEqual("nnsp"u8) => "nntp",
        _ when name.SequenceEqual("irc"u8) => "irc",
        _ when name.SequenceEqual("dot"u8) || IsDraftOf(name, "doq"u8) => "dns",
        _ when name.SequenceEqual("smb"u8) => "smb2",
        _ when name.SequenceEqual("tds/8.0"u8) => "tds",
        _ when name.SequenceEqual("postgresql"u8) => "pgsql",
        _ when name.SequenceEqual("radius/1.0"u8) || name.SequenceEqual("radius/1.1"u8) => "radius",
        _ when name.SequenceEqual("sunrpc"u8) => "rpc",
        _ when name.SequenceEqual("ntske/1"u8) => "ntske",
        _ when name.SequenceEqual("coap"u8) || name.SequenceEqual("co"u8) => "coap",
        _ when name.SequenceEqual("mqtt"u8) || name.SequenceEqual("x-amzn-mqtt-ca"u8) => "mqtt",
        _ when name.SequenceEqual("dicom"u8) => "dicom",
        _ when name.SequenceEqual("acme-tls/1"u8) => "acme",
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

    /// <summary>Every version of HTTP, and SPDY and gRPC, which are HTTP 2 under older and narrower names.</summary>
    private static bool IsHttp(ReadOnlySpan<byte> name) =>
        name.StartsWith("http/"u8)
        || name.StartsWith("spdy/"u8)
        || IsDraftOf(name, "h2"u8)
        || IsDraftOf(name, "h3"u8)
        || name.SequenceEqual("h2c"u8)
        || name.SequenceEqual("grpc-exp"u8);

    /// <summary>True for a name, and for those of its drafts, which have a <c>-</c> and a number behind it.</summary>
    private static bool IsDraftOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> final) =>
        name.StartsWith(final) && (name.Length == final.Length || name[final.Length] == '-');
}
