using System.Text.Json;
using PortAudit.Audit.Behaviour;
using PortAudit.Tests.Audit.Behaviour;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.Cli.Commands;

/// <summary><c>portaudit audit --behaviour-model</c>.</summary>
public sealed class BehaviourOptionTests : IDisposable
{
    private static readonly string Media = Repository.PathOf("captures", "media");
    private readonly TemporaryDirectory _directory = new();

    private string Model => _directory["model.json"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_model_adds_its_kinds_to_the_report()
    {
        File.WriteAllBytes(Model, BehaviourModelWriter.Write(new BehaviourModel([BehaviourSample.Voice])));
        var run = Audit("--json", _directory["report.json"], "--report", _directory["report.html"]);
        var report = File.ReadAllText(_directory["report.json"]);

        Assert.DoesNotContain(Model, run.Error, StringComparison.Ordinal);
        Assert.Contains("Behaves unlike its name", run.Output, StringComparison.Ordinal);
        Assert.Contains("id=\"behaviour\"", File.ReadAllText(_directory["report.html"]), StringComparison.Ordinal);
        Assert.Equal("voice", JsonDocument.Parse(report).RootElement.GetProperty("behaviour").GetProperty("kinds")[0]
            .GetProperty("kind").GetString());
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json")))
            .Check(report));
    }

    [Fact]
    public void The_model_that_ships_names_voice()
    {
        var run = CommandRun.Of("audit", Media, "--site", Path.Combine(Media, "site.yaml"), "--behaviour");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"voice +\d+ +100 % \(at least 8\d %\)", run.Output);
    }

    [Theory]
    [InlineData("", "it is damaged or incomplete")]
    [InlineData("{}", "it is no model of behaviour")]
    [InlineData("{\"format\":\"portaudit-behaviour\",\"version\":99}", "its format version is 99")]
    public void Without_a_usable_model_the_audit_goes_on(string content, string reason)
    {
        File.WriteAllText(Model, content);
        var run = Audit();

        Assert.Contains($"{Model}: no flow is named by its behaviour: {reason}", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("Behaves unlike its name", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_file_it_does_not_begin()
    {
        var run = Audit();

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(Model, run.Error, StringComparison.Ordinal);
    }

    private CommandRun Audit(params string[] more) => CommandRun.Of(
        ["audit", Media, "--site", Path.Combine(Media, "site.yaml"), "--behaviour-model", Model, .. more]);
}
