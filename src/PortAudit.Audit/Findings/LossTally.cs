using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>
/// What flows lost on the way, added up: sessions after a silence, segments that were never acknowledged, first
/// fragments without the rest, handshakes without their third packet. Sums and extremes: Independent of the order of
/// flows and unions.
/// </summary>
internal sealed class LossTally : IArchived
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public long SynAcks { get; private set; }

    /// <summary>Handshakes that were not completed and whose originator sent its SYN again after the SYN-ACK.</summary>
    public long RepeatedSyns { get; private set; }

    /// <summary>Sessions that were lost without any answer.</summary>
    public long SilentSessions { get; private set; }

    public long DeviceResets { get; private set; }

    /// <summary>Sessions that were reset, by the host or by a device: nothing shows which.</summary>
    public long UnknownResets { get; private set; }

    public long HostResets { get; private set; }

    /// <summary>The shortest silence after which a session was lost, in nanoseconds; the largest number without
    /// one.</summary>
    public long LeastIdleNs { get; private set; } = long.MaxValue;

    public long MostIdleNs { get; private set; }

    /// <summary>Flows with a segment that was never acknowledged, or in smaller parts only.</summary>
    public long Unacknowledged { get; private set; }

    /// <summary>Flows whose segments were acknowledged once they were smaller.</summary>
    public long PassedSmaller { get; private set; }

    /// <summary>Payload of the smallest such segment, in bytes; meaningful with one only.</summary>
    public long LeastLength { get; private set; } = long.MaxValue;

    public long MostLength { get; private set; }

    /// <summary>How often one was sent at most.</summary>
    public long MostTimes { get; private set; }

    /// <summary>Flows whose lost segment the originator sent.</summary>
    public long ByOriginator { get; private set; }

    /// <summary>Flows that the responder's address reset at the originator's first data.</summary>
    public long ResetAtOnce { get; private set; }

    public long Datagrams { get; private set; }

    /// <summary>Flows with such datagrams of the responder.</summary>
    public long FragmentsOfResponders { get; private set; }

    public long Sessions => SilentSessions + DeviceResets + UnknownResets + HostResets;

    /// <summary>What a reader of other flows must know of it, each sentence with a leading space.</summary>
    public string Sentences =>
        (Sessions == 0 ? "" : $" {Quantity.Of(Sessions, "session")} no longer worked after {IdleText} without a "
            + "packet.")
        + (Unacknowledged == 0 ? "" : $" In {Quantity.Of(Unacknowledged, "flow")} data was sent "
            + $"{(Unacknowledged == 1 ? "" : "up to ")}{MostTimes} times and never acknowledged"
            + $"{(PassedSmaller == 0 ? "" : ", or only in smaller parts")} ({LengthText} bytes a segment).")
        + (ResetAtOnce == 0 ? "" : $" {Quantity.Of(ResetAtOnce, "flow")} {(ResetAtOnce == 1 ? "was" : "were")} reset "
            + "in the responder's name at the originator's first data, which nothing answered.")
        + (Datagrams == 0 ? "" : $" Of {Quantity.Of(Datagrams, "datagram")} the first fragment was seen and no other.");

    /// <summary>The silence, or from the shortest to the longest.</summary>
    public string IdleText => LeastIdle == Seconds(MostIdleNs) ? $"{LeastIdle} s" : $"{LeastIdle} to "
        + $"{Seconds(MostIdleNs)} s";

    /// <summary>The shortest silence, in seconds.</summary>
    public long LeastIdle => Seconds(LeastIdleNs);

    /// <summary>The length, or from the shortest to the longest.</summary>
    public string LengthText => LeastLength == MostLength ? $"{MostLength}" : $"{LeastLength} to {MostLength}";

    public void Add(FlowRecord flow)
    {
        SynAcks += flow.Outcome == Outcome.HalfOpen ? flow.SynAcks() : 0;
        RepeatedSyns += flow.RepeatsAnsweredSyn() ? 1 : 0;
        if (flow.SessionLoss is { } session)
            Add(flow, session);
        else if (flow.LostData is { } lost)
            Add(lost);
        ResetAtOnce += IsResetAtOnce(flow) ? 1 : 0;
        if (flow.FragmentLoss is not { } fragments)
            return;
        Datagrams += fragments.Datagrams;
        FragmentsOfResponders += fragments.ByOriginator ? 0 : 1;
    }

    public void UnionWith(LossTally other)
    {
        SynAcks += other.SynAcks;
        SilentSessions += other.SilentSessions;
        DeviceResets += other.DeviceResets;
        UnknownResets += other.UnknownResets;
        HostResets += other.HostResets;
        LeastIdleNs = Math.Min(LeastIdleNs, other.LeastIdleNs);
        MostIdleNs = Math.Max(MostIdleNs, other.MostIdleNs);
        Unacknowledged += other.Unacknowledged;
        PassedSmaller += other.PassedSmaller;
        LeastLength = Math.Min(LeastLength, other.LeastLength);
        MostLength = Math.Max(MostLength, other.MostLength);
        MostTimes = Math.Max(MostTimes, other.MostTimes);
        ByOriginator += other.ByOriginator;
        ResetAtOnce += other.ResetAtOnce;
        Datagrams += other.Datagrams;
        FragmentsOfResponders += other.FragmentsOfResponders;
        RepeatedSyns += other.RepeatedSyns;
    }

    public void Persist(StateArchive archive)
    {
        SynAcks = archive.Number(SynAcks);
        SilentSessions = archive.Number(SilentSessions);
        DeviceResets = archive.Number(DeviceResets);
        UnknownResets = archive.Number(UnknownResets);
        HostResets = archive.Number(HostResets);
        LeastIdleNs = archive.Number(LeastIdleNs);
        MostIdleNs = archive.Number(MostIdleNs);
        Unacknowledged = archive.Number(Unacknowledged);
        PassedSmaller = archive.Number(PassedSmaller);
        LeastLength = archive.Number(LeastLength);
        MostLength = archive.Number(MostLength);
        MostTimes = archive.Number(MostTimes);
        ByOriginator = archive.Number(ByOriginator);
        ResetAtOnce = archive.Number(ResetAtOnce);
        Datagrams = archive.Number(Datagrams);
        FragmentsOfResponders = archive.Number(FragmentsOfResponders);
        RepeatedSyns = archive.Number(RepeatedSyns);
    }

    private static long Seconds(long ns) => ns / NanosecondsPerSecond;

    private void Add(FlowRecord flow, SessionLoss session)
    {
        LeastIdleNs = Math.Min(LeastIdleNs, session.IdleNs);
        MostIdleNs = Math.Max(MostIdleNs, session.IdleNs);
        if (!session.WasReset)
            SilentSessions++;
        else if (flow.Reset is not { Origin: not ResetOrigin.Unknown } reset)
            UnknownResets++;
        else if (reset.Origin == ResetOrigin.AnotherDevice)
            DeviceResets++;
        else
            HostResets++;
    }

    private void Add(LostData lost)
    {
        Unacknowledged++;
        PassedSmaller += lost.PassedSmaller ? 1 : 0;
        LeastLength = Math.Min(LeastLength, lost.Length);
        MostLength = Math.Max(MostLength, lost.Length);
        MostTimes = Math.Max(MostTimes, lost.Times);
        ByOriginator += lost.ByOriginator ? 1 : 0;
    }

    private static bool IsResetAtOnce(FlowRecord flow) => flow is
    {
        Outcome: Outcome.Established, Reset: { ByOriginator: false },
        SynCount: > 0, Out.PayloadBytes: > 0, In.PayloadBytes: 0, SessionLoss: null
    } && flow.Transport == IpProtocol.Tcp;
}
