using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Dynamic;

/// <summary>Says what flow logs leave open about dynamic ports.</summary>
internal static class UnobservablePorts
{
    /// <summary>A sentence; none where no such flow was judged.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<RolePair> pairs)
    {
        var flows = pairs.SelectMany(pair => pair.Verdicts)
            .Where(entry => entry.Key == Verdict.UnobservableDynamic).Sum(entry => entry.Value);
        return flows == 0
            ? []
            : [$"{Quantity.Of(flows, "flow")} of logs {Quantity.Word(flows, "lies", "lie")} in dynamic ranges of "
                + "rules, or may answer requests from another port. These logs do not tell which ports control "
                + "channels announced, so nothing shows whether the flows belong to the rules: they are neither "
                + "expected nor unexplained."];
    }
}
