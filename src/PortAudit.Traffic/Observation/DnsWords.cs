using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Describes a DNS query or response (RFC 1035 §4.1), on the ports of DNS and its relatives.</summary>
internal static class DnsWords
{
    private const int HeaderLength = 12;
    private const int MaximumLabel = 63;

    /// <summary>Longest name in text (RFC 1035 §2.3.4).</summary>
    private const int MaximumName = 255;

    /// <summary>The description; empty for anything else.</summary>
    public static string Of(ReadOnlySpan<byte> payload, IpProtocol protocol, ushort from, ushort to)
    {
        if (!IsPort(from) && !IsPort(to))
            return "";
        var message = protocol == IpProtocol.Tcp && payload.Length > 2 ? payload[2..] : payload;
        if (message.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1
            || Question(message[HeaderLength..]) is not { Length: > 0 } question)
            return "";
        if ((message[2] & 0x80) == 0)
            return $"DNS query {question}";
        var records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        return string.Create(CultureInfo.InvariantCulture,
            $"DNS answer {question}, {CodeOf(message[3] & 0x0F)}{(records == 1 ? "1 record" : $"{records} records")}");
    }

    private static bool IsPort(ushort port) => port is 53 or 5353 or 5355;

    private static string CodeOf(int code) => code switch
    {
        0 => "",
        2 => "server failure, ",
        3 => "no such name, ",
        5 => "refused, ",
        _ => string.Create(CultureInfo.InvariantCulture, $"error {code}, "),
    };

    /// <summary>Name and type; empty when the question is cut or malformed.</summary>
    private static string Question(ReadOnlySpan<byte> rest)
    {
        var name = new StringBuilder();
        while (rest is [> 0 and <= MaximumLabel, ..] && rest.Length > rest[0] && name.Length + rest[0] < MaximumName)
        {
            name.Append(name.Length == 0 ? "" : ".").Append(Encoding.Latin1.GetString(rest.Slice(1, rest[0])));
            rest = rest[(1 + rest[0])..];
        }

        if (rest is not [0, var high, var low, ..])
            return "";
        return $"{(name.Length == 0 ? "." : name.ToString())} {TypeOf((high << 8) | low)}";
    }

    private static string TypeOf(int type) => type switch
    {
        1 => "A",
        2 => "NS",
        5 => "CNAME",
        6 => "SOA",
        12 => "PTR",
        15 => "MX",
        16 => "TXT",
        28 => "AAAA",
        33 => "SRV",
        35 => "NAPTR",
        65 => "HTTPS",
        252 => "AXFR",
        255 => "ANY",
        _ => string.Create(CultureInfo.InvariantCulture, $"TYPE{type}"),
    };
}
