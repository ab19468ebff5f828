using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Streams;

/// <summary>The starts of both directions of a TCP stream, and which recognisers have not yet said no.</summary>
internal sealed class StreamStart
{
    private int _lowBegins;
    private int _highBegins;

    /// <summary>What the low endpoint of the flow's key sent.</summary>
    public StreamPrefix Low { get; } = new();

    /// <summary>What the high endpoint sent.</summary>
    public StreamPrefix High { get; } = new();

    /// <summary>What a side sent.</summary>
    public StreamPrefix Of(Side side) => side == Side.Low ? Low : High;

    /// <summary>Recognisers of <see cref="RecogniserSet.OverTcp"/> that may still match.</summary>
    public Candidates Candidates { get; set; } = RecogniserSet.OverTcp.All;

    /// <summary>Place in <see cref="RecogniserSet.OverTcp"/> of the one that matched and wants more, -1 while none
    /// has.</summary>
    public int Matched { get; set; } = -1;

    /// <summary>Who is asked about the present conversation: the one that matched and wants more, else all that
    /// may.</summary>
    public Candidates Present => Matched >= 0 ? Candidates.Only(Matched) : Candidates;

    /// <summary>The side of the client, by what <see cref="Matched"/> said.</summary>
    public Side Client { get; set; }

    /// <summary>The side whose bytes alone would tell more; null while those of both may.</summary>
    public Side? Awaits { get; set; }

    /// <summary>The side that has yet to answer the request by which alone <see cref="Matched"/> matched; null when
    /// none is awaited.</summary>
    public Side? Answering { get; set; }

    /// <summary>The side that alone is shown, as it did not accept what the other one asked for; null while both
    /// are.</summary>
    public Side? Alone { get; set; }

    /// <summary>The latest frame by which the streams grew.</summary>
    public FrameReference LatestFrame { get; set; }

    /// <summary>True when <see cref="Matched"/> wants more bytes.</summary>
    public bool WantsMore { get; set; }

    /// <summary>A match in shape only; null without one.</summary>
    public TentativeMatch? Tentative { get; set; }

    /// <summary>Times that the conversation went over to another one.</summary>
    public int Switches { get; private set; }

    /// <summary>True when the latest protocol that handed over goes on within the next one.</summary>
    public bool GoesOnInside { get; private set; }

    /// <summary>Place in <see cref="RecogniserSet.OverTcp"/> of the protocol that handed over latest, -1 while none
    /// has.</summary>
    public int LatestToHandOver { get; private set; } = -1;

    /// <summary>Where the present conversation goes over to another one if the other direction is never seen.</summary>
    public OneWaySwitch? IfOneWay { get; set; }

    /// <summary>True when a protocol handed over to another end: it was a proxy's.</summary>
    public bool IsThroughProxy { get; private set; }

    /// <summary>Where in <see cref="Low"/> the present conversation begins.</summary>
    public int BeginOfLow => Math.Min(_lowBegins, Low.Length);

    /// <summary>Where in <see cref="High"/> it begins.</summary>
    public int BeginOfHigh => Math.Min(_highBegins, High.Length);

    /// <summary>What the low endpoint sent since the conversation went over to the present one.</summary>
    public ReadOnlySpan<byte> PresentLow => Low.Bytes[BeginOfLow..];

    /// <summary>What the high endpoint sent since then.</summary>
    public ReadOnlySpan<byte> PresentHigh => High.Bytes[BeginOfHigh..];

    /// <summary>What a side sent since then.</summary>
    public ReadOnlySpan<byte> PresentOf(Side side) => side == Side.Low ? PresentLow : PresentHigh;

    /// <summary>Goes over to the conversation behind these bytes of the present one.</summary>
    public void SwitchTo(ProtocolSwitch next, Side originator)
    {
        _lowBegins += originator == Side.Low ? next.FromOriginator : next.FromResponder;
        _highBegins += originator == Side.Low ? next.FromResponder : next.FromOriginator;
        GoesOnInside = next.GoesOnInside;
        IsThroughProxy |= !next.GoesOnInside;
        Switches++;
        Candidates = RecogniserSet.OverTcp.All;
        (LatestToHandOver, Matched) = (Matched, -1);
        (Awaits, IfOneWay) = (null, null);
        (Answering, WantsMore) = (null, false);
    }

    /// <summary>True while what a client asks for through another protocol, a proxy's for one, was not
    /// answered.</summary>
    public bool AsksThroughAnother => Answering is not null && Switches > 0;

    /// <summary>Goes on with what <paramref name="answering"/> says alone: it did not accept what the other side
    /// asked for.</summary>
    public void ShowAlone(Side answering, BufferPool pool)
    {
        Of(answering.Other()).Clear(pool);
        Candidates = RecogniserSet.OverTcp.All;
        (Matched, WantsMore) = (-1, false);
        (Answering, Alone, Awaits) = (null, answering, answering);
        (Tentative, IfOneWay) = (null, null);
    }

    /// <summary>Makes it as new.</summary>
    public void Clear(BufferPool pool)
    {
        Low.Clear(pool);
        High.Clear(pool);
        Candidates = RecogniserSet.OverTcp.All;
        (Matched, Awaits) = (-1, null);
        (Answering, Alone, WantsMore) = (null, null, false);
        Tentative = null;
        (LatestToHandOver, IfOneWay) = (-1, null);
        (_lowBegins, _highBegins) = (0, 0);
        (Switches, GoesOnInside, IsThroughProxy) = (0, false, false);
    }
}

/// <summary>The first match of strength <see cref="MatchStrength.Shape"/>, held until a proof comes or the flow is
/// given up, or a request for another protocol that is not answered yet. Made for the few flows that have one: many
/// others are under identification as long as they last, and have room for none.</summary>
/// <param name="Row">Index of the row in the registry.</param>
/// <param name="Recognition">What was recognised.</param>
/// <param name="Originator">The side that was taken for the originator then.</param>
/// <param name="Frame">The frame at which it matched.</param>
internal sealed record TentativeMatch(int Row, Recognition Recognition, Side Originator, FrameReference Frame)
{
    /// <summary>The side of the client; null when the bytes do not say.</summary>
    public Side? Client => Recognition.Client.SideOf(Originator);
}

/// <summary>A hand-over that counts if the other direction is never seen
/// (<see cref="Recognition.NextIfOneWay"/>).</summary>
/// <param name="ProtocolSwitch">Where the conversation goes over.</param>
/// <param name="Originator">The side that was taken for the originator then.</param>
/// <param name="Frame">The frame at which it was found.</param>
internal readonly record struct OneWaySwitch(ProtocolSwitch ProtocolSwitch, Side Originator, FrameReference Frame);
