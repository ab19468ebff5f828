using System.Text;
using System.Text.Json.Nodes;
using PortAudit.Reports.Baseline;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Reports.Baseline;

public sealed class EarlierReportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_report_that_this_program_wrote_is_read() =>
        Assert.Equal("", ProblemOf(ReportText.Of(SampleReport.RunWithBaseline(), "json")));

    [Fact]
    public void One_that_another_program_saved_with_a_byte_order_mark_is_read() =>
        Assert.Equal("", ProblemOf("\uFEFF" + ReportText.Of(SampleReport.EmptyRun(), "json")));

    [Theory]
    [InlineData("", "line 1, byte 1: ")]
    [InlineData("{\n  \"schema_version\": 1,\n  oops\n}", "line 3, byte 3: ")]
    [InlineData("[]", "the document: the document is no object")]
    [InlineData("{}", "schema_version: schema_version is missing")]
    [InlineData("{\"schema_version\": 2}",
        "schema_version: schema_version is not 1, the only one that this program reads")]
    [InlineData("{\"schema_version\": \"1\"}", "schema_version: schema_version is no whole number")]
    [InlineData("{\"schema_version\": 1, \"tool\": {\"name\": \"other\"}}", "tool.name: tool.name is not portaudit")]
    public void What_is_no_report_is_refused_with_the_place(string text, string problem) =>
        Assert.StartsWith($"is not a JSON report of an audit: {problem}", ProblemOf(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("findings/0/id", "null", "findings[0].id is no string")]
    [InlineData("findings/1/severity", "\"grave\"", "findings[1].severity is a word that this program does not know")]
    [InlineData("rules/0/status", "\"gone\"", "rules[0].status is a word that this program does not know")]
    [InlineData("coverage/roles_seen", "{}", "coverage.roles_seen is no list")]
    [InlineData("coverage/window_start", "\"yesterday\"", "coverage.window_start is no time in RFC 3339 in UTC")]
    [InlineData("coverage/partial", "1", "coverage.partial is neither true nor false")]
    [InlineData("hosts/0/flows", "1.5", "hosts[0].flows is no whole number")]
    [InlineData("findings/0/kind", "\"\\ud800\"", "findings[0].kind contains half of a surrogate pair")]
    public void What_was_changed_is_refused_with_the_place(string place, string value, string problem)
    {
        var document = JsonNode.Parse(ReportText.Of(SampleReport.Run(), "json"))!;
        var steps = place.Split('/');
        var parent = steps[..^1].Aggregate(document,
            (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        parent[steps[^1]] = "@here@";

        Assert.Contains(problem,
            ProblemOf(document.ToJsonString().Replace("\"@here@\"", value, StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_of_a_report_is_refused_and_none_throws()
    {
        var text = ReportText.Of(SampleReport.Run(), "json").TrimEnd();
        for (var length = 0; length < text.Length; length += 97)
            Assert.StartsWith("is not a JSON report of an audit: line ", ProblemOf(text[..length]),
                StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_told() =>
        Assert.Equal("no such file", ProblemOfFile(_directory["gone.json"]));

    [Fact]
    public void A_directory_is_told() => Assert.Equal("is a directory, not a file", ProblemOfFile(_directory.Path));

    private string ProblemOf(string text)
    {
        File.WriteAllText(_directory["old.json"], text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return ProblemOfFile(_directory["old.json"]);
    }

    private static string ProblemOfFile(string path)
    {
        var isRead = EarlierReport.TryRead(path, out var report, out var problem);
        Assert.Equal(isRead, report is not null);
        Assert.Equal(isRead, problem.Length == 0);
        return problem;
    }
}
