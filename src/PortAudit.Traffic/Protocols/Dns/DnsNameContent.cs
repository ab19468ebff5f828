using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Measures data carried in the names of a DNS message. Tunnels (iodine, dnscat2, dns2tcp) put data into the
/// labels before their server's domain, and into responses of types with free content. Block list lookups (RFC 5782)
/// carry at most a hash.</summary>
internal static class DnsNameContent
{
    /// <summary>Bytes before the domain from which a name is unusual for any type: a hexadecimal SHA-256 has 64, key
    /// and labels around it some 30.</summary>
    public const int LongName = 100;

    /// <summary>Labels at most in 255 bytes (RFC 1035 §2.3.4).</summary>
    private const int MaximumLabels = 127;
    private const int MaximumLabel = 63;

    /// <summary>The longest top-level domain in use (IANA root zone) has 24 letters.</summary>
    private const int LongestTopLevel = 24;

    /// <summary>Length of country codes and second-level labels such as <c>co.uk</c> and <c>com.au</c>, below which
    /// names are registered.</summary>
    private const int CountryLabel = 2;
    private const int LongestSecondLevel = 3;

    private const int QuestionTail = 4;

    /// <summary>QR and opcode (RFC 1035 §4.1.1).</summary>
    private const ushort OperationMask = 0x7800;

    private const ulong HashStart = 0xCBF2_9CE4_8422_2325;
    private const ulong HashFactor = 0x100_0000_01B3;

    /// <summary>Implements <see cref="NameContentReader"/>.</summary>
    public static bool Read(ReadOnlySpan<byte> datagram, Span<char> domain, out NameContent content)
    {
        content = default;
        if (!DnsMessage.TryParse(datagram, DnsDialect.Unicast, out var message, out _)
            || (message.Flags & OperationMask) != 0 || message.QuestionCount != 1)
            return false;
        var name = datagram[DnsMessage.HeaderLength..];
        Span<byte> labels = stackalloc byte[MaximumLabels];
        var (count, length) = Split(name, labels);
        if (count == 0 || name.Length < length + 1 + QuestionTail)
            return false;
        var type = BinaryPrimitives.ReadUInt16BigEndian(name[(length + 1)..]);
        var own = count - LabelsOfDomain(name[..length], labels[..count]);
        var ownLength = 0;
        foreach (var label in labels[..Math.Max(own, 0)])
            ownLength += 1 + label;
        if (own <= 0 || !CanCarry(name[..ownLength], type))
            return false;
        content = new NameContent(
            WriteDomain(name[ownLength..length], domain),
            !message.IsResponse,
            DnsTypes.IsRare(type),
            Hash(name[..ownLength]),
            message.IsResponse ? 0 : ownLength,
            message.IsResponse ? AnswerBytes(datagram, message) : 0);
        return content.DomainLength >= 0;
    }

    /// <summary>Lengths of the labels of a name, and of all of them with length bytes; no labels for an incomplete
    /// name, the root, or a pointer.</summary>
    private static (int Count, int Length) Split(ReadOnlySpan<byte> name, Span<byte> labels)
    {
        var (count, length) = (0, 0);
        while (length < name.Length && name[length] is > 0 and <= MaximumLabel and var size && count < labels.Length)
        {
            labels[count++] = size;
            length += 1 + size;
        }

        return length < name.Length && length < DnsName.MaximumLength && name[length] == 0 ? (count, length) : (0, 0);
    }

    /// <summary>Labels of the registered domain, estimated without a public suffix list; 0 without a top-level domain;
    /// all labels for reverse lookups, which nobody chooses.</summary>
    private static int LabelsOfDomain(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels)
    {
        var top = name[^labels[^1]..];
        if (!IsTopLevel(top))
            return 0;
        if (labels.Length < 2 || System.Text.Ascii.EqualsIgnoreCase(top, "arpa"u8))
            return labels.Length;
        return top.Length == CountryLabel && labels[^2] <= LongestSecondLevel ? 3 : 2;
    }

    private static bool IsTopLevel(ReadOnlySpan<byte> label)
    {
        if (label.Length > LongestTopLevel)
            return false;
        if (label.Length > 4 && System.Text.Ascii.EqualsIgnoreCase(label[..4], "xn--"u8))
            return true;
        foreach (var letter in label)
        {
            if (!char.IsAsciiLetter((char)letter))
                return false;
        }

        return true;
    }

    /// <summary>True for a type with free content, a content type with an encoded name, or an unusually long
    /// name.</summary>
    private static bool CanCarry(ReadOnlySpan<byte> own, ushort type) =>
        DnsTypes.IsFree(type) || own.Length >= LongName
        || (DnsTypes.CarriesContent(type) && DnsTunnel.HasEncoded(own));

    /// <summary>Bytes of answered records with free content.</summary>
    private static int AnswerBytes(ReadOnlySpan<byte> datagram, in DnsMessage message)
    {
        var records = new DnsRecords(datagram, message);
        records.SkipQuestions();
        var bytes = 0;
        while (records.MoveNext() && records.IsAnswer)
        {
            if (DnsTypes.IsFree(records.Type) || DnsTypes.CarriesContent(records.Type))
                bytes += records.DataLength;
        }

        return bytes;
    }

    /// <summary>Writes labels separated by dots. Returns the length; -1 for characters other than letters, digits,
    /// hyphens and underscores.</summary>
    private static int WriteDomain(ReadOnlySpan<byte> labels, Span<char> domain)
    {
        var length = 0;
        while (!labels.IsEmpty)
        {
            if (length > 0)
                domain[length++] = '.';
            foreach (var letter in labels.Slice(1, labels[0]))
            {
                if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'_'))
                    return -1;
                domain[length++] = char.ToLowerInvariant((char)letter);
            }

            labels = labels[(1 + labels[0])..];
        }

        return length;
    }

    /// <summary>FNV-1a of a name in lower case; resolvers vary the case (draft-vixie-dnsext-dns0x20).</summary>
    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        var hash = HashStart;
        foreach (var octet in name)
            hash = (hash ^ (octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet)) * HashFactor;
        return hash;
    }
}
