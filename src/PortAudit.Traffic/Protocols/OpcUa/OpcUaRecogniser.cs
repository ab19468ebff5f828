using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OpcUa;

/// <summary>Recognises OPC UA's binary protocol over TCP (OPC 10000-6 §7.1, §7.2) by the types and sizes of its chunks,
/// encrypted or not.</summary>
internal sealed class OpcUaRecogniser : TwoSidedRecogniser
{
    /// <inheritdoc />
    public override bool KnowsReplies => false;

    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!OpcUaChunk.TryParse(bytes, out var chunk, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        var rest = bytes[Math.Min(chunk.TotalLength, bytes.Length)..];
        return OpcUaChunk.TryParse(rest, out _, out error) || error == ParseError.Incomplete
            ? chunk.Side
            : SideMatch.Mismatch;
    }
}
