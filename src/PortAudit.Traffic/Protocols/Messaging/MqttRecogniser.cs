using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Messaging;

/// <summary>Recognises MQTT over TCP: a client by CONNECT with protocol name and level (MQTT 3.1.1 §3.1, MQTT 5.0
/// §3.1), a server by CONNACK (§3.2) unless the client's bytes contradict.</summary>
internal sealed class MqttRecogniser : TwoSidedRecogniser
{
    private const byte Connect = 0x10;
    private const byte ConnectAcknowledgment = 0x20;

    /// <summary>Bytes of the remaining length (MQTT 3.1.1 §2.2.3).</summary>
    private const int MaximumLengthBytes = 4;
    private const byte Continues = 0x80;

    private static ReadOnlySpan<byte> Name => "\0\u0004MQTT"u8;

    private static ReadOnlySpan<byte> OldName => "\0\u0006MQIsdp"u8;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        return stream[0] switch
        {
            Connect => WeighConnect(stream[1..]),

            // A server's first four bytes prove nothing: they only keep waiting for the client.
            ConnectAcknowledgment =>
                stream.Length < 4 || stream is [_, 2, 0 or 1, <= 5, ..] ? SideMatch.Partial : SideMatch.Mismatch,
            _ => SideMatch.Mismatch,
        };
    }

    private static SideMatch WeighConnect(ReadOnlySpan<byte> rest)
    {
        var lengthBytes = 1;
        while (lengthBytes <= rest.Length && (rest[lengthBytes - 1] & Continues) != 0)
        {
            if (lengthBytes++ == MaximumLengthBytes)
                return SideMatch.Mismatch;
        }

        if (lengthBytes > rest.Length)
            return SideMatch.Partial;
        rest = rest[lengthBytes..];
        var evidence = WeighName(rest, Name);
        return evidence == SideMatch.Mismatch ? WeighName(rest, OldName) : evidence;
    }

    /// <summary>The name, then level 3, 4 or 5, with the top bit for a bridge.</summary>
    private static SideMatch WeighName(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name)
    {
        var common = rest.CommonPrefixLength(name);
        if (common < name.Length)
            return common == rest.Length ? SideMatch.Partial : SideMatch.Mismatch;
        if (rest.Length == name.Length)
            return SideMatch.Partial;
        return (rest[name.Length] & 0x7F) is >= 3 and <= 5 ? SideMatch.Request : SideMatch.Mismatch;
    }
}
