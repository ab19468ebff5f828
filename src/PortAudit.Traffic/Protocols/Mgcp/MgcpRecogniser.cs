using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Mgcp;

/// <summary>Recognises MGCP over UDP by a command line (RFC 3435 §3.2.1). A response (code and number) proves nothing.
/// Gateways and call agents both send commands.</summary>
internal sealed class MgcpRecogniser : TwoSidedRecogniser
{
    /// <inheritdoc />
    public override bool MayBeginWith(byte first) => char.IsAsciiLetterOrDigit((char)first);

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        return MgcpCommand.TryParse(bytes, out _, out _) ? SideMatch.Request : SideMatch.Mismatch;
    }
}
