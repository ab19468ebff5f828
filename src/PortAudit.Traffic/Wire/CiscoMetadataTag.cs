using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A Cisco MetaData tag after its type (Cisco TrustSec: "layer 2 SGT imposition"), with the type of the
/// payload, viewed in place. Carries the sender's security group on links between switches and firewalls.</summary>
internal readonly ref struct CiscoMetadataTag : ILinkHeader<CiscoMetadataTag>
{
    private const int VersionAndLength = 2;
    private const int NextTypeLength = sizeof(ushort);
    private const byte KnownVersion = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private CiscoMetadataTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag. Another version is
    /// <see cref="ParseError.BadVersion"/>, a tag without options <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out CiscoMetadataTag tag, out ParseError error)
    {
        tag = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        tag = new CiscoMetadataTag(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>Security group of the sender, the value of the first option.</summary>
    public ushort SecurityGroup => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <inheritdoc/>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[(HeaderLength - NextTypeLength)..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [not KnownVersion, ..])
            return ParseError.BadVersion;
        if (bytes.Length < VersionAndLength)
            return ParseError.Incomplete;
        if (bytes[1] == 0)
            return ParseError.BadLength;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    /// <summary>Options are counted in four-byte words.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        VersionAndLength + (bytes[1] * sizeof(uint)) + NextTypeLength;
}
