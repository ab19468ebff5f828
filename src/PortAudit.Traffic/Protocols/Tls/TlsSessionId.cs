using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>A session id (RFC 5246 §7.4.1.2) by value: at most 32 bytes, zero-padded.</summary>
internal readonly record struct TlsSessionId(byte Length, UInt128 Front, UInt128 Back)
{
    /// <summary>Longest session id, in bytes.</summary>
    public const int MaximumLength = 32;

    /// <summary>The session id of a hello; ignores bytes beyond the longest.</summary>
    public static TlsSessionId Of(ReadOnlySpan<byte> id)
    {
        // Nearly all are of that length.
        return id.Length >= MaximumLength ? OfPadded(MaximumLength, id) : OfShorter(id);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TlsSessionId OfShorter(ReadOnlySpan<byte> id)
    {
        Span<byte> padded = stackalloc byte[MaximumLength];
        padded.Clear();
        id.CopyTo(padded);
        return OfPadded((byte)id.Length, padded);
    }

    private static TlsSessionId OfPadded(byte length, ReadOnlySpan<byte> padded) =>
        new(length, BinaryPrimitives.ReadUInt128BigEndian(padded), BinaryPrimitives.ReadUInt128BigEndian(padded[16..]));
}
