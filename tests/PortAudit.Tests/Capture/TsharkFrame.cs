using System.Globalization;

namespace PortAudit.Tests.Capture;

/// <summary>One frame as tshark sees it; a field that it did not find is empty.</summary>
internal sealed class TsharkFrame(string[] values)
{
    public static readonly string[] Fields =
    [
        "frame.number", "frame.time_epoch", "frame.cap_len", "frame.len", "frame.protocols", "vlan.id",
        "ip.src", "ip.dst", "ip.proto", "ip.ttl", "ipv6.src", "ipv6.dst", "ipv6.hlim",
        "tcp.srcport", "tcp.dstport", "tcp.flags", "tcp.seq_raw", "tcp.ack_raw", "tcp.window_size_value", "tcp.len",
        "udp.srcport", "udp.dstport", "udp.length", "icmp.type", "icmp.code", "icmpv6.type", "icmpv6.code",
    ];

    public string this[string field] => values[Array.IndexOf(Fields, field)];

    /// <summary>Null for a frame without a time.</summary>
    public long? TimestampNs
    {
        get
        {
            // A fraction of a million microseconds and more is printed with ten digits and more: it is a count, not a
            // decimal.
            var parts = this["frame.time_epoch"].Split('.');
            return parts.Length < 2 ? null : Number(parts[0]) * 1_000_000_000 + Number(parts[1]);
        }
    }

    /// <summary>The layers outermost first, without the entries that only say how the next was found.</summary>
    public IReadOnlyList<string> Layers => [.. this["frame.protocols"].Split(':').Where(layer => layer != "ethertype")];

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
