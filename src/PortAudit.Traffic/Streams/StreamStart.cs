using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Streams;

/// <summary>The starts of both directions of a TCP stream, and the recognisers not yet ruled out.</summary>
internal sealed class StreamStart
{
    private int _lowBegins;
    private int _highBegins;

    /// <summary>Stream of the low endpoint.</summary>
    public StreamPrefix Low { get; } = new();

    /// <summary>Stream of the high endpoint.</summary>
    public StreamPrefix High { get; } = new();

    public StreamPrefix Of(Side side) => side == Side.Low ? Low : High;

    /// <summary>Recognisers of <see cref="RecogniserSet.OverTcp"/> that may still match.</summary>
    public Candidates Candidates { get; set; } = RecogniserSet.OverTcp.All;

    /// <summary>Index in <see cref="RecogniserSet.OverTcp"/> of the one that matched and wants more; -1 without
    /// one.</summary>
    public int Matched { get; set; } = -1;

    /// <summary>Recognisers to try: the one that matched and wants more, else all that may match.</summary>
    public Candidates Present => Matched >= 0 ? Candidates.Only(Matched) : Candidates;

    /// <summary>Side of the client, according to <see cref="Matched"/>.</summary>
    public Side Client { get; set; }

    /// <summary>The only side whose bytes may decide more; null when either may.</summary>
    public Side? Awaits { get; set; }

    /// <summary>The side whose response to the request that <see cref="Matched"/> rests on is pending; null
    /// without.</summary>
    public Side? Answering { get; set; }

    /// <summary>The only side to examine, because it did not accept the other one's request; null for both.</summary>
    public Side? Alone { get; set; }

    /// <summary>The latest frame that extended the streams.</summary>
    public FrameReference LatestFrame { get; set; }

    public bool WantsMore { get; set; }

    /// <summary>A match in shape only; null without one.</summary>
    public TentativeMatch? Tentative { get; set; }

    /// <summary>Number of protocol switches.</summary>
    public int Switches { get; private set; }

    /// <summary>True when the protocol before the latest switch continues inside the next one.</summary>
    public bool ContinuesInside { get; private set; }

    /// <summary>Index in <see cref="RecogniserSet.OverTcp"/> of the protocol before the latest switch; -1 without
    /// one.</summary>
    public int LatestSwitchedFrom { get; private set; } = -1;

    /// <summary>Protocol switch to apply if the other direction is never seen.</summary>
    public OneWaySwitch? IfOneWay { get; set; }

    /// <summary>True when a switch led to another endpoint: the protocol before was a proxy's.</summary>
    public bool IsThroughProxy { get; private set; }

    /// <summary>Start of the current protocol in <see cref="Low"/>.</summary>
    public int BeginOfLow => Math.Min(_lowBegins, Low.Length);

    /// <summary>Start of the current protocol in <see cref="High"/>.</summary>
    public int BeginOfHigh => Math.Min(_highBegins, High.Length);

    /// <summary>What the low endpoint sent in the current protocol.</summary>
    public ReadOnlySpan<byte> PresentLow => Low.Bytes[BeginOfLow..];

    /// <summary>What the high endpoint sent in the current protocol.</summary>
    public ReadOnlySpan<byte> PresentHigh => High.Bytes[BeginOfHigh..];

    public ReadOnlySpan<byte> PresentOf(Side side) => side == Side.Low ? PresentLow : PresentHigh;

    /// <summary>Switches to the protocol after these bytes of the current one.</summary>
    public void SwitchTo(ProtocolSwitch next, Side originator)
    {
        _lowBegins += originator == Side.Low ? next.FromOriginator : next.FromResponder;
        _highBegins += originator == Side.Low ? next.FromResponder : next.FromOriginator;
        ContinuesInside = next.ContinuesInside;
        IsThroughProxy |= !next.ContinuesInside;
        Switches++;
        Candidates = RecogniserSet.OverTcp.All;
        (LatestSwitchedFrom, Matched) = (Matched, -1);
        (Awaits, IfOneWay) = (null, null);
        (Answering, WantsMore) = (null, false);
    }

    /// <summary>True while a request made through another protocol, such as a proxy's, has no response.</summary>
    public bool RequestsThroughAnother => Answering is not null && Switches > 0;

    /// <summary>Continues with <paramref name="answering"/> alone: it did not accept the other side's
    /// request.</summary>
    public void ShowAlone(Side answering, BufferPool pool)
    {
        Of(answering.Other()).Clear(pool);
        Candidates = RecogniserSet.OverTcp.All;
        (Matched, WantsMore) = (-1, false);
        (Answering, Alone, Awaits) = (null, answering, answering);
        (Tentative, IfOneWay) = (null, null);
    }

    public void Clear(BufferPool pool)
    {
        Low.Clear(pool);
        High.Clear(pool);
        Candidates = RecogniserSet.OverTcp.All;
        (Matched, Awaits) = (-1, null);
        (Answering, Alone, WantsMore) = (null, null, false);
        Tentative = null;
        (LatestSwitchedFrom, IfOneWay) = (-1, null);
        (_lowBegins, _highBegins) = (0, 0);
        (Switches, ContinuesInside, IsThroughProxy) = (0, false, false);
    }
}

/// <summary>A match held until proof comes or the flow is given up: the first of strength
/// <see cref="MatchStrength.Shape"/>, or a request for another protocol without response so far. Allocated only for the
/// few flows that have one.</summary>
internal sealed record TentativeMatch(int Row, Recognition Recognition, Side Originator, FrameReference Frame)
{
    /// <summary>The side of the client; null when unknown.</summary>
    public Side? Client => Recognition.Client.SideOf(Originator);
}

/// <summary>A protocol switch to apply if the other direction is never seen
/// (<see cref="Recognition.NextIfOneWay"/>).</summary>
internal readonly record struct OneWaySwitch(ProtocolSwitch ProtocolSwitch, Side Originator, FrameReference Frame);
