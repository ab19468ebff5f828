using System.Buffers.Binary;
using PortAudit.Traffic.Identification;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>
/// The mark of a tunnel that hides in DNS queries (iodine, dnscat2, dns2tcp): in one flow, several queries for types that carry free content, each for another name, which itself is
/// data: one of its labels is encoded. Resolvers take a new port for each query (RFC 5452 §4.5), and names that people gave are not like that.
/// </summary>
internal static class DnsTunnel
{
    /// <summary>Queries that make a tunnel, the one at hand included.</summary>
    public const int ProvingQueries = 4;

    /// <summary>Length of a label that is taken for data, of any characters, and of hexadecimal digits alone.</summary>
    private const int LongLabel = 40;
    private const int HexadecimalLabel = 16;

    private const int MaximumLabel = 63;
    private const ushort Null = 10;

    private static readonly CharacterClass HexadecimalDigits = new("0123456789abcdefABCDEF"u8);

    /// <summary>
    /// Adds to the match of a DNS message over UDP that its flow is a tunnel; while it may become one, that more is wanted.
    /// </summary>
    public static void Weigh(SentDatagram datagram, ref Recognition recognition)
    {
        var isMarked = IsMarked(datagram.Payload, isHead: false);
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

    /// <summary>True when a later query asks for the same name: one that is sent again has nothing new to carry. Answers repeat the name of their query.</summary>
    private static bool IsRepeated(SentDatagram datagram, int index)
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
        message.Length > DnsMessage.HeaderLength && message[2] >> 7 == 0 && message[DnsMessage.HeaderLength..].StartsWith(name);

    /// <summary>True for a query of a type that carries free content and an encoded name, or of type NULL or a private one. Of a head that ends in the name the name must do.</summary>
    private static bool IsMarked(ReadOnlySpan<byte> message, bool isHead)
    {
        if (message.Length <= DnsMessage.HeaderLength || message[2] >> 3 != 0 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return false;
        var rest = message[DnsMessage.HeaderLength..];
        var isEncoded = false;
        for (var length = 0; length < DnsName.MaximumLength && !rest.IsEmpty && rest[0] is > 0 and <= MaximumLabel;)
        {
            int size = rest[0];
            isEncoded |= IsEncoded(rest.Slice(1, Math.Min(size, rest.Length - 1)), size);
            rest = rest[Math.Min(1 + size, rest.Length)..];
            length += 1 + size;
        }

        if (rest.Length < 3)
            return isHead && isEncoded;
        var type = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
        return type is Null or >= 65280 and <= 65534 || (isEncoded && CarriesContent(type));
    }

    /// <summary>CNAME, MX, TXT, KEY, SRV.</summary>
    private static bool CarriesContent(ushort type) => type is 5 or 15 or 16 or 25 or 33;

    private static bool IsEncoded(ReadOnlySpan<byte> seen, int size) => size >= LongLabel || (size >= HexadecimalLabel && !seen.ContainsAnyExcept(HexadecimalDigits));
}
