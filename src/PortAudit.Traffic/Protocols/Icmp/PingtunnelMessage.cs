namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>A pingtunnel message: Protocol Buffers fields ("Message Structure") in ascending order, empty ones omitted:
/// 1 identifier, 2 type, 3 target, 4 data, 5 reply type, and 6, a magic number of 57,005. Later fields are ignored.
/// With a password all of it is encrypted.</summary>
internal static class PingtunnelMessage
{
    private const int MarkField = 6;
    private const int WireTypeBits = 3;
    private const int Variable = 0;
    private const int Counted = 2;

    /// <summary>Bytes of a length or number: 21 bits are more than a message has.</summary>
    private const int MaximumNumberLength = 3;

    /// <summary>The magic number's field as a zigzag varint (57,005 · 2, seven bits a byte, lowest first).</summary>
    private static ReadOnlySpan<byte> Mark => [0x30, 0xDA, 0xFA, 0x06];

    /// <summary>True when <paramref name="bytes"/> begin with such a message, up to its magic number.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes)
    {
        // Fields ascend, which bounds the loop.
        for (var field = 0; bytes.Length > 1 && bytes[0] >> WireTypeBits is > 0 and <= MarkField and var next
            && next > field; field = next)
        {
            if (next == MarkField)
                return bytes.StartsWith(Mark);
            var wireType = bytes[0] & ((1 << WireTypeBits) - 1);
            bytes = bytes[1..];
            if (wireType is not (Variable or Counted) || !TryTakeNumber(ref bytes, out var number)
                || (wireType == Counted && number > bytes.Length))
                return false;
            bytes = bytes[(wireType == Counted ? number : 0)..];
        }

        return false;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> bytes, out int number)
    {
        number = 0;
        for (var i = 0; i < MaximumNumberLength && i < bytes.Length; i++)
        {
            number |= (bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] > 0x7F)
                continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
