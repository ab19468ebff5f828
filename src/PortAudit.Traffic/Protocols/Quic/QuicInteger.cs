using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>QUIC's variable-length integers of one, two, four or eight bytes (RFC 9000 §16).</summary>
internal static class QuicInteger
{
    /// <summary>Removes an integer from the front of <paramref name="bytes"/>. False when it is cut.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        if (bytes.IsEmpty)
            return false;
        var length = 1 << (bytes[0] >> 6);
        if (bytes.Length < length)
            return false;
        value = length switch
        {
            1 => bytes[0] & 0x3Fu,
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x3FFFu,
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes) & 0x3FFF_FFFFu,
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes) & 0x3FFF_FFFF_FFFF_FFFFu,
        };
        bytes = bytes[length..];
        return true;
    }
}
