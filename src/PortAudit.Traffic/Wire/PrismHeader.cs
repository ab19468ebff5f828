namespace PortAudit.Traffic.Wire;

/// <summary>The monitoring header of Prism cards before an IEEE 802.11 frame (LINKTYPE_IEEE802_11_PRISM,
/// tcpdump.org/linktypes), viewed in place. Radio data is not read.</summary>
internal readonly ref struct PrismHeader : IWireHeader<PrismHeader>
{
    /// <summary>Length of message code and length, device name and ten twelve-byte measurements, in bytes.</summary>
    public const int HeaderLength = 144;

    private readonly ReadOnlySpan<byte> _bytes;

    private PrismHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PrismHeader header, out ParseError error)
    {
        header = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        header = new PrismHeader(bytes);
        return true;
    }

    int IWireHeader<PrismHeader>.HeaderLength => HeaderLength;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
