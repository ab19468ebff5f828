using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A redundancy tag after its type, with the type of the payload, viewed in place: High-availability Seamless
/// Redundancy (IEC 62439-3 §5.7), or the R-TAG (IEEE 802.1CB §7.8), which has the same form. Identifies copies of a
/// frame on two paths.</summary>
internal readonly ref struct RedundancyTag : ILinkHeader<RedundancyTag>
{
    /// <summary>Length of the tag and the next type, in bytes.</summary>
    public const int HeaderLength = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private RedundancyTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RedundancyTag tag, out ParseError error)
    {
        tag = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        tag = new RedundancyTag(bytes);
        return true;
    }

    int IWireHeader<RedundancyTag>.HeaderLength => HeaderLength;

    /// <summary>Frame number, shared by its copies.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <inheritdoc/>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
