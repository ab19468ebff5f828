using System.Globalization;
using System.Text;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Measuring;

/// <summary>Writes what was measured, in Markdown.</summary>
internal static class QualityTable
{
    private const int Bins = 5;

    public static string Of(Measurement measured, int seed)
    {
        var text = new StringBuilder();
        Line(text, $"Seed {seed}. Training: {Size(measured.Split.Training)}. Held out: "
            + $"{Size(measured.Split.HeldOut)}.\n");
        WriteKinds(text, measured);
        WriteConfusion(text, measured);
        WriteCalibration(text, measured);
        Line(text, $"Held out: {string.Join(", ", GroupsOf(measured.Split.HeldOut))}.");
        return text.ToString();
    }

    private static void WriteKinds(StringBuilder text, Measurement measured)
    {
        Line(text, "| kind | trained on | held out | threshold | precision | recall | by port | share | ships |");
        Line(text, "|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in BehaviourKindText.All)
        {
            var model = measured.Trained.FirstOrDefault(model => model.Kind == kind);
            var ships = measured.Passed.Any(passed => passed.Kind == kind);
            Func<FlowExample, BehaviourKind?> name = ships ? measured.NameOf : measured.NameByAll;
            Line(text, $"| {kind.ToText()} | {Size(measured.Split.Training.Where(example => example.Kind == kind))} "
                + $"| {Size(measured.Split.HeldOut.Where(example => example.Kind == kind))} "
                + (model is null ? "| | | " : $"| {model.Threshold:0.00} | {Text(measured.PrecisionOf(kind, name))} | "
                    + $"{Text(measured.RecallOf(kind, name))} ")
                + $"| {Text(measured.PrecisionOf(kind, measured.Ports.Of))} | {measured.ShareOf(kind).Value:0.00} "
                + $"| {(ships ? "yes" : model is null ? "no: too few examples" : "no")} |");
        }

        Line(text, "");
    }

    /// <summary>Rows are what flows are, columns what they are named.</summary>
    private static void WriteConfusion(StringBuilder text, Measurement measured)
    {
        var names = measured.Passed.Select(model => (BehaviourKind?)model.Kind).Append(null).ToList();
        Line(text, $"| is \\ named | {string.Join(" | ", names.Select(Name))} |");
        Line(text, $"|---|{string.Concat(names.Select(_ => "---|"))}");
        foreach (var kind in BehaviourKindText.All.Select(kind => (BehaviourKind?)kind).Append(null))
        {
            var examples = measured.Split.HeldOut.Where(example => example.Kind == kind).ToList();
            Line(text, $"| {(kind is null ? "something else" : Name(kind))} | "
                + $"{string.Join(" | ", names.Select(name => examples.Count(example => measured.NameOf(example) == name)))} |");
        }

        Line(text, "");
    }

    /// <summary>All probabilities of the kinds that ship, for all held-out flows.</summary>
    private static void WriteCalibration(StringBuilder text, Measurement measured)
    {
        Line(text, "| probability | mean | of the kind (95 %) | cases |");
        Line(text, "|---|---|---|---|");
        var cases = measured.Passed.SelectMany(model => measured.Split.HeldOut.Select(example =>
            (Probability: model.ProbabilityOf(example.Values.AsSpan()), IsSo: example.Kind == model.Kind))).ToList();
        foreach (var bin in cases.GroupBy(one => Math.Min(Bins - 1, (int)(one.Probability * Bins))).OrderBy(bin => bin.Key))
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

    private static List<string> GroupsOf(IEnumerable<FlowExample> examples) =>
        [.. examples.Select(example => example.Group).Distinct().Order(StringComparer.Ordinal)];

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
