using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dtls;

/// <summary>A DTLS record in RFC 6347 §4.1 format (kept by DTLS 1.3 for plaintext, RFC 9147 §4), viewed in
/// place.</summary>
internal readonly ref struct DtlsRecord
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 13;

    /// <summary>Longest content: 2^14 bytes plus compression and encryption overhead (RFC 6347 §4.1).</summary>
    public const int MaximumLength = (1 << 14) + 2048;

    private readonly ReadOnlySpan<byte> _bytes;

    private DtlsRecord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header: a content type, version 1.2, 1.0 or OpenSSL's earlier
    /// 0x0100, and a valid length. The content may be cut; excludes what follows the record.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DtlsRecord record, out ParseError error)
    {
        record = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !IsKnown((DtlsContent)bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadVersion;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) is not (0xFEFD or 0xFEFF or 0x0100))
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(HeaderLength - 2)..]);
        error = ParseError.BadLength;
        if (length is 0 or > MaximumLength)
            return false;
        record = new DtlsRecord(bytes[..Math.Min(bytes.Length, HeaderLength + length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Kind of content.</summary>
    public DtlsContent Type => (DtlsContent)_bytes[0];

    /// <summary>Version of the record, 0x0100 for the one before DTLS 1.0.</summary>
    public ushort Version => BinaryPrimitives.ReadUInt16BigEndian(_bytes[1..]);

    /// <summary>Epoch: 0 before encryption.</summary>
    public ushort Epoch => BinaryPrimitives.ReadUInt16BigEndian(_bytes[3..]);

    /// <summary>Length of the record with its header, in bytes.</summary>
    public int TotalLength => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_bytes[(HeaderLength - 2)..]);

    /// <summary>The content present.</summary>
    public ReadOnlySpan<byte> Content => _bytes[HeaderLength..];

    private static bool IsKnown(DtlsContent type) =>
        type is >= DtlsContent.ChangeCipherSpec and <= DtlsContent.Heartbeat or DtlsContent.Acknowledgement;
}
