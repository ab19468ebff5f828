using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Writing;

/// <summary>The names in output of where and why decoding of a frame ended.</summary>
internal static class DecodeWords
{
    public static string ToText(DecodeLayer layer) => layer switch
    {
        DecodeLayer.Link => "link",
        DecodeLayer.Ipv4 => "ipv4",
        DecodeLayer.Ipv6 => "ipv6",
        DecodeLayer.Tcp => "tcp",
        DecodeLayer.Udp => "udp",
        DecodeLayer.Icmp => "icmp",
        DecodeLayer.Sctp => "sctp",
        DecodeLayer.Payload => "payload",
    };

    public static string ToText(DecodeReason reason) => reason switch
    {
        DecodeReason.Done => "done",
        DecodeReason.NotDecoded => "not-decoded",
        DecodeReason.CutByCapture => "cut-by-capture",
        DecodeReason.HeaderLies => "header-lies",
        DecodeReason.BadLength => "bad-length",
        DecodeReason.BadVersion => "bad-version",
        DecodeReason.BadValue => "bad-value",
        DecodeReason.LaterFragment => "later-fragment",
        DecodeReason.TooDeep => "too-deep",
        DecodeReason.Encrypted => "encrypted",
        DecodeReason.BadChecksum => "bad-checksum",
        DecodeReason.MorePackets => "more-packets",
        DecodeReason.UnknownLinkType => "unknown-link-type",
    };

    /// <summary>The reason as a clause that ends a sentence about frames.</summary>
    public static string ToClause(DecodeReason reason) => reason switch
    {
        DecodeReason.Done => "decoded whole",
        DecodeReason.NotDecoded => "content not decoded",
        DecodeReason.CutByCapture => "cut by the snap length",
        DecodeReason.HeaderLies => "header announces more than the frame holds",
        DecodeReason.BadLength => "impossible length",
        DecodeReason.BadVersion => "wrong version",
        DecodeReason.BadValue => "forbidden value",
        DecodeReason.LaterFragment => "fragment without a transport header",
        DecodeReason.TooDeep => "too many nested headers",
        DecodeReason.Encrypted => "encrypted below IP",
        DecodeReason.BadChecksum => "the receiver found the frame damaged",
        DecodeReason.MorePackets => "further packets in the frame are not read",
        DecodeReason.UnknownLinkType => "link type is not read here",
    };
}
