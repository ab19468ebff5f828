using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Writing;

/// <summary>Flows that get none of the five words, by the reason.</summary>
/// <param name="Background">Housekeeping of the link.</param>
/// <param name="OutOfScope">Neither host has a role, no border lies between them, and no site rule covers them.</param>
internal readonly record struct UnclassifiedFlows(long Background, long OutOfScope)
{
    public long All => Background + OutOfScope;

    /// <summary>How many for which reason; empty if none.</summary>
    public string Text
    {
        get
        {
            (long Flows, string Why)[] parts =
                [(Background, "background"), (OutOfScope, "out of scope")];
            return string.Join(", ",
                parts.Where(part => part.Flows > 0).Select(part => $"{Quantity.Count(part.Flows)} {part.Why}"));
        }
    }

    public static UnclassifiedFlows Of(params IEnumerable<RolePair> pairs)
    {
        var sum = default(UnclassifiedFlows);
        foreach (var pair in pairs)
        {
            var (background, outOfScope) = (FlowsOf(pair, Verdict.Background), FlowsOf(pair, Verdict.OutOfScope));
            sum = new UnclassifiedFlows(sum.Background + background, sum.OutOfScope + outOfScope);
        }

        return sum;
    }

    /// <summary>The end of a sentence that counts flows; empty where all get a word.</summary>
    public static string Clause(IEnumerable<RolePair> pairs)
    {
        var flows = Of(pairs);
        return flows.All == 0 ? "" : $"; {Quantity.Count(flows.All)} of them {(flows.All == 1 ? "is" : "are")} "
            + $"not classified: {flows.Text}";
    }

    private static long FlowsOf(RolePair pair, Verdict verdict) =>
        pair.Verdicts.Where(entry => entry.Key == verdict).Sum(entry => entry.Value);
}
