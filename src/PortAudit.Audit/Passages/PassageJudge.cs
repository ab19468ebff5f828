using System.Globalization;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>
/// Says what a device between two capture points did with connections. Nothing is called dropped, rejected or answered
/// by the device unless the other point stands on the way, watched with a margin, and cannot have lost it.
/// </summary>
/// <param name="first">The first point.</param>
/// <param name="second">The second point.</param>
/// <param name="sides">Which addresses are on which side.</param>
/// <param name="clock">How the clocks differ.</param>
/// <param name="usual">The hop limits with which hosts answer.</param>
internal sealed class PassageJudge(PointView first, PointView second, PointSides sides, PointClock clock,
    UsualHopLimits usual)
{
    /// <summary>How far apart in time the other connections of a host or network may be that prove the way, in
    /// nanoseconds.</summary>
    private const long NearbyNs = 600_000_000_000;

    public Passage Of(FlowPair pair)
    {
        var isFirstNear = sides.IsOriginatorFirst(pair);
        var (near, far) = isFirstNear ? (pair.First, pair.Second) : (pair.Second, pair.First);
        var (nearPoint, farPoint) = isFirstNear ? (first, second) : (second, first);
        var changes = pair.IsSameStream ? PassageChange.Of(near, far) : [];
        var (fate, why) = FateOf(pair, near, far, nearPoint, farPoint, isFirstNear);
        if (fate == Fate.Passed && (near.Originator != far.Originator || near.Responder != far.Responder))
            fate = Fate.Translated;
        return new Passage { Near = near, Far = far, Basis = pair.Basis, Fate = fate, Why = why, Changes = changes };
    }

    /// <summary>What became of a connection that one point recorded.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="isFirst">True when it was the first point.</param>
    public Passage Of(FlowRecord flow, bool isFirst)
    {
        var (own, other) = isFirst ? (first, second) : (second, first);
        if (WhyNotOnTheWay(flow, isFirst) is { } elsewhere)
            return Alone(flow, isNear: true, Fate.NotOnTheWay, elsewhere);
        var isNear = SideOf(flow.Responder.Address) != isFirst;
        if (!Watched(other, flow.StartNs, isFirst) && !Watched(other, flow.EndNs, isFirst))
            return Alone(flow, isNear, Fate.NotProved, $"{other.Name} was not capturing at that time, or only just");
        if (!(isNear == isFirst ? other.SeesThere : other.SeesBack))
            return Alone(flow, isNear, Fate.NotProved, $"{other.Name} records the other direction only");
        if (!isNear)
            return Alone(flow, isNear, Fate.NotProved,
                $"it came from the side of {other.Name}, which did not record it: another path, or a packet that its "
                + "capture lost");
        var (fate, why) = FateOf(flow, own, other);
        return Alone(flow, isNear, fate, why);
    }

    private static Passage Alone(FlowRecord flow, bool isNear, Fate fate, string why) =>
        new() { Near = isNear ? flow : null, Far = isNear ? null : flow, Fate = fate, Why = why };

    private bool Watched(PointView other, long timestampNs, bool isFirst) =>
        other.Watched(timestampNs + OffsetAt(timestampNs, isFirst), clock.At(timestampNs)?.HalfWidthNs);

    private bool? SideOf(IpAddress address) => sides.SideOf(address) ?? sides.SideOfNeighbours(address);

    private long OffsetAt(long timestampNs, bool isFirst) =>
        clock.At(timestampNs) is not { } known ? 0 : isFirst ? known.OffsetNs : -known.OffsetNs;

    private static (Fate Fate, string Why) FateOf(FlowPair pair, FlowRecord near, FlowRecord far, PointView nearPoint,
        PointView farPoint, bool isFirstNear)
    {
        if (pair.Handshake == HandshakeChange.AnsweredFirst)
            return (Fate.Proxied, "the device answered the SYN itself and opened the way to the server afterwards (SYN "
                + "proxy): the server uses a different sequence number");
        if (pair.Handshake == HandshakeChange.NewConnection
            || (pair.Basis == PairingBasis.Payload && !pair.IsSameStream))
            return (Fate.Proxied, "the same bytes in two connections with different sequence numbers: a proxy");
        if (near.Trace?.In.Opening is not null && far is { Outcome: Outcome.Refused, Trace.In.Opening: null })
            return (Fate.Proxied, "the device answered the SYN itself (SYN proxy); the server then refused it");
        if (near.In.Packets == 0 && far.In.Packets > 0)
            return WithoutAnswer(near, nearPoint, farPoint, isFirstNear ? nearPoint.SeesBack : nearPoint.SeesThere);
        if (OwnReset(near, far, nearPoint, farPoint) is { } reset)
            return (Fate.Reset, reset);
        if (StoppedMidway(near, far, farPoint.Name) is { } stopped)
            return (Fate.Dropped, stopped);
        if (StoppedMidway(far.Turn(), near.Turn(), nearPoint.Name) is { } back)
            return (Fate.Dropped, back);
        return (Fate.Passed, SentenceOf(pair.Basis));
    }

    private static string SentenceOf(PairingBasis basis) => basis switch
    {
        PairingBasis.Addresses => "the same addresses and ports on both sides",
        PairingBasis.SequenceNumbers => "the same initial sequence numbers on both sides",
        PairingBasis.TcpTimestamps => "the same TCP timestamp in the SYN on both sides",
        PairingBasis.Packets => "the same packets on both sides",
        PairingBasis.Payload => "the same bytes on both sides",
        PairingBasis.Time => "the same time and port, between addresses that are translated into each other elsewhere",
    };

    /// <summary>The answers came to the far point only: they were dropped, unless the originator goes on as if it had
    /// them, or the near point has nothing of that direction.</summary>
    private static (Fate Fate, string Why) WithoutAnswer(FlowRecord near, PointView nearPoint, PointView farPoint,
        bool seesAnswers)
    {
        var goesOn = near.Transport == IpProtocol.Tcp && near.History.AsSpan().ContainsAny("AD");
        if (goesOn)
            return (Fate.Passed, $"the originator has the answers, which {nearPoint.Name} does not record: they take "
                + "another way back");
        if (!seesAnswers)
            return (Fate.Passed, $"{nearPoint.Name} records no answers at all: whether they came back is not known");
        return nearPoint.CannotHaveLost(1)
            ? (Fate.Dropped, $"it passed; the answers reached {farPoint.Name}, but not {nearPoint.Name}")
            : (Fate.NotProved,
                $"it passed; the answers are not in the capture of {nearPoint.Name}, which lost packets");
    }

    /// <summary>A reset that one side got and the other did not send.</summary>
    private static string? OwnReset(FlowRecord near, FlowRecord far, PointView nearPoint, PointView farPoint)
    {
        if (near.Transport != IpProtocol.Tcp)
            return null;
        var toOriginator = near.History.Contains('r', StringComparison.Ordinal)
            && !far.History.Contains('r', StringComparison.Ordinal) && farPoint.CannotHaveLost(1);
        var toResponder = far.History.Contains('R', StringComparison.Ordinal)
            && !near.History.Contains('R', StringComparison.Ordinal) && nearPoint.CannotHaveLost(1);
        return (toOriginator, toResponder) switch
        {
            (true, true) => "both sides got a reset that the other did not send",
            (true, false) => $"the originator got a reset that did not pass {farPoint.Name}",
            (false, true) => $"the responder got a reset that did not pass {nearPoint.Name}",
            _ => null,
        };
    }

    /// <summary>Data that was sent again and again, and of which the other side saw nothing.</summary>
    private static string? StoppedMidway(FlowRecord sender, FlowRecord receiver, string receiverPoint)
    {
        if (sender.LostData is not { ByOriginator: true } lost || sender.Trace is not { } sent
            || receiver.Trace is not { } received || sent.Out.Opening is null || received.Out.Opening is null)
            return null;
        var missing = sent.Out.StreamLength - received.Out.StreamLength;
        return missing is 0 or > int.MaxValue || missing < (uint)lost.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it passed at first; then {missing:N0} bytes, sent "
                + $"{Quantity.Of(lost.Times, "time")}, did not reach {receiverPoint}");
    }

    /// <summary>Why a flow says nothing about the device: both endpoints are on one side, or no similar flow passed.
    /// Null if the device is on its path.</summary>
    private string? WhyNotOnTheWay(FlowRecord flow, bool isFirst)
    {
        if (!flow.Responder.Address.IsUnicast)
            return "a multicast or broadcast address, which is not routed";
        var (originator, responder) = (SideOf(flow.Originator.Address), SideOf(flow.Responder.Address));
        if (responder is null)
            return "no other connection of the responder, or of several of its network, was recorded on both sides";
        if (responder == isFirst && originator != !isFirst)
            return originator is null ? "nothing shows that its originator is on the other side"
                : "both hosts are on the same side";
        if (originator == responder)
            return "both hosts are on the same side";
        var timestampNs = isFirst ? flow.StartNs : flow.StartNs - (clock.At(flow.StartNs)?.OffsetNs ?? 0);
        return sides.WasSeenAround(flow.Responder.Address, timestampNs, NearbyNs) ? null
            : "no other connection of the responder, or of its network, was recorded on both sides within ten minutes";
    }

    private (Fate Fate, string Why) FateOf(FlowRecord flow, PointView own, PointView other)
    {
        var isAnswered = flow.In.Packets > 0 && flow.Outcome is not (Outcome.Refused or Outcome.Rejected);
        if (isAnswered || flow.Outcome == Outcome.Refused)
            return Answered(flow, other, isAnswered);
        if (!other.CannotHaveLost(Math.Max(flow.Out.Packets, flow.SynCount)))
            return (Fate.NotProved, $"the capture of {other.Name} lost packets, and may have lost these");
        if (flow.Outcome == Outcome.Rejected)
            return (Fate.Rejected, $"{flow.StoppedHow} came back, and nothing reached {other.Name}, although other "
                + "traffic of the responder's network did");
        var packets = flow.Transport == IpProtocol.Tcp && flow.SynCount > 0
            ? Quantity.Of(flow.SynCount, "attempt")
            : Quantity.Of(flow.Out.Packets, "packet");
        return (Fate.Dropped, $"{packets} seen at {own.Name} never reached {other.Name}, although other traffic of "
            + "the responder's network did");
    }

    /// <summary>An answer of which the other point knows nothing: the device's own where its hop limit shows that it
    /// comes from nearer than the host's.</summary>
    private (Fate Fate, string Why) Answered(FlowRecord flow, PointView other, bool isAnswered)
    {
        if (usual.IsAnsweredByDevice(flow.Responder.Address))
            return (isAnswered ? Fate.Answered : Fate.Rejected,
                $"nothing of it reached {other.Name}, and other connections to {flow.Responder.Address} are answered "
                + "by the device");
        var hopLimit = flow.Trace?.In.HopLimit is > 0 and { } answer ? answer : flow.Reset?.HopLimit ?? 0;
        var fromDevice = usual.IsNearer(flow.CapturePoint, flow.Responder.Address, hopLimit);
        if (fromDevice == true && other.CannotHaveLost(flow.Out.Packets))
            return (isAnswered ? Fate.Answered : Fate.Rejected, string.Create(CultureInfo.InvariantCulture,
                $"nothing of it reached {other.Name}, and the answer's TTL {hopLimit} shows that it comes from nearer "
                + $"than the responder ({usual.TextOf(flow.CapturePoint, flow.Responder.Address)})"));
        return (Fate.NotProved, fromDevice == false
            ? $"the answer comes from beyond, as its TTL shows, and {other.Name} did not record it: another path, or a "
                + "packet that its capture lost"
            : $"answered, and {other.Name} recorded nothing: by the device, or by another path");
    }
}
