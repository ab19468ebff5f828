using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Iec104;

/// <summary>Recognises IEC 60870-5-104 over TCP. Proof is a frame all of whose bytes are fixed, one with data as long
/// as their type demands, or any two; a single other one is a shape. The controlling station is the client.</summary>
internal sealed class Iec104Recogniser : IRecogniser
{
    /// <summary>Frames examined per direction: a station acknowledges up to eight at once (IEC 60870-5-104 §5.5).
    /// </summary>
    private const int MaximumFrames = 8;

    private const int FramesForProof = 2;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var weight = 0;
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, ref weight),
            Weigh(conversation.FromResponder, ref weight));
        if (sides is { Originator: SideMatch.Mismatch } or { Responder: SideMatch.Mismatch })
            return RecogniserAnswer.NoMatch;
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && weight < FramesForProof)
            recognition.Strength = MatchStrength.Shape;
        return answer;
    }

    /// <summary>The first frame must be valid; the first one that only one side sends shows the sender.</summary>
    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, ref int weight)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        var evidence = SideMatch.Partial;
        for (var i = 0; i < MaximumFrames; i++)
        {
            if (!Iec104Frame.TryParse(bytes, out var frame, out var error))
                return error == ParseError.Incomplete || i > 1 ? evidence : SideMatch.Mismatch;
            weight += frame.IsDistinct ? FramesForProof : 1;
            if (evidence is SideMatch.Partial or SideMatch.EitherSide)
                evidence = frame.Side;
            bytes = bytes[frame.TotalLength..];
        }

        return evidence;
    }
}
