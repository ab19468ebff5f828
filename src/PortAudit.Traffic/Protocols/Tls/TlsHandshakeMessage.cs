namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>A handshake message (RFC 5246 §7.4), reassembled from records.</summary>
internal readonly ref struct TlsHandshakeMessage
{
    /// <summary>Length of the header: type and a length of three bytes.</summary>
    public const int HeaderLength = 4;

    public TlsHandshakeMessage(TlsMessageType type, int length, ReadOnlySpan<byte> body)
    {
        Type = type;
        Length = length;
        Body = body;
    }

    /// <summary>Type; may be another than those named.</summary>
    public TlsMessageType Type { get; }

    /// <summary>Length of the body according to the header, in bytes.</summary>
    public int Length { get; }

    /// <summary>The body as far as present and fitting the reader's buffer; valid until the reader continues.</summary>
    public ReadOnlySpan<byte> Body { get; }
}
