using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Reports.Flows.CommunityIds;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>Sorts flows by a column; flows of equal values by start. Holds no more flows than the top that is wanted,
/// and all of them where all are wanted.</summary>
/// <param name="choices">The column, the order and the top.</param>
/// <param name="directory">Who has which address; null without a site.</param>
/// <param name="capturePaths">Paths in the order in which <see cref="FlowRecord.Capture"/> counts them.</param>
internal sealed class FlowRanking(FlowListChoices choices, HostDirectory? directory,
    ImmutableArray<string> capturePaths)
{
    private readonly FlowColumn _column = choices.SortBy!;
    private readonly FlowBatch _one = new();

    /// <summary>The flow that belongs last comes out first.</summary>
    private readonly PriorityQueue<FlowRecord, Key> _flows = new(Comparer<Key>.Create((a, b) => b.CompareTo(a)));

    public void Add(FlowRecord flow)
    {
        _one.Clear();
        _one.Add(flow);
        var cell = _column.CellOf(new FlowRow(_one, 0, capturePaths) { Directory = directory });
        var key = new Key(cell, choices.IsDescending, flow.StartNs, flow.Id);
        if (choices.Top is not { } top || _flows.Count < top)
            _flows.Enqueue(flow, key);
        else if (top > 0)
            _flows.EnqueueDequeue(flow, key);
    }

    /// <summary>The flows in their order, once.</summary>
    public IEnumerable<FlowRecord> InOrder()
    {
        var flows = new FlowRecord[_flows.Count];
        for (var index = flows.Length - 1; index >= 0; index--)
            flows[index] = _flows.Dequeue();
        return flows;
    }

    private readonly record struct Key(FlowCell Cell, bool IsDescending, long StartNs, ulong Id) : IComparable<Key>
    {
        /// <summary>Unknown values come last in either order.</summary>
        public int CompareTo(Key other)
        {
            var byCell = IsDescending && Cell.Text is not null && other.Cell.Text is not null
                ? other.Cell.CompareTo(Cell)
                : Cell.CompareTo(other.Cell);
            if (byCell != 0)
                return byCell;
            var byStart = StartNs.CompareTo(other.StartNs);
            return byStart != 0 ? byStart : Id.CompareTo(other.Id);
        }
    }
}
