using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Finds jumps that lead back to their own chain. The kernel refuses to load them; in a file they would never
/// end.</summary>
internal static class ChainCircles
{
    private enum Progress : byte
    {
        Open,
        Done,
    }

    /// <summary>Makes the jumps that close a circle rules whose action is not known, and notes their lines. Jumps to
    /// chains that the table lacks are noted as well.</summary>
    public static void Cut(TableDraft table, PolicyDraft text)
    {
        var progress = new Dictionary<ChainDraft, Progress>();
        foreach (var chain in table.Chains)
        {
            if (!progress.ContainsKey(chain))
                Walk(chain, progress, text);
        }
    }

    /// <summary>Depth first, with a stack of its own: a file may nest chains deeper than the thread's stack.</summary>
    private static void Walk(ChainDraft first, Dictionary<ChainDraft, Progress> progress, PolicyDraft text)
    {
        var path = new Stack<(ChainDraft Chain, int Next)>();
        path.Push((first, 0));
        progress[first] = Progress.Open;
        while (path.TryPop(out var step))
        {
            if (step.Next >= step.Chain.Rules.Count)
            {
                progress[step.Chain] = Progress.Done;
                continue;
            }

            path.Push(step with { Next = step.Next + 1 });
            var rule = step.Chain.Rules[step.Next];
            if (rule.IsUnknown || rule.Action is not (PolicyAction.Jump or PolicyAction.Goto)
                || rule.Target is not { } name)
                continue;
            if (step.Chain.Table.Find(name) is not { } target)
                Mark(rule, $"no chain or known target '{ConfigurationText.Shown(name)}'", text);
            else if (!progress.TryGetValue(target, out var reached))
                Enter(target);
            else if (reached == Progress.Open)
                Mark(rule, $"jumps back to the chain '{ConfigurationText.Shown(name)}' in a circle", text);
        }

        void Enter(ChainDraft chain)
        {
            progress[chain] = Progress.Open;
            path.Push((chain, 0));
        }
    }

    private static void Mark(RuleDraft rule, string reason, PolicyDraft text)
    {
        rule.Unknown(reason);
        text.NotEvaluable(rule.Line, reason);
    }
}
