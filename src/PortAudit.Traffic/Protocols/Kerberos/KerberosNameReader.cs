using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Reads the requester of a ticket (RFC 4120 §5.4.1): a computer account, and the NetBIOS name that Windows
/// adds to the client's addresses.</summary>
internal sealed class KerberosNameReader : INameReader
{
    private const byte AsRequest = 0x6A;
    private const byte TgsRequest = 0x6C;
    private const byte BodyField = 0xA4;
    private const byte ClientNameField = 0xA1;
    private const byte AddressesField = 0xA9;
    private const byte AddressTypeField = 0xA0;
    private const byte AddressField = 0xA1;

    /// <summary>Address type 20 as INTEGER: a NetBIOS name padded with blanks (RFC 4120 §7.5.3).</summary>
    private static ReadOnlySpan<byte> NetBiosType => [0x02, 0x01, 0x14];

    /// <summary>Addresses read per request.</summary>
    private const int MaximumAddresses = 16;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes)
    {
        if (!payload.IsStream)
        {
            Note(payload.Datagram, payload.Sender, notes);
            return false;
        }

        return ReadStream(payload.FromOriginator, payload.Originator, notes)
            | ReadStream(payload.FromResponder, payload.Responder, notes);
    }

    /// <summary>Reads the first message after its length (RFC 4120 §7.2.2). True for a complete request; clients open a
    /// connection for each.</summary>
    private static bool ReadStream(ReadOnlySpan<byte> stream, IpAddress sender, NameNotes notes) =>
        stream.Length > KerberosMessageRecogniser.LengthPrefix
        && BinaryPrimitives.ReadUInt32BigEndian(stream) <= stream.Length - KerberosMessageRecogniser.LengthPrefix
        && Note(stream[KerberosMessageRecogniser.LengthPrefix..], sender, notes);

    private static bool Note(ReadOnlySpan<byte> message, IpAddress sender, NameNotes notes)
    {
        if (!DerElement.TryParse(message, out var request, out _) || request.Tag is not (AsRequest or TgsRequest))
            return false;
        if (!DerFields.TryFind(request.Content, BodyField, out var body))
            return true;
        if (DerFields.TryFind(body, ClientNameField, out var field) && PrincipalName.TryParse(field, out var client))
            notes.AddUtf8(sender, NameBasis.Kerberos, client.Computer);
        if (DerFields.TryFind(body, AddressesField, out var addresses)
            && DerElement.TryTake(ref addresses, DerElement.Sequence, out var list))
            NoteAddresses(list.Content, sender, notes);
        return true;
    }

    private static void NoteAddresses(ReadOnlySpan<byte> list, IpAddress sender, NameNotes notes)
    {
        for (var i = 0; i < MaximumAddresses && DerElement.TryTake(ref list, DerElement.Sequence, out var address); i++)
        {
            var isName =
                DerFields.TryFind(address.Encoding, AddressTypeField, out var type) && type.SequenceEqual(NetBiosType);
            if (isName && DerFields.TryFind(address.Encoding, AddressField, out var field)
                && DerElement.TryTake(ref field, DerElement.OctetString, out var name))
                notes.AddUtf8(sender, NameBasis.Kerberos, NetBiosName.OfComputer(name.Content));
        }
    }
}
