using PortAudit.Traffic.Flows;

namespace PortAudit.Reports.Flows;

/// <summary>The order of a flow list: by start, then by identifier, so that the same packets give the same list.</summary>
public sealed class FlowOrder : IComparer<FlowRecord>
{
    /// <summary>The one instance.</summary>
    public static readonly FlowOrder Instance = new();

    private FlowOrder()
    {
    }

    /// <inheritdoc />
    public int Compare(FlowRecord? x, FlowRecord? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byStart = x.StartNs.CompareTo(y.StartNs);
        return byStart != 0 ? byStart : x.Id.CompareTo(y.Id);
    }
}
