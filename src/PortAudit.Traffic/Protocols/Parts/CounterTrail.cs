using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// The trail of an encrypted tunnel whose packets have no mark of their own: the same identifier in each packet of one
/// direction, a counter behind it that rises from packet to packet, and bytes behind that, of which no two packets have
/// more in common than chance gives.
/// </summary>
internal static class CounterTrail
{
    /// <summary>Rises in one direction that prove a trail: three packets.</summary>
    public const int ProvingRises = 2;

    /// <summary>By how much the counter rises at most: a few packets may be lost. A byte of noise behind a longer head
    /// rises by so little, twice in succession, once in 256 times.</summary>
    private const uint MaximumGap = 16;

    /// <summary>Bytes of encrypted content without which nothing can be told.</summary>
    private const int LeastContent = 8;

    /// <summary>Of the 56 bytes at most that are compared, one in 256 agrees by chance: more than two do so once in 700
    /// times.</summary>
    private const int MostAgreeing = 2;

    /// <summary>Counts by how many earlier datagrams of the same direction the trail goes back from the one at
    /// hand.</summary>
    /// <param name="datagram">The datagram at hand.</param>
    /// <param name="identifierLength">Length of the identifier, in bytes; the counter follows it.</param>
    /// <param name="counterLength">Length of the counter: 4 bytes, written with the highest first, or 8 with the lowest
    /// first.</param>
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

    /// <summary>Both end with the head that is remembered of a datagram: that bounds the loop.</summary>
    private static int CountAgreeing(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var agreeing = 0;
        for (var i = 0; i < one.Length && i < other.Length; i++)
            agreeing += one[i] == other[i] ? 1 : 0;
        return agreeing;
    }
}
