using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Reads the source name of NetBIOS datagrams (RFC 1002 §4.4.2): the sending computer's, unless a datagram
/// distribution server forwards them.</summary>
internal sealed class NbdgmNameReader : INameReader
{
    private const byte DirectUnique = 0x10;
    private const byte Broadcast = 0x12;
    private const int SourceAddress = 4;
    private const int SourceName = 14;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes)
    {
        var datagram = payload.Datagram;
        if (payload.IsStream || datagram.Length < SourceName + NetBiosName.EncodedLength
            || datagram[0] is < DirectUnique or > Broadcast)
            return payload.IsStream;
        Span<byte> name = stackalloc byte[NetBiosName.Length];
        if (IpAddress.FromIpv4(datagram.Slice(SourceAddress, 4)) == payload.Sender
            && NetBiosName.TryDecode([], datagram[SourceName..], name))
            notes.AddUtf8(payload.Sender, NameBasis.NetBios, NetBiosName.OfComputer(name));
        return false;
    }
}
