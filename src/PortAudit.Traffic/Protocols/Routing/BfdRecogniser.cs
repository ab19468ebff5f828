using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises BFD control packets over UDP (RFC 5880 §4.1): a length that fills the datagram and valid fields,
/// in two packets with matching discriminators.</summary>
internal sealed class BfdRecogniser : IRecogniser
{
    private const int LeastLength = 24;

    /// <summary>With keyed SHA-1 (RFC 5880 §4.4).</summary>
    private const int GreatestLength = LeastLength + 28;
    private const byte AuthenticationBit = 0x04;
    private const byte MultipointBit = 0x01;
    private const int LastDiagnostic = 9;
    private const int DiscriminatorOffset = 4;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first >> 5 == 1;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || !IsBfd(datagram.Payload, datagram.Payload.Length))
            return RecogniserAnswer.NoMatch;
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (IsBfd(earlier.Head, earlier.Length)
                && AreOfOneSession(datagram.Payload, earlier.Head, datagram.IsOpposedTo(earlier)))
                return RecogniserAnswer.Match;
        }

        return RecogniserAnswer.NeedMoreData;
    }

    private static bool IsBfd(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length < LeastLength || bytes[0] >> 5 != 1 || (bytes[0] & 0x1F) > LastDiagnostic || bytes[3] != length
            || length > GreatestLength)
            return false;
        var hasAuthentication = (bytes[1] & AuthenticationBit) != 0;
        var isDown = bytes[1] >> 6 <= 1;
        var isSound = (bytes[1] & MultipointBit) == 0 && bytes[2] != 0 && hasAuthentication == length > LeastLength;
        return isSound && Mine(bytes) != 0 && (isDown || Yours(bytes) != 0)
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) != 0;
    }

    private static bool AreOfOneSession(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, bool areOpposed) =>
        areOpposed ? Yours(one) == Mine(other) || Yours(other) == Mine(one) : Mine(one) == Mine(other);

    private static uint Mine(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[DiscriminatorOffset..]);

    private static uint Yours(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[(DiscriminatorOffset + 4)..]);
}
