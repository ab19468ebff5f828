using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.WireGuard;

/// <summary>Recognises WireGuard (J. Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel", §5.4): a handshake
/// by fixed length and zeros in place of a cookie, or by the index repeated in the response; data alone by several
/// packets with the same index and a rising counter. The initiator is the client.</summary>
internal sealed class WireGuardRecogniser : IRecogniser
{
    private const int InitiationType = 1;
    private const int InitiationLength = 148;
    private const int ResponseType = 2;
    private const int ResponseLength = 92;
    private const int CookieType = 3;
    private const int CookieLength = 64;
    private const int DataType = 4;

    /// <summary>Type, receiver, counter, and the tag of an empty keep-alive packet (§6.5).</summary>
    private const int LeastData = 32;
    private const int DataAlignment = 16;

    /// <summary>Length of the second authenticator after a handshake message: zeros unless a cookie was sent
    /// (§5.4.4).</summary>
    private const int CookieAuthenticatorLength = 16;

    private const int IndexLength = 4;
    private const int CounterLength = 8;
    private const int SenderOffset = 4;
    private const int ReceiverOfResponse = 8;
    private const int ReceiverOffset = 4;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is >= InitiationType and <= DataType;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || !datagram.IsWhole
            || datagram.Payload.Length < LeastData)
            return RecogniserAnswer.NoMatch;
        var isMatch = false;
        var payload = datagram.Payload;
        switch (BinaryPrimitives.ReadUInt32LittleEndian(payload))
        {
            case InitiationType when payload.Length == InitiationLength:
                recognition.Client = datagram.Sender;
                isMatch = HasNoCookie(payload);
                break;
            case ResponseType when payload.Length == ResponseLength:
                recognition.Client = datagram.Receiver;
                isMatch = HasNoCookie(payload) || IsAnswered(datagram, payload.Slice(ReceiverOfResponse, IndexLength));
                break;
            case CookieType when payload.Length == CookieLength:
                recognition.Client = datagram.Receiver;
                isMatch = IsAnswered(datagram, payload.Slice(ReceiverOffset, IndexLength));
                break;
            case DataType when payload.Length % DataAlignment == 0:
                isMatch = CounterTrail.CountRises(datagram, ReceiverOffset + IndexLength,
                    CounterLength) >= CounterTrail.ProvingRises;
                break;
            default:
                return RecogniserAnswer.NoMatch;
        }

        return isMatch ? RecogniserAnswer.Match : RecogniserAnswer.NeedMoreData;
    }

    private static bool HasNoCookie(ReadOnlySpan<byte> handshake) =>
        !handshake[^CookieAuthenticatorLength..].ContainsAnyExcept((byte)0);

    /// <summary>True when the other side sent this index in a handshake.</summary>
    private static bool IsAnswered(SentDatagram datagram, ReadOnlySpan<byte> index)
    {
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            var isHandshake = earlier.Length switch
            {
                InitiationLength => earlier.Head is [InitiationType, 0, 0, 0, ..],
                ResponseLength => earlier.Head is [ResponseType, 0, 0, 0, ..],
                _ => false,
            };
            if (isHandshake && datagram.IsOpposedTo(earlier)
                && earlier.Head.Slice(SenderOffset, IndexLength).SequenceEqual(index))
                return true;
        }

        return false;
    }
}
