namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The extensions of a hello that matter for negotiation, found in one pass, as a hello is read again with
/// each segment. The first of a type counts, as in <see cref="TlsExtensions.Find"/>; a missing one is empty.</summary>
internal ref struct TlsHelloTerms
{
    private ReadOnlySpan<byte> _alpn;
    private bool _hasAlpn;
    private bool _hasVersions;
    private bool _hasTicket;

    /// <summary>Content of <c>supported_versions</c>: a client's list, or a server's version.</summary>
    public ReadOnlySpan<byte> Versions { get; private set; }

    /// <summary>Content of <c>session_ticket</c>.</summary>
    public ReadOnlySpan<byte> SessionTicket { get; private set; }

    /// <summary>The names of <c>application_layer_protocol_negotiation</c>.</summary>
    public readonly AlpnNames AlpnNames => AlpnNames.Of(_alpn);

    /// <summary>True when <c>early_data</c> is present.</summary>
    public bool HasEarlyData { get; private set; }

    /// <summary>True when <c>pre_shared_key</c> is present.</summary>
    public bool HasPreSharedKey { get; private set; }

    public static void Find(TlsExtensions extensions, out TlsHelloTerms terms)
    {
        terms = default;
        foreach (var extension in extensions)
            terms.Add(extension.Type, extension.Content);
    }

    private void Add(ushort type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case TlsExtension.SupportedVersions when !_hasVersions:
                Versions = content;
                _hasVersions = true;
                break;
            case TlsExtension.Alpn when !_hasAlpn:
                _alpn = content;
                _hasAlpn = true;
                break;
            case TlsExtension.SessionTicket when !_hasTicket:
                SessionTicket = content;
                _hasTicket = true;
                break;
            case TlsExtension.EarlyData:
                HasEarlyData = true;
                break;
            case TlsExtension.PreSharedKey:
                HasPreSharedKey = true;
                break;
        }
    }
}
