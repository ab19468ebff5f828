using System.Buffers.Binary;
using System.Globalization;
using PacketDotNet;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Packets;

/// <summary>The options of a TCP header (RFC 9293 §3.2, IANA "TCP Option Kind Numbers"). Read here, as PacketDotNet
/// throws on the first that it does not know. The digest of a signature is not shown.</summary>
internal static class TcpOptionFields
{
    private const byte End = 0;
    private const byte NoOperation = 1;

    /// <summary>Adds them.</summary>
    /// <param name="draft">The TCP layer.</param>
    /// <param name="headerLength">Its captured header, in bytes.</param>
    public static void Add(LayerDraft draft, int headerLength)
    {
        var at = TcpFields.HeaderLength;
        while (at < headerLength && draft[at] != End)
        {
            if (draft[at] == NoOperation)
            {
                at++;
                continue;
            }

            var length = at + 1 < headerLength ? draft[at + 1] : 0;
            if (length < 2 || at + length > headerLength)
            {
                draft.Add(at, "Option", $"{draft[at]}, of an impossible length");
                return;
            }

            draft.Add(at, "Option", Text(draft[at], draft.Slice(at + 2, length - 2)));
            at += length;
        }
    }

    private static string Text(byte kind, ReadOnlySpan<byte> value) => (kind, value.Length) switch
    {
        (2, 2) => $"maximum segment size {BinaryPrimitives.ReadUInt16BigEndian(value)}",
        (3, 1) => $"window scale {value[0]}",
        (4, 0) => "selective acknowledgment permitted",
        (5, _) => $"selective acknowledgment, {Quantity.Of(value.Length / 8, "block")}",
        (8, 8) => string.Create(CultureInfo.InvariantCulture,
            $"timestamp {BinaryPrimitives.ReadUInt32BigEndian(value)}, "
                + $"echo {BinaryPrimitives.ReadUInt32BigEndian(value[4..])}"),
        (19, _) => "MD5 signature, not shown",
        (28, 2) => $"user timeout {BinaryPrimitives.ReadUInt16BigEndian(value)}",
        (29, _) => "authentication, not shown",
        (34, _) => "fast open",
        _ => $"{kind}, {value.Length + 2} bytes",
    };
}
