using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dns;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Reads the name that a host sends or receives with its address (RFC 2132 §3.14, RFC 4702). The address is
/// certain only in acknowledgments, renewals and information requests; in a request accepting an offer it is the
/// offered one (RFC 2131 §4.3.2).</summary>
internal sealed class DhcpNameReader : INameReader
{
    private const byte Request = 3;
    private const byte Acknowledgment = 5;
    private const byte Inform = 8;
    private const byte FullNameIsEncoded = 0x04;
    private const int FullNameHead = 3;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes)
    {
        if (payload.IsStream || !DhcpMessage.TryParse(payload.Datagram, isWhole: true, out var message, out _)
            || AddressOf(message) is not { } address)
            return payload.IsStream;
        notes.AddUtf8(address, NameBasis.Dhcp, message.WholeOption(DhcpOption.HostName).TrimEnd((byte)0));
        NoteFullName(message.WholeOption(DhcpOption.FullName), address, notes);
        return false;
    }

    /// <summary>The client's current or new address; null when unknown. A request without an offer may name an address
    /// of another network.</summary>
    private static IpAddress? AddressOf(DhcpMessage message)
    {
        if (message.WholeOption(DhcpOption.MessageType) is not [var type])
            return null;
        if (type == Acknowledgment && message.YourAddress is > 0 and var given)
            return IpAddress.FromIpv4(given);
        if (type is Acknowledgment or Inform || (type == Request && message.ClientAddress > 0))
            return IpAddress.FromIpv4(message.ClientAddress);
        return type == Request && !message.WholeOption(DhcpOption.ServerIdentifier).IsEmpty
            && message.WholeOption(DhcpOption.RequestedAddress) is { Length: 4 } asked
            ? IpAddress.FromIpv4(asked)
            : null;
    }

    /// <summary>Flags, two unused codes, and a name as text or in DNS form (RFC 4702 §2).</summary>
    private static void NoteFullName(ReadOnlySpan<byte> option, IpAddress address, NameNotes notes)
    {
        if (option.Length <= FullNameHead)
            return;
        var name = option[FullNameHead..];
        if ((option[0] & FullNameIsEncoded) == 0)
        {
            notes.AddUtf8(address, NameBasis.Dhcp, name.TrimEnd((byte)0));
            return;
        }

        // A name without terminating zero is partial, to be completed by the server.
        Span<byte> whole = stackalloc byte[byte.MaxValue + 1];
        Span<byte> text = stackalloc byte[DnsName.MaximumLength];
        name.CopyTo(whole);
        whole[name.Length] = 0;
        whole = whole[..(name.Length + 1)];
        notes.AddUtf8(address, NameBasis.Dhcp, text[..DnsText.Write(whole, whole, text)]);
    }
}
