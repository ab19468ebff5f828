using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Kerberos;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntlm;

/// <summary>Finds NTLM messages and Kerberos tickets inside other protocols by searching for their signatures, as each
/// protocol wraps them differently (possibly in several layers, as in GSS-API, RFC 4121 §4.1 and RFC 4178
/// §4.2).</summary>
internal static class SecurityTokens
{
    /// <summary>Messages read per direction: challenge or response, and a retry.</summary>
    private const int MaximumMessages = 8;

    private const ushort NetBiosComputerName = 1;
    private const ushort DnsComputerName = 3;

    /// <summary>Adds the names sent by one side. True when the client's last message is included.</summary>
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
