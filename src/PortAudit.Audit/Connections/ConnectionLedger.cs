using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Connections;

/// <summary>
/// Defers flows that other flows may explain: those of named capture points, one-way flows, and those whose originator
/// is unknown. Bounded: the latest beyond the limit are judged alone. Independent of the order of flows.
/// </summary>
/// <param name="judgeAlone">Takes a flow for which there is no room.</param>
internal sealed class ConnectionLedger(Action<FlowRecord> judgeAlone) : IArchived
{
    /// <summary>Flows held back until the end, to compare what several capture points recorded, the earliest; they take
    /// some 50 MB. Those beyond are judged alone.</summary>
    public const int MaximumFlows = 100_000;

    private readonly BottomKMap<(long StartNs, ulong Id), FlowRecord> _held =
        new(MaximumFlows, Comparer<(long StartNs, ulong Id)>.Default, judgeAlone);

    /// <summary>True when flows were judged alone for lack of room.</summary>
    public bool IsOverflown => _held.IsOverflown;

    public IEnumerable<FlowRecord> Flows => _held.Values;

    /// <summary>Adds a flow: it is held back, or judged alone.</summary>
    public void Add(FlowRecord flow)
    {
        if (!MayHaveOthers(flow) || !Hold(flow))
            judgeAlone(flow);
    }

    public void UnionWith(ConnectionLedger other)
    {
        foreach (var flow in other.Flows)
            Add(flow);
        if (other.IsOverflown)
            _held.NoteOverflow();
    }

    public void Persist(StateArchive archive) => _held.Persist(archive,
        static (archive, key) => (archive.Number(key.StartNs), archive.Unsigned(key.Id)),
        static (archive, _, flow) => archive.Flow(flow));

    private bool Hold(FlowRecord flow) =>
        ReferenceEquals(_held.GetOrAdd((flow.StartNs, flow.Id), () => flow), flow);

    /// <summary>ICMP errors about a flow that was seen are judged with the link's upkeep.</summary>
    private static bool MayHaveOthers(FlowRecord flow) =>
        (flow.CapturePoint.Length > 0 || flow.Out.Packets == 0 || flow.In.Packets == 0
            || LikelyServices.IsPresumed(flow))
        && !(flow.Transport.IsIcmp && flow.QuotesSeenFlow);
}
