using System.Globalization;
using System.Text;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;
using PortAudit.Learning.Training;

namespace PortAudit.Learning.Measuring;

/// <summary>Writes what was measured, in Markdown.</summary>
internal static class QualityTable
{
    private const int Bins = 5;

    /// <summary>How models do on training groups that they did not see: trees and thresholds are chosen by
    /// it.</summary>
    public static string OfFolds(IReadOnlyList<TrainedKind> kinds)
    {
        var text = new StringBuilder();
        Line(text, "| kind | trained on: flows / groups | threshold | precision on folds | recall on folds |");
        Line(text, "|---|---|---|---|---|");
        foreach (var (model, unseen) in kinds)
        {
            var named = unseen.Where(one => Probability(model, one) >= model.Threshold).ToList();
            var hits = named.Count(one => one.IsOfKind);
            Line(text, $"| {model.Kind.ToText()} | {model.Measured.Examples} / {model.Measured.Groups} "
                + $"| {model.Threshold:0.00} | {Text(new Share(hits, named.Count))} "
                + $"| {Text(new Share(hits, unseen.Count(one => one.IsOfKind)))} |");
        }

        Line(text, "");
        WriteCalibration(text, kinds.SelectMany(kind => kind.Unseen.Select(one =>
            (Probability(kind.Model, one), one.IsOfKind))));
        return text.ToString();
    }

    /// <summary>How models do on fresh captures.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="examples">The examples.</param>
    public static string Of(Measurement measured, ExampleSet examples)
    {
        var text = new StringBuilder();
        Line(text, $"Training: {Size(examples.Training)}. Fresh: {Size(examples.Fresh)}. "
            + $"On new ports: {Size(measured.Flows)}.\n");
        WriteKinds(text, measured, examples);
        WriteConfusion(text, measured);
        var models = measured.Passed.IsEmpty ? measured.Trained : measured.Passed;
        WriteCalibration(text, models.SelectMany(model => measured.Flows.Select(example =>
            (model.ProbabilityOf(example.Values.AsSpan()), example.Kind == model.Kind))));
        Line(text, $"Measured on: {string.Join(", ", GroupsOf(measured.Flows))}.");
        return text.ToString();
    }

    /// <summary>Which services TLS connections are proved to carry, and in how many groups: whether kinds of them could
    /// be told apart and measured.</summary>
    public static string InsideTls(ExampleSet examples)
    {
        var text = new StringBuilder();
        var ports = examples.TrainingInsideTls.Select(example => example.Port).ToHashSet(StringComparer.Ordinal);
        Line(text, "| proved inside TLS | training: flows / groups | fresh | fresh, on new ports |");
        Line(text, "|---|---|---|---|");
        foreach (var service in examples.TrainingInsideTls.Concat(examples.FreshInsideTls)
            .Select(example => example.Protocol).Distinct().Order(StringComparer.Ordinal))
        {
            bool IsOfService(FlowExample example) => example.Protocol == service;
            Line(text, $"| {service} | {Pair(examples.TrainingInsideTls, IsOfService)} "
                + $"| {Pair(examples.FreshInsideTls, IsOfService)} | {Pair(examples.FreshInsideTls,
                    example => IsOfService(example) && !ports.Contains(example.Port))} |");
        }

        return text.ToString();
    }

    private static double Probability(KindModel model, UnseenScore one) =>
        1 / (1 + Math.Exp((model.Slope * one.Score) + model.Offset));

    private static void WriteKinds(StringBuilder text, Measurement measured, ExampleSet examples)
    {
        Line(text, "| kind | trained on: flows / groups | fresh | threshold | named: flows / groups | precision "
            + "| mean of groups | recall | share | ships |");
        Line(text, "|---|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in BehaviourKindText.All)
        {
            var model = measured.Trained.FirstOrDefault(model => model.Kind == kind);
            var ships = measured.IsPassed(kind);
            Func<FlowExample, BehaviourKind?> name = ships ? measured.NameOf : measured.NameByAll;
            var byGroup = measured.PrecisionByGroup(kind, name);
            var precision = measured.PrecisionOf(kind, name);
            Line(text, $"| {kind.ToText()} | {Pair(examples.Training, kind)} | {Pair(measured.Flows, kind)} "
                + (model is null ? "| | | | | " : $"| {model.Threshold:0.00} | {precision.Whole} / {byGroup.Count} "
                    + $"| {Text(precision)} | {(byGroup.Count == 0 ? "" : $"{byGroup.Average():0.00} ")}"
                    + $"| {Text(measured.RecallOf(kind, name))} ")
                + $"| {measured.ShareOf(kind).Value:0.00} | {(ships ? "yes" : "no")} |");
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
            var examples = measured.Flows.Where(example => example.Kind == kind).ToList();
            Line(text, $"| {(kind is null ? "something else" : Name(kind))} | "
                + $"{string.Join(" | ", names.Select(name => examples.Count(example => nameOf(example) == name)))} "
                + "|");
        }

        Line(text, "");
    }

    /// <summary>Probabilities of all kinds for all flows, against what the flows are.</summary>
    private static void WriteCalibration(StringBuilder text, IEnumerable<(double Probability, bool IsSo)> cases)
    {
        Line(text, "| probability | mean | of the kind (95 %) | cases |");
        Line(text, "|---|---|---|---|");
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

    private static string Text(Share share) => share.Whole == 0 ? "none" : string.Create(
        CultureInfo.InvariantCulture, $"{share.Value:0.00} ({share.Bounds.Low:0.00} to {share.Bounds.High:0.00})");

    private static string Size(IEnumerable<FlowExample> examples)
    {
        var all = examples.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count} flows, {GroupsOf(all).Count} groups");
    }

    private static string Pair(IEnumerable<FlowExample> examples, BehaviourKind kind) =>
        Pair(examples, example => example.Kind == kind);

    private static string Pair(IEnumerable<FlowExample> examples, Func<FlowExample, bool> isCounted)
    {
        var all = examples.Where(isCounted).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count} / {GroupsOf(all).Count}");
    }

    private static List<string> GroupsOf(IEnumerable<FlowExample> examples) =>
        [.. examples.Select(example => example.Group).Distinct().Order(StringComparer.Ordinal)];

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
