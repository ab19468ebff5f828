using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Tests.Learning;

public sealed class ShippedBehaviourTests
{
    private const int MaximumBytes = 1_000_000;
    private const int MaximumExampleBytes = 300_000;

    private static readonly string Examples = Repository.PathOf("tools", "lab", "behaviour", "examples.csv");

    [Fact]
    public void The_model_that_ships_names_the_kinds_of_its_page()
    {
        var page = File.ReadAllLines(Repository.PathOf("docs", "behaviour.md"));
        var (kind, measured) = Assert.Single(BehaviourModel.Default!.Kinds);
        var row = Assert.Single(page, line => line.StartsWith($"| {kind.ToText()} |", StringComparison.Ordinal)
            && line.EndsWith("| yes |", StringComparison.Ordinal));

        Assert.Contains(FormattableString.Invariant($"| {measured.Examples} / {measured.Groups} |"), row,
            StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{measured.Precision:0.00} ({measured.PrecisionLow:0.00} to"), row,
            StringComparison.Ordinal);
        Assert.True(measured.PrecisionLow > 0.8);
        Assert.DoesNotContain(page, line => line.EndsWith("| yes |", StringComparison.Ordinal) && line != row);
        Assert.InRange(
            new FileInfo(Repository.PathOf("src", "PortAudit.Audit", "Behaviour", "model.json")).Length, 1,
            MaximumBytes);
    }

    [Fact]
    public void It_names_the_voice_of_the_lab_and_nothing_else_of_it()
    {
        var bytes = File.ReadAllBytes(Examples);
        Assert.True(ExampleFile.TryRead(bytes, out var examples, out var error), error);
        var model = Assert.Single(BehaviourModel.Default!.Models);
        bool IsNamed(FlowExample example) => model.ProbabilityOf(example.Values.AsSpan()) >= model.Threshold;

        Assert.InRange(bytes.Length, 1, MaximumExampleBytes);
        Assert.Empty(examples.Where(example => example.Kind != model.Kind && IsNamed(example)));
        var voice = examples.Where(example => example.Kind == model.Kind).ToList();
        Assert.InRange(voice.Count(IsNamed), voice.Count * 3 / 4, voice.Count);
    }
}
