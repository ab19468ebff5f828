using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Snmp;

/// <summary>Finds messages of SNMP 1 and 2c, protected by a community only (RFC 1157 §4, RFC 1901 §3).</summary>
internal sealed class CommunityReader : ICredentialReader
{
    private const long LastWithCommunity = 1; // SNMP 1 is 0, SNMP 2c is 1

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = HasCommunity(payload.FromOriginator) || HasCommunity(payload.FromResponder)
            ? CredentialUse.Community
            : CredentialUse.None;
        return true;
    }

    private static bool HasCommunity(ReadOnlySpan<byte> message)
    {
        var reader = new BerReader(message);
        return reader.TryEnter(BerReader.Sequence) && reader.TryTakeInteger(out var version)
            && version is >= 0 and <= LastWithCommunity;
    }
}
