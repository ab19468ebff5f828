using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>In which order flows stand.</summary>
internal static class FlowOrder
{
    /// <summary>By start, and by number where two start together.</summary>
    public static Comparer<FlowRecord> ByStart { get; } = Comparer<FlowRecord>.Create((a, b) =>
        a.StartNs != b.StartNs ? a.StartNs.CompareTo(b.StartNs) : a.Id.CompareTo(b.Id));
}
