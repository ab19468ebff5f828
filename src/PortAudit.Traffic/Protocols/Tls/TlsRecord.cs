using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>A TLS record (RFC 8446 §5.1, RFC 5246 §6.2.1), viewed in place.</summary>
internal readonly ref struct TlsRecord
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 5;

    /// <summary>Longest fragment: 2^14 bytes plus encryption overhead (RFC 5246 §6.2.3).</summary>
    public const int MaximumFragment = (1 << 14) + 2048;

    private const byte MajorVersion = 3;
    private const byte NewestMinorVersion = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private TlsRecord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> begin with a record's header. The fragment may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TlsRecord record, out ParseError error)
    {
        record = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && bytes[0] is < (byte)TlsContent.ChangeCipherSpec or > (byte)TlsContent.ApplicationData)
            return false;
        error = ParseError.BadVersion;
        if ((bytes.Length > 1 && bytes[1] != MajorVersion) || (bytes.Length > 2 && bytes[2] > NewestMinorVersion))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        error = ParseError.BadLength;
        if (length is 0 or > MaximumFragment)
            return false;
        record = new TlsRecord(bytes[..Math.Min(bytes.Length, HeaderLength + length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Content type.</summary>
    public TlsContent Content => (TlsContent)_bytes[0];

    /// <summary>Version of the record layer.</summary>
    public ushort Version => BinaryPrimitives.ReadUInt16BigEndian(_bytes[1..]);

    /// <summary>Length of the record including its header, in bytes.</summary>
    public int TotalLength => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_bytes[3..]);

    public bool IsCut => _bytes.Length < TotalLength;

    /// <summary>The captured fragment.</summary>
    public ReadOnlySpan<byte> Fragment => _bytes[HeaderLength..];
}
