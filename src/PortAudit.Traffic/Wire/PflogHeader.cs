namespace PortAudit.Traffic.Wire;

/// <summary>The header written by BSD's packet filter before a logged packet (LINKTYPE_PFLOG, tcpdump.org/linktypes;
/// pflog(4)), viewed in place.</summary>
internal readonly ref struct PflogHeader : ILinkHeader<PflogHeader>
{
    // All systems share the fields up to the rule numbers and their users; later ones differ.
    private const int MinimumLength = 45;
    private const int Alignment = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private PflogHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header. A length below 45 is
    /// <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PflogHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new PflogHeader(bytes);
        return true;
    }

    /// <summary>Length of the header including padding, which its length field excludes, in bytes.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <inheritdoc/>
    public ushort EtherType => BsdAddressFamily.ToEtherType(_bytes[1]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [< MinimumLength, ..])
            return ParseError.BadLength;
        return bytes.IsEmpty || bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => (bytes[0] + Alignment - 1) & -Alignment;
}
