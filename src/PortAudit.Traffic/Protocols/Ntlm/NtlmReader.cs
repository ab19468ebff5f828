using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Ntlm;

/// <summary>Finds NTLM responses inside a binary protocol over TCP, by signature, however wrapped (SPNEGO, RFC 4178
/// §4.2).</summary>
internal sealed class NtlmReader : ICredentialReader
{
    /// <summary>Messages read per direction.</summary>
    private const int MaximumMessages = 8;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = Of(payload.FromOriginator) | Of(payload.FromResponder);
        return true; // the reader of names waits for the same message
    }

    /// <summary>Kind of the NTLM responses in <paramref name="bytes"/>.</summary>
    public static CredentialUse Of(ReadOnlySpan<byte> bytes)
    {
        var use = CredentialUse.None;
        for (var i = 0; i < MaximumMessages && bytes.IndexOf(NtlmMessage.Signature) is >= 0 and var at; i++)
        {
            bytes = bytes[at..];
            if (NtlmMessage.TryParse(bytes, out var message, out _) && message.IsAuthenticate
                && message.HasFirstResponse)
                use |= message.HasExtendedSessionSecurity ? CredentialUse.Ntlm2Session : CredentialUse.NtlmV1;
            bytes = bytes[NtlmMessage.Signature.Length..];
        }

        return use;
    }
}
