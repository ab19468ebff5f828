using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>An obsolete form of a protocol. The audit explains why, and what to do instead.</summary>
/// <param name="Id">Identifier for the audit.</param>
/// <param name="Use">Authentication that reveals it; <see cref="CredentialUse.None"/> when the whole protocol is
/// obsolete.</param>
public readonly record struct ObsoleteForm(string Id, CredentialUse Use = CredentialUse.None);
