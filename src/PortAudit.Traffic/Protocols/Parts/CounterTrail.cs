using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Recognises an encrypted tunnel without a magic number by a series of packets: a constant identifier per
/// direction, then a rising counter, then bytes that agree between packets only by chance.</summary>
internal static class CounterTrail
{
    /// <summary>Increments in one direction that prove a series: three packets.</summary>
    public const int ProvingRises = 2;

    /// <summary>Largest increment, for lost packets. A random byte after a longer constant start rises this little
    /// twice in a row once in 256 times.</summary>
    private const uint MaximumGap = 16;

    /// <summary>Bytes of encrypted content required.</summary>
    private const int LeastContent = 8;

    /// <summary>Of at most 56 compared bytes, one in 256 agrees by chance: more than two do once in 700
    /// times.</summary>
    private const int MostAgreeing = 2;

    /// <summary>Number of earlier datagrams in the same direction that continue the series backwards.</summary>
    /// <param name="datagram">The current datagram.</param>
    /// <param name="identifierLength">Length of the identifier, in bytes; the counter follows it.</param>
    /// <param name="counterLength">Length of the counter: 4 bytes, big-endian, or 8, little-endian.</param>
    public static int CountRises(SentDatagram datagram, int identifierLength, int counterLength)
    {
        var rises = 0;
        var latest = datagram.Payload;
        for (var i = datagram.Earlier.Count - 1; i >= 0; i--)
        {
            var earlier = datagram.Earlier[i];
            if (datagram.IsOpposedTo(earlier) || earlier.Length < LeastContent)
                continue;
            if (!Continues(earlier.Head, latest, identifierLength, counterLength))
                return rises;
            latest = earlier.Head;
            rises++;
        }

        return rises;
    }

    private static bool Continues(ReadOnlySpan<byte> earlier, ReadOnlySpan<byte> later, int identifierLength,
        int counterLength)
    {
        var content = identifierLength + counterLength;
        if (earlier.Length < content + LeastContent || later.Length < content + LeastContent
            || !later.StartsWith(earlier[..identifierLength]))
            return false;
        var gap = CounterOf(later.Slice(identifierLength,
            counterLength)) - CounterOf(earlier.Slice(identifierLength, counterLength));
        return gap is > 0 and <= MaximumGap && CountAgreeing(earlier[content..], later[content..]) <= MostAgreeing;
    }

    private static ulong CounterOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length == sizeof(uint)
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>Both end with the remembered start of a datagram, which bounds the loop.</summary>
    private static int CountAgreeing(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var agreeing = 0;
        for (var i = 0; i < one.Length && i < other.Length; i++)
            agreeing += one[i] == other[i] ? 1 : 0;
        return agreeing;
    }
}
