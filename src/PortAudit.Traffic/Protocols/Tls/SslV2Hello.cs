using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>A client hello in SSL 2.0 format, in which old clients also offered SSL 3.0 and TLS (RFC 5246 Appendix
/// E.2), viewed in place.</summary>
internal readonly ref struct SslV2Hello
{
    /// <summary>Length up to the cipher list, in bytes.</summary>
    public const int FixedLength = 11;

    private const int LengthPrefix = 2;
    private const byte LengthMark = 0x80;
    private const byte ClientHelloType = 1;
    private const int CipherLength = 3;
    private const int SessionIdLength = 16;
    private const int MinimumChallenge = 16;
    private const int MaximumChallenge = 32;

    private readonly ReadOnlySpan<byte> _bytes;

    private SslV2Hello(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when an SSL 2.0 message may begin here: the top bit of its length is set, unlike a record's
    /// type.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> stream) => !stream.IsEmpty && stream[0] >= LengthMark;

    /// <summary>True when the fixed part has valid, consistent lengths. The lists may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SslV2Hello hello, out ParseError error)
    {
        hello = default;
        error = ParseError.BadValue;
        if ((bytes.Length > 0 && bytes[0] is < LengthMark or > 0x8F)
            || (bytes.Length > 2 && bytes[2] != ClientHelloType))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < FixedLength)
            return false;
        var ciphers = BinaryPrimitives.ReadUInt16BigEndian(bytes[5..]);
        var session = BinaryPrimitives.ReadUInt16BigEndian(bytes[7..]);
        var challenge = BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]);
        var candidate = new SslV2Hello(bytes);
        error = ParseError.BadVersion;
        if (candidate.Version is not (0x0002 or >= 0x0300 and <= 0x0303))
            return false;
        error = ParseError.BadLength;
        if (ciphers == 0 || ciphers % CipherLength != 0 || session is not (0 or SessionIdLength)
            || challenge is < MinimumChallenge or > MaximumChallenge)
            return false;
        if (candidate.TotalLength != FixedLength + ciphers + session + challenge)
            return false;
        hello = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>Highest version offered; SSL 2.0 itself is <c>0x0002</c> here.</summary>
    public ushort Version => BinaryPrimitives.ReadUInt16BigEndian(_bytes[3..]);

    /// <summary>Length of the hello including the length field, in bytes.</summary>
    public int TotalLength => LengthPrefix + (BinaryPrimitives.ReadUInt16BigEndian(_bytes) & 0x7FFF);
}
