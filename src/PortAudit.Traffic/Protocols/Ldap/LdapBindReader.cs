using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>Finds insecure LDAP binds (RFC 4511 §4.2): simple ones with a password, and NTLM. A simple bind without
/// password does not authenticate (RFC 4513 §5.1.1, §5.1.2).</summary>
internal sealed class LdapBindReader : ICredentialReader
{
    /// <summary>Messages examined per direction: binds come at the start.</summary>
    private const int MaximumMessages = 16;

    private const byte Bind = 0x60; // [APPLICATION 0]
    private const byte Simple = 0x80; // [0] of AuthenticationChoice

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = Of(payload.FromOriginator) | Of(payload.FromResponder);
        return use != CredentialUse.None;
    }

    private static CredentialUse Of(ReadOnlySpan<byte> sent) =>
        NtlmReader.Of(sent) | (HasPassword(sent) ? CredentialUse.Password : CredentialUse.None);

    private static bool HasPassword(ReadOnlySpan<byte> rest)
    {
        for (var i = 0; i < MaximumMessages && BerHeader.TryParse(rest, out var header, out _); i++)
        {
            if (IsBindWithPassword(rest))
                return true;
            if (header.TotalLength > rest.Length)
                return false;
            rest = rest[header.TotalLength..];
        }

        return false;
    }

    private static bool IsBindWithPassword(ReadOnlySpan<byte> message)
    {
        var reader = new BerReader(message);
        return reader.TryEnter(BerReader.Sequence) && reader.TryTakeInteger(out _)
            && reader.TryEnter(Bind) && reader.TryTakeInteger(out _)
            && reader.TryTake(BerReader.OctetString, out var name) && !name.IsEmpty
            && reader.TryTake(Simple, out var password) && !password.IsEmpty;
    }
}
