using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Recognises MADCAP (RFC 2730), by which hosts lease multicast addresses: a version, a type, and options that
/// end as they must.</summary>
internal sealed class MadcapRecogniser : EvidenceRecogniser
{
    /// <inheritdoc />
    public override bool MayBeginWith(byte first) => first == 0;

    /// <inheritdoc />
    protected override Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!MadcapMessage.TryParse(bytes, out var message, out _))
            return Evidence.Foreign;
        return message.IsReply ? Evidence.Reply : Evidence.Request;
    }
}
