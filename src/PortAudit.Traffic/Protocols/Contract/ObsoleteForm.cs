using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>A form of a protocol that should not be used any more. Why, and what to do instead, is the audit's to
/// say.</summary>
/// <param name="Id">Identifier by which the audit knows it.</param>
/// <param name="Use">What a client must show for it; <see cref="CredentialUse.None"/> when the protocol as such is
/// obsolete.</param>
public readonly record struct ObsoleteForm(string Id, CredentialUse Use = CredentialUse.None);
