using PortAudit.Audit.Policies.Lint;
using PortAudit.Audit.Policies.Model;
using PortAudit.Reports.Policies;
using PortAudit.Reports.Text;
using PortAudit.Tests.Audit.Policies;

namespace PortAudit.Tests.Reports.Policies;

/// <summary>A check of a configuration as text and as JSON.</summary>
public sealed class PolicyCheckReportTests
{
    [Fact]
    public void The_text_names_lists_lines_and_findings_with_their_places()
    {
        var text = Text(Check(), verbose: false);

        Assert.StartsWith("fw (sample)\n", text, StringComparison.Ordinal);
        Assert.Contains("outside_in: 3 rules; what passes through, from outside\n", text, StringComparison.Ordinal);
        Assert.Contains("30: 4 understood, 25 not evaluable, 1 about something else\n", text,
            StringComparison.Ordinal);
        Assert.Contains("fw.conf:101: unknown keyword: line 101\n", text, StringComparison.Ordinal);
        Assert.Contains("MEDIUM  shadowed-rule  ", text, StringComparison.Ordinal);
        Assert.Contains("fw.conf:2: 'rule 2' permits nothing: 'rule 1' (fw.conf:1) takes all of its packets", text,
            StringComparison.Ordinal);
        Assert.Contains("LOW  disabled-rule  It is switched off.\nfw.conf:3: 'rule 3' is switched off", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_are_cut_unless_the_text_is_verbose()
    {
        Assert.Contains("fw.conf:120: unknown keyword: line 120\nand 5 more, which -v lists\n",
            Text(Check(), verbose: false), StringComparison.Ordinal);
        Assert.Contains("fw.conf:125: unknown keyword: line 125\n", Text(Check(), verbose: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_reach_the_text_as_data()
    {
        var check = Check();
        var policy = check.Policy with { Name = "\u001b[31m[red]fw" };

        Assert.StartsWith("\\u{001B}[31m[red]fw (sample)\n", Text(check with { Policy = policy }, verbose: false),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Json_meets_its_schema_and_has_every_line()
    {
        using var writer = new StringWriter();
        PolicyCheckJson.Write([Check()], "0.1.0", writer);

        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema", "policy-check.schema.json")))
            .Check(writer.ToString()));
        Assert.Contains("\"text\": \"line 125\"", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_and_the_page_know_every_kind()
    {
        var schema = File.ReadAllText(Repository.PathOf("docs/schema", "policy-check.schema.json"));
        var page = File.ReadAllText(Repository.PathOf("docs", "policy.md"));

        Assert.All(PolicyFindingKind.All, kind =>
        {
            Assert.Contains($"\"{kind.Name}\"", schema, StringComparison.Ordinal);
            Assert.Contains($"| `{kind.Name}` | {kind.Severity.ToString().ToLowerInvariant()} |", page,
                StringComparison.Ordinal);
        });
    }

    private static PolicyCheck Check()
    {
        var list = PolicySample.List("outside_in",
            PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/8"),
            PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1"),
            PolicySample.Rule(3, PolicyAction.Permit, "192.0.2.1") with { IsEnabled = false },
            PolicySample.Default(PolicyAction.Drop)) with
        {
            Bindings = [PolicySample.Binding("outside")],
        };
        var policy = PolicySample.Policy(list) with
        {
            Lines = new PolicyLineCounts(30, 4, 25, 1),
            NotEvaluable = [.. Enumerable.Range(101, 25).Select(line =>
                new UnevaluatedLine(new PolicyLine("fw.conf", line), $"line {line}", "unknown keyword"))],
        };
        return new PolicyCheck(policy, PolicyLint.Check(policy));
    }

    private static string Text(PolicyCheck check, bool verbose)
    {
        using var writer = new StringWriter();
        PolicyCheckText.Write([check], writer, new TextReportOptions(160, Color: false, verbose));
        return writer.ToString();
    }
}
