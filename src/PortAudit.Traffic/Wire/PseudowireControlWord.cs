using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The control word of an Ethernet pseudowire (RFC 4385 §3; RFC 4448 §4.6), viewed in place.</summary>
internal readonly ref struct PseudowireControlWord : IWireHeader<PseudowireControlWord>
{
    /// <summary>Length of the word, in bytes.</summary>
    public const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private PseudowireControlWord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when the first nibble and the reserved bits are zero, as required for Ethernet; else
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PseudowireControlWord word, out ParseError error)
    {
        word = default;
        error = bytes.Length < HeaderLength
            ? ParseError.Incomplete
            : BinaryPrimitives.ReadUInt16BigEndian(bytes) != 0 ? ParseError.BadValue : ParseError.None;
        if (error != ParseError.None)
            return false;
        word = new PseudowireControlWord(bytes);
        return true;
    }

    int IWireHeader<PseudowireControlWord>.HeaderLength => HeaderLength;

    /// <summary>Frame number in the pseudowire; 0 when frames are not numbered.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
