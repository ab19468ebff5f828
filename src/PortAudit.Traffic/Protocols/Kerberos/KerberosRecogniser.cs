using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Recognises Kerberos 5 by its messages.</summary>
internal sealed class KerberosRecogniser : KerberosMessageRecogniser
{
    /// <inheritdoc />
    public override bool MayBeginWith(byte first) => KerberosMessage.MayBeginWith(first);

    /// <inheritdoc />
    protected override bool TryRead(ReadOnlySpan<byte> bytes, out SideMatch side, out int length, out ParseError error)
    {
        var isThere = KerberosMessage.TryParse(bytes, out var message, out error);
        (side, length) = (message.Side, message.TotalLength);
        return isThere;
    }
}
