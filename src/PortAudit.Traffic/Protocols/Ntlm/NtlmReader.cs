using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Ntlm;

/// <summary>Reads the answers of NTLM inside a binary protocol over TCP, whose marks stand out wherever they are
/// wrapped (SPNEGO, RFC 4178 §4.2).</summary>
internal sealed class NtlmReader : ICredentialReader
{
    /// <summary>Messages that are read of one direction at most.</summary>
    private const int MaximumMessages = 8;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = Of(payload.FromOriginator) | Of(payload.FromResponder);
        return true; // the reader of names waits for the same message
    }

    /// <summary>What the answers of NTLM in <paramref name="bytes"/> are.</summary>
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
