using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.RemoteControl;

/// <summary>Recognises TeamViewer by the first two bytes of commands (as in nDPI and libprotoident; no public
/// specification). As they are few, both sides must have sent them.</summary>
internal sealed class TeamViewerRecogniser : IRecogniser
{
    private static ReadOnlySpan<byte> Mark => [0x17, 0x24];

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var one = conversation.FromOriginator;
        var other = conversation.FromResponder;
        if (!Agrees(one) || !Agrees(other))
            return RecogniserAnswer.NoMatch;
        return one.Length >= Mark.Length && other.Length >= Mark.Length
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NeedMoreData;
    }

    private static bool Agrees(ReadOnlySpan<byte> stream) =>
        stream.CommonPrefixLength(Mark) == Math.Min(stream.Length, Mark.Length);
}
