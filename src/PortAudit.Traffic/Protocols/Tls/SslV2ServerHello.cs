using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>An SSL 2.0 server hello (K. Hickman, The SSL Protocol, 1995, §2.6 SERVER-HELLO), which selects that
/// version. The rest is encrypted.</summary>
internal readonly record struct SslV2ServerHello
{
    /// <summary>Length up to the certificate, in bytes.</summary>
    public const int FixedLength = 13;

    private const int LengthPrefix = 2;
    private const byte ServerHelloType = 4;
    private const byte X509 = 1;
    private const ushort Version = 0x0002;
    private const int CipherLength = 3;
    private const int MinimumConnectionId = 16;
    private const int MaximumConnectionId = 32;

    /// <summary>True when the server resumes a session, without a certificate.</summary>
    public bool ResumesSession { get; private init; }

    /// <summary>True when the fixed part has valid, consistent lengths. The rest may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SslV2ServerHello hello, out ParseError error)
    {
        hello = default;
        error = ParseError.BadValue;
        if ((bytes.Length > 0 && bytes[0] < 0x80) || (bytes.Length > 2 && bytes[2] != ServerHelloType)
            || (bytes.Length > 3 && bytes[3] > 1) || (bytes.Length > 4 && bytes[4] > X509))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < FixedLength)
            return false;
        error = ParseError.BadVersion;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[5..]) != Version)
            return false;
        error = ParseError.BadLength;
        var (resumes, certificate) = (bytes[3] != 0, BinaryPrimitives.ReadUInt16BigEndian(bytes[7..]));
        var (ciphers, connectionId) =
            (BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[11..]));
        if (resumes == certificate > 0 || ciphers % CipherLength != 0
            || connectionId is < MinimumConnectionId or > MaximumConnectionId)
            return false;
        if ((BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x7FFF) != FixedLength - LengthPrefix + certificate + ciphers
            + connectionId)
            return false;
        hello = new SslV2ServerHello { ResumesSession = resumes };
        error = ParseError.None;
        return true;
    }
}
