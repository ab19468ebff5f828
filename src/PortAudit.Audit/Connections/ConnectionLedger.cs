using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Connections;

/// <summary>
/// Holds back the flows of which other flows may tell more: those of named capture points, which another point may have
/// recorded too, those of which one direction only was recorded, and those of which nothing tells who opened them.
/// Bounded: beyond the limit the latest are judged
/// alone. The order of flows changes nothing.
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

    /// <summary>The flows held back, by start.</summary>
    public IEnumerable<FlowRecord> Flows => _held.Values;

    /// <summary>Adds a flow: it is held back, or judged alone.</summary>
    public void Add(FlowRecord flow)
    {
        if (!MayHaveOthers(flow) || !Hold(flow))
            judgeAlone(flow);
    }

    /// <summary>Adds the flows of <paramref name="other"/>, which stays as it is.</summary>
    public void UnionWith(ConnectionLedger other)
    {
        foreach (var flow in other.Flows)
            Add(flow);
        if (other.IsOverflown)
            _held.NoteOverflow();
    }

    /// <inheritdoc />
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
