namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>One handshake message (RFC 5246 §7.4), put together from its records.</summary>
internal readonly ref struct TlsHandshakeMessage
{
    /// <summary>Length of the header: type and a length of three bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>Makes the view.</summary>
    public TlsHandshakeMessage(TlsMessageType type, int length, ReadOnlySpan<byte> body)
    {
        Type = type;
        Length = length;
        Body = body;
    }

    /// <summary>Type, which need not be one of those named.</summary>
    public TlsMessageType Type { get; }

    /// <summary>Length of the body by the header, in bytes.</summary>
    public int Length { get; }

    /// <summary>The body as far as it was seen and fits the reader's scratch space; valid until the reader goes
    /// on.</summary>
    public ReadOnlySpan<byte> Body { get; }
}
