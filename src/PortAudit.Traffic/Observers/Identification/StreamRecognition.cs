using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Runs the recognisers on the start of a connection's streams and follows protocol switches: from a proxy to
/// its target, from STARTTLS to TLS.</summary>
internal sealed class StreamRecognition(FlowDetailPool details, FlowNaming naming)
{
    /// <summary>Protocol switches followed: two nested proxies, STARTTLS inside, and one to spare.</summary>
    public const int MaximumSwitches = 4;

    /// <summary>The recognisers whose result does not depend on the added bytes.</summary>
    public static Candidates UnchangedBy(int added, StreamStart streams, Side sender)
    {
        var ofLines = streams.Present.Of(RecogniserSet.OverTcp.OfLines);
        return !ofLines.IsEmpty && IsWithinLine(streams.PresentOf(sender), added) ? ofLines : default;
    }

    /// <summary>True when a line, neither the first of its direction nor new, grew and none was completed: recognisers
    /// of lines would repeat their result.</summary>
    private static bool IsWithinLine(ReadOnlySpan<byte> present, int added)
    {
        if (added >= present.Length || present[^added..].ContainsAnyExcept(Ascii.LineCharacters))
            return false;
        var before = present[..^added];
        return before[^1] != '\n' && before.Contains((byte)'\n');
    }

    /// <summary>Runs the recognisers on the current protocol, and on those to which it switches; skips those in
    /// <paramref name="unchanged"/>, whose latest result stands.</summary>
    public RecognitionState Recognise(ref Flow flow, StreamStart streams, FrameReference frame,
        Candidates unchanged = default)
    {
        while (true)
        {
            var originator = flow.Originator;
            FlowConversation.Make(in flow, streams.PresentOf(originator), streams.PresentOf(originator.Other()),
                isWhole: true, null, out var conversation);
            var recognition = default(Recognition);
            var present = streams.Present;
            var candidates = present.Without(unchanged);
            var index = RecogniserSet.OverTcp.TryAll(conversation, ref candidates, ref recognition);
            candidates = candidates.With(present.Of(unchanged));
            unchanged = default;
            if (index < 0)
                return Wait(streams, candidates);
            if (recognition.Strength == MatchStrength.Shape && streams.Alone is not null)
                return Wait(streams, candidates.Without(index));
            if (recognition.Strength == MatchStrength.Shape)
                return Hold(streams, index, candidates, recognition, originator, frame);
            streams.Answering ??= RequestTrial.AnsweringTo(in flow, streams, recognition, originator);
            Accept(ref flow, streams, index, recognition, originator, frame);
            streams.IfOneWay =
                recognition.NextIfOneWay is { } later ? new OneWaySwitch(later, originator, frame) : null;
            if (recognition.Next is not { } next || streams.Switches == MaximumSwitches)
            {
                streams.WantsMore = recognition.WantsMore;
                return recognition.WantsMore || streams.Answering is not null
                    ? RecognitionState.Open
                    : RecognitionState.Settled;
            }

            streams.SwitchTo(next, originator);
        }
    }

    /// <summary>The other direction was never seen: applies the switches that depended on it, one proxy after the
    /// other. Each counts against <see cref="MaximumSwitches"/>.</summary>
    public void FollowOneWay(ref Flow flow, StreamStart streams)
    {
        while (streams.IfOneWay is { } waiting && streams.Switches < MaximumSwitches)
        {
            streams.SwitchTo(waiting.ProtocolSwitch, waiting.Originator);
            Recognise(ref flow, streams, waiting.Frame);
        }
    }

    private static RecognitionState Wait(StreamStart streams, Candidates candidates)
    {
        if (streams.Matched >= 0)
            return RecognitionState.Open;
        streams.Candidates = candidates;
        return StateOf(candidates);
    }

    /// <summary>Keeps a match in shape; the connection stays open while others may bring proof.</summary>
    private static RecognitionState Hold(StreamStart streams, int index, Candidates candidates,
        in Recognition recognition, Side originator, FrameReference frame)
    {
        streams.Candidates = candidates;
        if (streams.Switches == 0)
            streams.Tentative ??=
                new TentativeMatch(RecogniserSet.OverTcp.RowAt(index), recognition, originator, frame);
        return StateOf(candidates.Without(index));
    }

    private static RecognitionState StateOf(Candidates left) =>
        left.IsEmpty ? RecognitionState.Exhausted : RecognitionState.Open;

    private void Accept(ref Flow flow, StreamStart streams, int index, in Recognition recognition, Side originator,
        FrameReference frame)
    {
        if (streams.Matched < 0)
            streams.Client = recognition.Client == ClientSide.Responder ? originator.Other() : originator;
        streams.Matched = index;
        streams.Awaits = streams.Alone ?? recognition.Awaits.SideOf(originator);
        if (streams.RequestsThroughAnother)
            return;
        naming.Decide(ref flow, RecogniserSet.OverTcp.RowAt(index), recognition, originator, frame);
        if (streams.ContinuesInside)
            FlowNaming.KeepAsService(details.Of(ref flow), RecogniserSet.OverTcp.RowAt(streams.LatestSwitchedFrom));
    }
}
