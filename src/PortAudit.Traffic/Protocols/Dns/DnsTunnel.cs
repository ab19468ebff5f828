using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Detects a tunnel in DNS queries (iodine, dnscat2, dns2tcp): in one flow, several queries for types with
/// free content, with different names that contain an encoded label. Resolvers use a new port for each query (RFC 5452
/// §4.5), and human-made names are different.</summary>
internal static class DnsTunnel
{
    /// <summary>Queries needed, including the current one.</summary>
    public const int ProvingQueries = 4;

    /// <summary>Length of a label taken for data, for any characters, and for hexadecimal digits only.</summary>
    private const int LongLabel = 40;
    private const int HexadecimalLabel = 16;

    private const int MaximumLabel = 63;

    private static readonly CharacterClass HexadecimalDigits = new("0123456789abcdefABCDEF"u8);

    /// <summary>False when no message so far can be marked, so that nothing need be examined.</summary>
    /// <param name="questionType">Type of the message's first question; 0 without one.</param>
    /// <param name="earlier">What went before it.</param>
    public static bool MayHaveMarked(ushort questionType, DatagramHistory earlier) =>
        MayCarryContent(questionType) || !earlier.IsEmpty;

    /// <summary>Sets the tunnel service in the match of a DNS message over UDP; requests more data while it may become
    /// one.</summary>
    /// <param name="datagram">A valid message.</param>
    /// <param name="questionType">Type of its first question; 0 without one.</param>
    /// <param name="recognition">The match.</param>
    public static void Weigh(in SentDatagram datagram, ushort questionType, ref Recognition recognition)
    {
        var isMarked = MayCarryContent(questionType) && IsMarked(datagram.Payload, isHead: false);
        if (!isMarked && datagram.Earlier.IsEmpty)
            return;
        var count = isMarked ? 1 : 0;
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (IsMarked(earlier.Head, isHead: earlier.Head.Length < earlier.Length) && !IsRepeated(datagram, i))
                count++;
        }

        recognition.WantsMore = count is > 0 and < ProvingQueries;
        if (count >= ProvingQueries)
            HiddenTunnel.Note(ref recognition);
    }

    /// <summary>True when a later query has the same name: a retry carries nothing new. Responses repeat their query's
    /// name.</summary>
    private static bool IsRepeated(in SentDatagram datagram, int index)
    {
        var name = datagram.Earlier[index].Head[DnsMessage.HeaderLength..];
        if (IsQueryFor(name, datagram.Payload))
            return true;
        for (var i = index + 1; i < datagram.Earlier.Count; i++)
        {
            if (IsQueryFor(name, datagram.Earlier[i].Head))
                return true;
        }

        return false;
    }

    private static bool IsQueryFor(ReadOnlySpan<byte> name, ReadOnlySpan<byte> message) =>
        message.Length > DnsMessage.HeaderLength && message[2] >> 7 == 0
        && message[DnsMessage.HeaderLength..].StartsWith(name);

    /// <summary>True for a query of a content type with an encoded name, or of type NULL or a private one. For a cut
    /// message the name decides.</summary>
    private static bool IsMarked(ReadOnlySpan<byte> message, bool isHead)
    {
        if (message.Length <= DnsMessage.HeaderLength || message[2] >> 3 != 0
            || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return false;
        var name = message[DnsMessage.HeaderLength..];
        var length = LengthOfLabels(name);
        if (length > name.Length - 3)
            return isHead && HasEncoded(name);
        var type = BinaryPrimitives.ReadUInt16BigEndian(name[(length + 1)..]);
        return DnsTypes.IsFree(type) || (DnsTypes.CarriesContent(type) && HasEncoded(name[..length]));
    }

    /// <summary>Length of the labels of a name, in bytes; a cut one counts fully.</summary>
    private static int LengthOfLabels(ReadOnlySpan<byte> name)
    {
        var last = Math.Min(name.Length, DnsName.MaximumLength);
        var length = 0;
        while (length < last && name[length] is > 0 and <= MaximumLabel and var size)
            length += 1 + size;
        return length;
    }

    /// <summary>True when a label is long, or has many hexadecimal digits.</summary>
    public static bool HasEncoded(ReadOnlySpan<byte> labels)
    {
        while (labels is [> 0 and <= MaximumLabel and var size, ..])
        {
            var seen = labels[1..Math.Min(labels.Length, 1 + size)];
            if (IsEncoded(seen, size))
                return true;
            labels = labels[(1 + seen.Length)..];
        }

        return false;
    }

    private static bool MayCarryContent(ushort type) => DnsTypes.IsFree(type) || DnsTypes.CarriesContent(type);

    private static bool IsEncoded(ReadOnlySpan<byte> seen, int size) =>
        size >= LongLabel || (size >= HexadecimalLabel && !seen.ContainsAnyExcept(HexadecimalDigits));
}
