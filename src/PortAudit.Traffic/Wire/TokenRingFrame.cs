namespace PortAudit.Traffic.Wire;

/// <summary>A Token Ring frame (IEEE 802.5 §3.2) with its source route (IEEE 802.1D-1998 annex C.3.3), viewed in
/// place.</summary>
internal readonly ref struct TokenRingFrame : ILinkHeader<TokenRingFrame>
{
    // Access control, frame control and both addresses.
    private const int FixedLength = 14;
    private const int SourceOffset = 8;
    private const byte RouteFollows = 0x80;
    private const byte RouteLengthMask = 0x1F;
    private const int RouteControlLength = 2;
    private const byte KindMask = 0xC0;
    private const byte Llc = 0x40;

    private readonly ReadOnlySpan<byte> _bytes;

    private TokenRingFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header and route. A route of odd length or without its
    /// control field is <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TokenRingFrame frame, out ParseError error)
    {
        frame = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        frame = new TokenRingFrame(bytes);
        return true;
    }

    /// <summary>Length of the header and of the route, in bytes: 14 to 44.</summary>
    public int HeaderLength => FixedLength + RouteLengthOf(_bytes);

    /// <summary>Logical link control; <see cref="Wire.EtherType.None"/> for MAC frames.</summary>
    public ushort EtherType => (_bytes[1] & KindMask) == Llc ? Wire.EtherType.Llc : Wire.EtherType.None;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength)
            return ParseError.Incomplete;
        if ((bytes[SourceOffset] & RouteFollows) == 0)
            return ParseError.None;
        if (bytes.Length < FixedLength + RouteControlLength)
            return ParseError.Incomplete;
        var route = RouteLengthOf(bytes);
        if (route < RouteControlLength || route % 2 != 0)
            return ParseError.BadLength;
        return bytes.Length < FixedLength + route ? ParseError.Incomplete : ParseError.None;
    }

    private static int RouteLengthOf(ReadOnlySpan<byte> bytes) =>
        (bytes[SourceOffset] & RouteFollows) != 0 ? bytes[FixedLength] & RouteLengthMask : 0;
}
