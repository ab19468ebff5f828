using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises Cisco's HSRP over UDP: version 0 (RFC 2281 §5) by fixed length, fields and default password, or
/// two packets that agree; version 2 by the initial group state TLV.</summary>
internal sealed class HsrpRecogniser : IRecogniser
{
    private const int FirstLength = 20;
    private const int ReservedOffset = 7;
    private const int PasswordOffset = 8;
    private const int PasswordLength = 8;

    /// <summary>Opcode 3, advertisements of passive routers, has 16 bytes: type 1, length 10, then state and
    /// counts.</summary>
    private static ReadOnlySpan<byte> Advertisement => [0, 3, 0, 1, 0, 10];

    private const int AdvertisementLength = 16;

    /// <summary>Type and length of the group state TLV, then version 2.</summary>
    private static ReadOnlySpan<byte> SecondHead => [1, 40, 2];

    private const int SecondLength = 42;

    private static ReadOnlySpan<byte> CustomaryPassword => "cisco\0\0\0"u8;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is 0 or 1;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        var payload = datagram.Payload;
        if (IsSecond(datagram)
            || (datagram.IsWhole && payload.Length == AdvertisementLength && payload.StartsWith(Advertisement)))
            return RecogniserAnswer.Match;
        if (!IsFirst(payload))
            return RecogniserAnswer.NoMatch;
        return payload.Slice(PasswordOffset, PasswordLength).SequenceEqual(CustomaryPassword) || WasSaidBefore(datagram)
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NeedMoreData;
    }

    /// <summary>Version, opcode, state, hello and hold time, priority, group, zero, password, virtual address; an MD5
    /// digest may follow.</summary>
    private static bool IsFirst(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= FirstLength && bytes is [0, <= 2, 0 or 1 or 2 or 4 or 8 or 16, > 0, var hold, _, _, 0, ..]
        && hold >= bytes[3] && IsText(bytes.Slice(PasswordOffset, PasswordLength))
        && BinaryPrimitives.ReadUInt32BigEndian(bytes[(FirstLength - 4)..]) != 0;

    private static bool IsText(ReadOnlySpan<byte> password)
    {
        var end = password.IndexOf((byte)0);
        var text = end < 0 ? password : password[..end];
        return !text.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            && !password[text.Length..].ContainsAnyExcept((byte)0);
    }

    /// <summary>True when the same side sent the same group, password and virtual address before.</summary>
    private static bool WasSaidBefore(SentDatagram datagram)
    {
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (!datagram.IsOpposedTo(earlier) && IsFirst(earlier.Head) && earlier.Head[(ReservedOffset
                - 1)..FirstLength].SequenceEqual(datagram.Payload[(ReservedOffset - 1)..FirstLength]))
                return true;
        }

        return false;
    }

    /// <summary>Opcode, state 0 to 6, IP version; nonzero timers in milliseconds.</summary>
    private static bool IsSecond(SentDatagram datagram) =>
        datagram.Payload.Length >= SecondLength && datagram.Payload.StartsWith(SecondHead)
        && datagram.Payload is [_, _, _, <= 2, <= 6, 4 or 6, ..]
        && BinaryPrimitives.ReadUInt32BigEndian(datagram.Payload[18..]) != 0;
}
