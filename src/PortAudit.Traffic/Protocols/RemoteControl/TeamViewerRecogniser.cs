using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.RemoteControl;

/// <summary>
/// Recognises TeamViewer by the two bytes with which each end begins its commands (as nDPI and libprotoident know them;
/// no specification is public). They are few, so that both ends have to send them.
/// </summary>
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
