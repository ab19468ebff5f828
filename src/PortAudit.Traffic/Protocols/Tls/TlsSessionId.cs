using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>A session id (RFC 5246 §7.4.1.2) by value: at most 32 bytes, padded with zeros.</summary>
internal readonly record struct TlsSessionId(byte Length, UInt128 Front, UInt128 Back)
{
    /// <summary>Longest session id, in bytes.</summary>
    public const int MaximumLength = 32;

    /// <summary>Takes the id out of a hello; bytes beyond the longest are left out.</summary>
    public static TlsSessionId Of(ReadOnlySpan<byte> id)
    {
        Span<byte> padded = stackalloc byte[MaximumLength];
        padded.Clear();
        id = id[..Math.Min(id.Length, MaximumLength)];
        id.CopyTo(padded);
        return new TlsSessionId((byte)id.Length, BinaryPrimitives.ReadUInt128BigEndian(padded), BinaryPrimitives.ReadUInt128BigEndian(padded[16..]));
    }
}
