using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Recognises the Kerberos change and set password protocol (RFC 3244).</summary>
internal sealed class KpasswdRecogniser : KerberosMessageRecogniser
{
    /// <inheritdoc />
    protected override bool TryRead(ReadOnlySpan<byte> bytes, out SideMatch side, out int length, out ParseError error)
    {
        var isThere = KpasswdMessage.TryParse(bytes, out var message, out error);
        (side, length) = (message.Side, message.TotalLength);
        return isThere;
    }
}
