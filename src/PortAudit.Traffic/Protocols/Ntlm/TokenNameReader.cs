using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Ntlm;

/// <summary>Reads names in the authentication of binary protocols with plain NTLM or Kerberos tokens: LDAP ([MS-ADTS]
/// 5.1.1.1), RPC ([MS-RPCE] 2.2.1.1.7), SQL Server ([MS-TDS] 2.2.3.1.2).</summary>
internal sealed class TokenNameReader : INameReader
{
    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes) =>
        SecurityTokens.Note(payload.FromOriginator, payload.Originator, payload.Responder, notes)
        | SecurityTokens.Note(payload.FromResponder, payload.Responder, payload.Originator, notes);
}
