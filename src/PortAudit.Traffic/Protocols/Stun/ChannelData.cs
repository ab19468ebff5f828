using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>A TURN ChannelData message (RFC 8656 §12.4), viewed in place: channel number and length, then peer
/// data.</summary>
internal readonly ref struct ChannelData
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>Data is padded to words over TCP, optionally over UDP (§12.5).</summary>
    private const int MaximumPadding = 3;

    private const int MessagesForProof = 3;

    private readonly ReadOnlySpan<byte> _bytes;

    private ChannelData(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no such message begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first >> 4 == 4;

    /// <summary>True when <paramref name="bytes"/> hold a header with a number from 0x4000 to 0x4FFF. The data may be
    /// cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ChannelData message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !MayBeginWith(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        message = new ChannelData(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Channel number.</summary>
    public ushort Channel => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Length of the message including its header, without padding, in bytes.</summary>
    public int TotalLength => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>True when it fills a datagram of this length, in bytes.</summary>
    public bool Fills(int length) => TotalLength <= length && length - TotalLength <= MaximumPadding;

    /// <summary>Examines a datagram and earlier ones: messages have no magic number, but three of the same channel that
    /// fill their datagrams are no coincidence.</summary>
    public static RecogniserAnswer Weigh(ReadOnlySpan<byte> bytes, bool isWhole, in DatagramHistory earlier)
    {
        if (!TryParse(bytes, out var message, out _)
            || (isWhole ? !message.Fills(bytes.Length) : message.TotalLength < bytes.Length))
            return RecogniserAnswer.NoMatch;
        var messages = 1;
        for (var i = 0; i < earlier.Count && messages < MessagesForProof; i++)
        {
            var datagram = earlier[i];
            if (TryParse(datagram.Head, out var before, out _) && before.Channel == message.Channel
                && before.Fills(datagram.Length))
                messages++;
        }

        return messages == MessagesForProof ? RecogniserAnswer.Match : RecogniserAnswer.NeedMoreData;
    }
}
