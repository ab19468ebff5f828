using System.Collections.Frozen;
using System.Text;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>Fields of a flow log of AWS that are read ("Flow log records", Amazon VPC User Guide).</summary>
internal enum AwsField : byte
{
    InterfaceId,
    SourceAddress,
    DestinationAddress,
    SourcePort,
    DestinationPort,
    Protocol,
    Packets,
    Bytes,
    Start,
    End,
    Action,
    LogStatus,
    TcpFlags,
    PacketSourceAddress,
    PacketDestinationAddress,
    RejectReason,
    AttachmentId,
}

/// <summary>Names of <see cref="AwsField"/> in headers.</summary>
internal static class AwsFields
{
    /// <summary>Number of fields.</summary>
    public const int Count = (int)AwsField.AttachmentId + 1;

    private const int LongestName = 32;

    private static readonly FrozenDictionary<string, AwsField> ByName = new Dictionary<string, AwsField>
    {
        ["interface-id"] = AwsField.InterfaceId,
        ["srcaddr"] = AwsField.SourceAddress,
        ["dstaddr"] = AwsField.DestinationAddress,
        ["srcport"] = AwsField.SourcePort,
        ["dstport"] = AwsField.DestinationPort,
        ["protocol"] = AwsField.Protocol,
        ["packets"] = AwsField.Packets,
        ["bytes"] = AwsField.Bytes,
        ["start"] = AwsField.Start,
        ["end"] = AwsField.End,
        ["action"] = AwsField.Action,
        ["log-status"] = AwsField.LogStatus,
        ["tcp-flags"] = AwsField.TcpFlags,
        ["pkt-srcaddr"] = AwsField.PacketSourceAddress,
        ["pkt-dstaddr"] = AwsField.PacketDestinationAddress,
        ["reject-reason"] = AwsField.RejectReason,
        ["tgw-attachment-id"] = AwsField.AttachmentId,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names that are only in the headers of AWS: two of them make a header one of its.</summary>
    private static readonly FrozenSet<string> Own = new[]
    {
        "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "log-status", "tcp-flags",
        "pkt-srcaddr", "pkt-dstaddr", "vpc-id", "subnet-id", "instance-id", "az-id", "flow-direction", "traffic-path",
        "pkt-src-aws-service", "pkt-dst-aws-service", "reject-reason", "tgw-id", "tgw-attachment-id",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The field of a name, with hyphens, or underscores as in tables; null for one not read.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isOwn">True for a name that only AWS uses.</param>
    public static AwsField? Find(ReadOnlySpan<byte> name, out bool isOwn)
    {
        isOwn = false;
        name = name.Trim("\"${}"u8);
        if (name.Length > LongestName)
            return null;
        Span<char> text = stackalloc char[LongestName];
        text = text[..Encoding.Latin1.GetChars(name, text)];
        for (var index = 0; index < text.Length; index++)
            text[index] = text[index] == '_' ? '-' : char.ToLowerInvariant(text[index]);
        isOwn = Own.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
        return ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var field) ? field : null;
    }

    /// <summary>The name in a header.</summary>
    public static string NameOf(AwsField field) => ByName.First(entry => entry.Value == field).Key;
}
