using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Finds a client's service ticket in GSS-API (RFC 4121 §4.1): its clear part names the service and so its
/// host (RFC 4120 §5.3).</summary>
internal static class ServiceTicket
{
    private const byte ApRequest = 0x6E;
    private const byte TicketField = 0xA3;
    private const byte Ticket = 0x61;
    private const byte ServerNameField = 0xA2;

    /// <summary>Tickets read at most: one, and a second for a retry.</summary>
    private const int MaximumTokens = 4;

    /// <summary>Tagged object identifier of Kerberos 5 (RFC 4121 §4.1), and the number of the initial token
    /// (KRB_AP_REQ).</summary>
    private static ReadOnlySpan<byte> Mark =>
        [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02, 0x01, 0x00];

    /// <summary>Adds the host names in tickets. True when there is one.</summary>
    public static bool Note(ReadOnlySpan<byte> bytes, IpAddress server, NameNotes notes)
    {
        var found = false;
        for (var i = 0; i < MaximumTokens && bytes.IndexOf(Mark) is >= 0 and var at; i++)
        {
            bytes = bytes[(at + Mark.Length)..];
            if (!TryGetServerName(bytes, out var name))
                continue;
            found = true;
            if (name.Host is { IsEmpty: false } host)
                notes.AddUtf8(server, NameBasis.Kerberos, host);
        }

        return found;
    }

    /// <summary>Skips fields before the wanted one; a cut element ends the search.</summary>
    private static bool TryGetServerName(ReadOnlySpan<byte> bytes, out PrincipalName name)
    {
        name = default;
        return DerElement.TryTake(ref bytes, ApRequest, out var request)
            && DerFields.TryFind(request.Content, TicketField, out var ticketField)
            && DerElement.TryTake(ref ticketField, Ticket, out var ticket)
            && DerFields.TryFind(ticket.Content, ServerNameField, out var field)
            && PrincipalName.TryParse(field, out name);
    }
}
