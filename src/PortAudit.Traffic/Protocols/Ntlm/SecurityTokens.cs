using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Kerberos;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntlm;

/// <summary>
/// Finds the messages of NTLM and the tickets of Kerberos with which a client authenticates inside another protocol.
/// Each such protocol wraps them in its own way; both begin with marks that stand out, so the marks are looked for (as
/// by GSS-API, RFC 4121 §4.1 and RFC 4178 §4.2, they may stand behind several wrappings).
/// </summary>
internal static class SecurityTokens
{
    /// <summary>Messages that are read of one direction at most: challenge or answer, and what a second try
    /// adds.</summary>
    private const int MaximumMessages = 8;

    private const ushort NetBiosComputerName = 1;
    private const ushort DnsComputerName = 3;

    /// <summary>Notes the names in what one end sent. True when the client's last message is among it.</summary>
    /// <param name="bytes">What it sent.</param>
    /// <param name="sender">Address of that end.</param>
    /// <param name="receiver">Address of the other.</param>
    /// <param name="notes">Takes the names.</param>
    public static bool Note(ReadOnlySpan<byte> bytes, IpAddress sender, IpAddress receiver, NameNotes notes) =>
        NoteNtlm(bytes, sender, notes) | ServiceTicket.Note(bytes, receiver, notes);

    private static bool NoteNtlm(ReadOnlySpan<byte> bytes, IpAddress sender, NameNotes notes)
    {
        var isOver = false;
        for (var i = 0; i < MaximumMessages && bytes.IndexOf(NtlmMessage.Signature) is >= 0 and var at; i++)
        {
            bytes = bytes[at..];
            if (NtlmMessage.TryParse(bytes, out var message, out _))
                isOver |= NoteMessage(message, sender, notes);
            bytes = bytes[NtlmMessage.Signature.Length..];
        }

        return isOver;
    }

    private static bool NoteMessage(in NtlmMessage message, IpAddress sender, NameNotes notes)
    {
        if (message.IsChallenge)
        {
            notes.AddUtf16(sender, NameBasis.Ntlm, message.FindAttribute(DnsComputerName));
            notes.AddUtf16(sender, NameBasis.Ntlm, message.FindAttribute(NetBiosComputerName));
        }
        else if (message.IsAuthenticate && message.IsUnicode)
        {
            notes.AddUtf16(sender, NameBasis.Ntlm, message.Workstation);
        }
        else if (message.IsAuthenticate)
        {
            notes.AddUtf8(sender, NameBasis.Ntlm, message.Workstation);
        }

        return message.IsAuthenticate;
    }
}
