using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Input;

/// <summary>The flows of each point.</summary>
internal sealed class PointFlows
{
    /// <summary>Flows compared at most, the first ones; with their packets they take some 2 GB.</summary>
    public const int MaximumFlows = 2_000_000;

    private readonly Dictionary<string, List<FlowRecord>> _flows = new(StringComparer.Ordinal);
    private int _count;

    public long LeftOut { get; private set; }

    public void Add(FlowRecord flow)
    {
        if (_count == MaximumFlows)
        {
            LeftOut++;
            return;
        }

        _count++;
        if (!_flows.TryGetValue(flow.CapturePoint, out var flows))
            _flows.Add(flow.CapturePoint, flows = []);
        flows.Add(flow);
    }

    public List<FlowRecord> Of(string point) => _flows.GetValueOrDefault(point, []);
}
