using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dtls;

/// <summary>An encrypted DTLS 1.3 record with a length and without connection identifier (RFC 9147 §4), viewed in
/// place. Other header forms have nothing to verify.</summary>
internal readonly ref struct DtlsCiphertext
{
    /// <summary>Length of the shortest header with a length, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>Smallest content: one type byte and an authentication tag of at least eight.</summary>
    private const int LeastContent = 9;

    private const byte ConnectionIdBit = 0x10;
    private const byte LongSequenceBit = 0x08;
    private const byte LengthBit = 0x04;

    private readonly ReadOnlySpan<byte> _bytes;

    private DtlsCiphertext(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold such a header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DtlsCiphertext record, out ParseError error)
    {
        record = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && (!IsCiphertext(bytes[0]) || (bytes[0] & (ConnectionIdBit | LengthBit)) != LengthBit))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength || bytes.Length < HeaderLength + SequenceExcess(bytes[0]))
            return false;
        error = ParseError.BadLength;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 + SequenceExcess(bytes[0]))..]) is < LeastContent
            or > DtlsRecord.MaximumLength)
            return false;
        record = new DtlsCiphertext(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>True for the first byte of any encrypted record of DTLS 1.3.</summary>
    public static bool IsCiphertext(byte first) => first >> 5 == 1;

    /// <summary>The first byte: form of the header and the epoch's last bits.</summary>
    public byte Form => _bytes[0];

    /// <summary>Length of the record including its header, in bytes.</summary>
    public int TotalLength => HeaderLength + SequenceExcess(Form)
        + BinaryPrimitives.ReadUInt16BigEndian(_bytes[(2 + SequenceExcess(Form))..]);

    private static int SequenceExcess(byte form) => (form & LongSequenceBit) != 0 ? 1 : 0;
}
