namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>One extension of a hello (RFC 8446 §4.2), viewed in place.</summary>
internal readonly ref struct TlsExtension
{
    /// <summary><c>server_name</c> (RFC 6066 §3).</summary>
    public const ushort ServerName = 0;

    /// <summary><c>supported_groups</c> (RFC 8446 §4.2.7), once <c>elliptic_curves</c>.</summary>
    public const ushort SupportedGroups = 10;

    /// <summary><c>ec_point_formats</c> (RFC 8422 §5.1.2).</summary>
    public const ushort PointFormats = 11;

    /// <summary><c>signature_algorithms</c> (RFC 8446 §4.2.3).</summary>
    public const ushort SignatureAlgorithms = 13;

    /// <summary><c>application_layer_protocol_negotiation</c> (RFC 7301 §3.1).</summary>
    public const ushort Alpn = 16;

    /// <summary><c>session_ticket</c> (RFC 5077 §3.2).</summary>
    public const ushort SessionTicket = 35;

    /// <summary><c>pre_shared_key</c> (RFC 8446 §4.2.11).</summary>
    public const ushort PreSharedKey = 41;

    /// <summary><c>early_data</c> (RFC 8446 §4.2.10).</summary>
    public const ushort EarlyData = 42;

    /// <summary><c>supported_versions</c> (RFC 8446 §4.2.1).</summary>
    public const ushort SupportedVersions = 43;

    public TlsExtension(ushort type, ReadOnlySpan<byte> content)
    {
        Type = type;
        Content = content;
    }

    /// <summary>Type; may be another than those named.</summary>
    public ushort Type { get; }

    public ReadOnlySpan<byte> Content { get; }
}
