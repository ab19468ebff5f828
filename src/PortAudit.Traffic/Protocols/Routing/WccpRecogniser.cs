using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises WCCP over UDP: version 2 by type, version, length and the security component that comes first
/// (draft-mclaggan-wccp-v2rev1 §5); version 1 by type, version and length (draft-forster-wrec-wccp-v1 §4). The cache is
/// the client.</summary>
internal sealed class WccpRecogniser : IRecogniser
{
    private const int HeaderLength = 8;
    private const int SecurityHeaderLength = 8;
    private const int FirstLength = 16;
    private const int FirstVersion = 4;

    private const int HereIAm = 10;
    private const int RemovalQuery = 13;
    private const int FirstHereIAm = 7;
    private const int FirstISeeYou = 8;
    private const int AssignBuckets = 9;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == 0;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || datagram.Payload.Length < FirstLength)
            return RecogniserAnswer.NoMatch;
        var type = BinaryPrimitives.ReadUInt32BigEndian(datagram.Payload);
        if (!IsSecond(datagram, type) && !IsFirst(datagram, type))
            return RecogniserAnswer.NoMatch;

        // The router sends I_SEE_YOU and removal queries, the cache HERE_I_AM and assignments.
        recognition.Client = type is FirstISeeYou or HereIAm + 1 or RemovalQuery ? datagram.Receiver : datagram.Sender;
        return RecogniserAnswer.Match;
    }

    private static bool IsSecond(SentDatagram datagram, uint type)
    {
        var payload = datagram.Payload;
        if (type is < HereIAm or > RemovalQuery
            || BinaryPrimitives.ReadUInt16BigEndian(payload[4..]) is not (0x0200 or 0x0201))
            return false;
        var hasSecurity = BinaryPrimitives.ReadUInt16BigEndian(payload[HeaderLength..]) == 0
            && BinaryPrimitives.ReadUInt16BigEndian(payload[(HeaderLength + 2)..]) is 4 or 20;
        return hasSecurity && payload.Length >= HeaderLength + SecurityHeaderLength
            && datagram.IsFilledBy(HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(payload[6..]));
    }

    private static bool IsFirst(SentDatagram datagram, uint type)
    {
        var payload = datagram.Payload;
        return type is >= FirstHereIAm and <= AssignBuckets
            && BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) == FirstVersion && payload.Length % 4 == 0;
    }
}
