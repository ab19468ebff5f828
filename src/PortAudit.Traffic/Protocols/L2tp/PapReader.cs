using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.L2tp;

/// <summary>Finds PPP passwords in clear (PAP, RFC 1334 §2) in L2TP data. Each session of a tunnel has its own, so
/// reading ends only at the datagram limit.</summary>
internal sealed class PapReader : ICredentialReader
{
    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = ShowsPassword(payload.FromOriginator) || ShowsPassword(payload.FromResponder)
            ? CredentialUse.Password
            : CredentialUse.None;
        return use != CredentialUse.None;
    }

    private static bool ShowsPassword(ReadOnlySpan<byte> datagram) =>
        L2tpHeader.TryParse(datagram, out var header, out _) && !header.IsControl && !header.HasReservedBits
        && PppFrame.TryParse(header.Payload, out var frame, out _) && frame.Protocol == PapRequest.Protocol
        && PapRequest.TryParse(frame.Payload, out var request, out _) && request.PasswordLength > 0;
}
