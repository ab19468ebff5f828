using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Messaging;

/// <summary>Recognises AMQP over TCP by the client's protocol header, also sent by a server to propose another version
/// (AMQP 0-9-1 §4.2.2, AMQP 1.0 part 2 §2.2).</summary>
internal sealed class AmqpRecogniser : TwoSidedRecogniser
{
    private const int HeaderLength = 8;

    private static ReadOnlySpan<byte> Name => "AMQP"u8;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        var common = stream.CommonPrefixLength(Name);
        if (common < Name.Length)
            return common == stream.Length ? SideMatch.Partial : SideMatch.Mismatch;
        if (stream.Length < HeaderLength)
            return SideMatch.Partial;

        // 0-9-1 and 0-9; 0-8 and 0-10; 1.0 plain, over TLS and with SASL. Both sides' headers look the same; the
        // client's comes first.
        return stream[Name.Length..HeaderLength] is [0, 0, 9, 0 or 1] or [1, 1, 0, 8 or 9 or 10] or [1, 1, 8, 0]
            or [0 or 2 or 3, 1, 0, 0] ? SideMatch.Request : SideMatch.Mismatch;
    }
}
