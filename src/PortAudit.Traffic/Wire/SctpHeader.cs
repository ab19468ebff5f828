namespace PortAudit.Traffic.Wire;

/// <summary>An SCTP common header (RFC 9260 §3.1), viewed in place; chunks are payload.</summary>
internal readonly ref struct SctpHeader
{
    /// <summary>Length of the common header, in bytes.</summary>
    public const int HeaderLength = 12;

    private readonly ReadOnlySpan<byte> _bytes;

    private SctpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole common header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SctpHeader header, out ParseError error)
    {
        header = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        header = new SctpHeader(bytes);
        return true;
    }

    /// <summary>The captured chunks.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
