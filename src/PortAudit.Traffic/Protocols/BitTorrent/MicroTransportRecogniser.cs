using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.BitTorrent;

/// <summary>Recognises uTP over UDP (BEP 29) from both directions: a reply to a SYN acknowledges its number under the
/// same connection id; later packets use ids that differ by one, and need two such pairs. The sender of the SYN is the
/// client.</summary>
internal sealed class MicroTransportRecogniser : IRecogniser
{
    private const int HeaderLength = 20;
    private const int State = 2;
    private const int Syn = 4;

    /// <summary>Packets by which an acknowledgment may lag.</summary>
    private const int MaximumLag = 64;
    private const int ProvingPairs = 2;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is 0x01 or 0x11 or 0x21 or 0x31 or 0x41;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || !MayBe(datagram.Payload))
            return RecogniserAnswer.NoMatch;
        var pairs = 0;
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (!datagram.IsOpposedTo(earlier) || !MayBe(earlier.Head))
                continue;
            if (IsAnswerToSyn(datagram.Payload, earlier.Head))
            {
                recognition.Client = datagram.Receiver;
                return RecogniserAnswer.Match;
            }

            pairs += AreOfOneConnection(datagram.Payload, earlier.Head) ? 1 : 0;
        }

        return pairs >= ProvingPairs ? RecogniserAnswer.Match : RecogniserAnswer.NeedMoreData;
    }

    /// <summary>Version 1, type 0 to 4, no extension or one of two in use.</summary>
    private static bool MayBe(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength && bytes is [0x01 or 0x11 or 0x21 or 0x31 or 0x41, <= 2, ..];

    private static bool IsAnswerToSyn(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> syn) =>
        TypeOf(answer) == State && TypeOf(syn) == Syn && Connection(answer) == Connection(syn)
        && Acknowledged(answer) == Sequence(syn);

    private static bool AreOfOneConnection(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        Math.Abs(Connection(one) - Connection(other)) == 1 && AreNear(Acknowledged(one), Sequence(other))
        && AreNear(Acknowledged(other), Sequence(one));

    private static bool AreNear(ushort acknowledged, ushort sequence) =>
        Math.Abs((int)(short)(sequence - acknowledged)) <= MaximumLag;

    private static int TypeOf(ReadOnlySpan<byte> bytes) => bytes[0] >> 4;

    private static ushort Connection(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);

    private static ushort Sequence(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]);

    private static ushort Acknowledged(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[18..]);
}
