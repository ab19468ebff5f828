using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Recognises MADCAP (RFC 2730), which leases multicast addresses, by version, type and valid
/// options.</summary>
internal sealed class MadcapRecogniser : TwoSidedRecogniser
{
    /// <inheritdoc />
    public override bool MayBeginWith(byte first) => first == 0;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!MadcapMessage.TryParse(bytes, out var message, out _))
            return SideMatch.Mismatch;
        return message.IsReply ? SideMatch.Reply : SideMatch.Request;
    }
}
