using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Recognises SSDP: HTTP/1.1 start lines in UDP datagrams (UPnP Device Architecture 2.0 §1.1). Only
/// <c>M-SEARCH</c>, its replies, and <c>NOTIFY</c> are sent this way.</summary>
internal sealed class SsdpRecogniser : TwoSidedRecogniser
{
    private static ReadOnlySpan<byte> Version => "HTTP/1."u8;

    /// <inheritdoc />
    public override bool MayBeginWith(byte first) => first is (byte)'M' or (byte)'N' or (byte)'H';

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!StartLine.TryParse(bytes, Version, out var line, out _))
            return SideMatch.Mismatch;
        if (!line.IsRequest)
            return SideMatch.Reply;
        return line.Method.SequenceEqual("M-SEARCH"u8) || line.Method.SequenceEqual("NOTIFY"u8)
            ? SideMatch.Request
            : SideMatch.Mismatch;
    }
}
