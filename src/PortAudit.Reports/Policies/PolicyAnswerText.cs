using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Policies;

/// <summary>What a device does with one packet, for a reader at a terminal.</summary>
public static class PolicyAnswerText
{
    /// <summary>Rules that an undecided answer names.</summary>
    private const int MaxRules = 20;

    /// <summary>Writes the outcome, then the zones, and each list with the rules that decide.</summary>
    public static void Write(DeviceAnswer answer, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(writer);
        Line(writer, answer.Reason is { } reason
            ? $"{answer.Outcome.ToText()}: {reason}"
            : answer.Outcome.ToText());
        if ((answer.Probe.FromZone ?? answer.Probe.ToZone) is not null)
            Line(writer, $"  from {answer.Probe.FromZone ?? "?"} to {answer.Probe.ToZone ?? "?"}");
        foreach (var list in answer.Lists)
        {
            Line(writer, $"  {list.List.Name}: {list.Answer.Outcome.ToText()}"
                + (list.IsSure ? "" : ", if the packet is put to it"));
            WriteRules(list.Answer, writer);
        }
    }

    /// <summary>Writes what one list does.</summary>
    public static void Write(PolicyList list, PolicyAnswer answer, TextWriter writer) =>
        Write(new DeviceAnswer(answer.Outcome, default, [new ListAnswer(list, true, answer)], null), writer);

    private static void WriteRules(PolicyAnswer answer, TextWriter writer)
    {
        foreach (var rule in answer.Rules.Take(MaxRules))
        {
            Line(writer, $"    {rule.Line}: {rule.Name}{(rule.IsImplicit ? " (default)" : "")}: {rule.Text}");
            foreach (var condition in rule.Conditions)
                Line(writer, $"      only if: {condition.Text}");
        }

        if (answer.Rules.Length > MaxRules)
            Line(writer, $"    and {answer.Rules.Length - MaxRules} more rules");
    }

    private static void Line(TextWriter writer, string line) => writer.Write($"{VisibleText.Escape(line)}\n");
}
