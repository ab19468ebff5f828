using System.Globalization;
using System.Text;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Measuring;

/// <summary>Writes what was measured, in Markdown.</summary>
internal static class QualityTable
{
    private const int Bins = 5;

    /// <summary>The table.</summary>
    /// <param name="measured">The first split, with the kinds that pass on all.</param>
    /// <param name="splits">All splits, each with the kinds that pass on it.</param>
    /// <param name="seed">Seed of the first split.</param>
    public static string Of(Measurement measured, IReadOnlyList<Measurement> splits, int seed)
    {
        var text = new StringBuilder();
        Line(text, $"Seed {seed}. Training: {Size(measured.Split.Training)}. "
            + $"Held out: {Size(measured.Split.HeldOut)}.\n");
        WriteKinds(text, measured, splits);
        WriteConfusion(text, measured);
        WriteCalibration(text, measured);
        Line(text, $"Held out: {string.Join(", ", GroupsOf(measured.Split.HeldOut))}.");
        return text.ToString();
    }

    private static void WriteKinds(StringBuilder text, Measurement measured, IReadOnlyList<Measurement> splits)
    {
        Line(text, "| kind | trained on: flows / groups | held out | threshold | precision | recall | by port | share "
                + "| on new ports | share there | passes |");
        Line(text, "|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in BehaviourKindText.All)
        {
            var model = measured.Trained.FirstOrDefault(model => model.Kind == kind);
            var ships = measured.IsPassed(kind);
            Func<FlowExample, BehaviourKind?> name = ships ? measured.NameOf : measured.NameByAll;
            Line(text, $"| {kind.ToText()} | {Pair(measured.Split.Training, kind)} "
                + $"| {Pair(measured.Split.HeldOut, kind)} "
                + (model is null ? "| | | " : $"| {model.Threshold:0.00} | {Text(measured.PrecisionOf(kind, name))} | "
                    + $"{Text(measured.RecallOf(kind, name))} ")
                + $"| {Text(measured.PrecisionOf(kind, measured.Ports.Of))} | {measured.ShareOf(kind).Value:0.00} "
                + (model is null ? "| " : $"| {Text(measured.PrecisionOnNewPorts(kind, name))} ")
                + $"| {measured.ShareOnNewPorts(kind).Value:0.00} "
                + $"| {splits.Count(split => split.IsPassed(kind))} of {splits.Count} |");
        }

        Line(text, "");
    }

    /// <summary>Rows are what flows are, columns what they are named; by all kinds when none passes.</summary>
    private static void WriteConfusion(StringBuilder text, Measurement measured)
    {
        var models = measured.Passed.IsEmpty ? measured.Trained : measured.Passed;
        Func<FlowExample, BehaviourKind?> nameOf = measured.Passed.IsEmpty ? measured.NameByAll : measured.NameOf;
        var names = models.Select(model => (BehaviourKind?)model.Kind).Append(null).ToList();
        Line(text, $"| is \\ named | {string.Join(" | ", names.Select(Name))} |");
        Line(text, $"|---|{string.Concat(names.Select(_ => "---|"))}");
        foreach (var kind in BehaviourKindText.All.Select(kind => (BehaviourKind?)kind).Append(null))
        {
            var examples = measured.Split.HeldOut.Where(example => example.Kind == kind).ToList();
            Line(text, $"| {(kind is null ? "something else" : Name(kind))} | "
                + $"{string.Join(" | ", names.Select(name => examples.Count(example => nameOf(example) == name)))} "
                + "|");
        }

        Line(text, "");
    }

    /// <summary>All probabilities of the same kinds, for all held-out flows.</summary>
    private static void WriteCalibration(StringBuilder text, Measurement measured)
    {
        Line(text, "| probability | mean | of the kind (95 %) | cases |");
        Line(text, "|---|---|---|---|");
        var models = measured.Passed.IsEmpty ? measured.Trained : measured.Passed;
        var cases = models.SelectMany(model => measured.Split.HeldOut.Select(example =>
            (Probability: model.ProbabilityOf(example.Values.AsSpan()), IsSo: example.Kind == model.Kind))).ToList();
        foreach (var bin in cases.GroupBy(one => Math.Min(Bins - 1, (int)(one.Probability * Bins)))
            .OrderBy(bin => bin.Key))
        {
            var share = new Share(bin.Count(one => one.IsSo), bin.Count());
            Line(text, $"| {(double)bin.Key / Bins:0.0} to {(bin.Key + 1.0) / Bins:0.0} "
                + $"| {bin.Average(one => one.Probability):0.00} | {Text(share)} | {share.Whole} |");
        }

        Line(text, "");
    }

    private static string Name(BehaviourKind? kind) => kind?.ToText() ?? "not named";

    private static string Text(Share share) => share.Whole == 0 ? "none named" : string.Create(
        CultureInfo.InvariantCulture, $"{share.Value:0.00} ({share.Bounds.Low:0.00} to {share.Bounds.High:0.00})");

    private static string Size(IEnumerable<FlowExample> examples)
    {
        var all = examples.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count} flows, {GroupsOf(all).Count} groups");
    }

    private static string Pair(IEnumerable<FlowExample> examples, BehaviourKind kind)
    {
        var all = examples.Where(example => example.Kind == kind).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count} / {GroupsOf(all).Count}");
    }

    private static List<string> GroupsOf(IEnumerable<FlowExample> examples) =>
        [.. examples.Select(example => example.Group).Distinct().Order(StringComparer.Ordinal)];

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
