namespace PortAudit.Traffic.Wire;

/// <summary>An FDDI frame (ISO 9314-2; LINKTYPE_FDDI, tcpdump.org/linktypes), viewed in place.</summary>
internal readonly ref struct FddiFrame : ILinkHeader<FddiFrame>
{
    /// <summary>Length of frame control and both addresses, in bytes.</summary>
    public const int HeaderLength = 13;

    // Asynchronous LLC frames have 0x50 to 0x57, synchronous ones 0xD0 to 0xD7.
    private const byte KindMask = 0x70;
    private const byte Llc = 0x50;

    private readonly ReadOnlySpan<byte> _bytes;

    private FddiFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out FddiFrame frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new FddiFrame(bytes);
        return true;
    }

    int IWireHeader<FddiFrame>.HeaderLength => HeaderLength;

    /// <summary>Logical link control; <see cref="Wire.EtherType.None"/> for station management, tokens and
    /// others.</summary>
    public ushort EtherType => (_bytes[0] & KindMask) == Llc ? Wire.EtherType.Llc : Wire.EtherType.None;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
