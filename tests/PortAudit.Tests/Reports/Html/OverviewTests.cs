using System.Text.Json;
using Microsoft.Playwright;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Html;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Reports.Html;

/// <summary>The page for who decides.</summary>
[Collection(BrowserTests.Name)]
public sealed class OverviewTests(Browser browser) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Findings_of_a_kind_and_severity_are_one_risk_the_gravest_first()
    {
        var findings = SampleReport.Run().Report.Findings;
        var (blocked, unexpected, unused) = (findings.Single(finding => finding.Severity == Severity.High),
            findings.Single(finding => finding.Severity == Severity.Medium),
            findings.Single(finding => finding.Severity == Severity.Info));

        var risks = TopRisk.Of([unused, unexpected, blocked, unexpected], 5);

        Assert.Equal([(blocked, 1), (unexpected, 2)], risks.Select(risk => (risk.First, risk.Count)));
        Assert.Equal(blocked, Assert.Single(TopRisk.Of([unexpected, blocked], 1)).First);
        Assert.Equal("Close it.", new TopRisk(blocked with { Remedy = "Close it. The documents say more." }, 1).Remedy);
        Assert.Equal("Close it.", new TopRisk(blocked with { Remedy = "Close it." }, 1).Remedy);
    }

    [NeedsFact(Part.Chromium)]
    public async Task It_counts_findings_before_and_now()
    {
        await using var watched = await Open(SampleReport.RunWithBaseline());

        Assert.Equal(["before", "0", "0", "1", "1", "1", "3", "now", "0", "1", "1", "0", "1", "3"],
            await watched.Page.Locator(".earlier tbody th, .earlier tbody td").AllInnerTextsAsync());
        Assert.Contains("captures from 2013-04-01 10:00 UTC: 1 new, 1 changed, 1 gone, 1 unchanged.",
            await watched.Page.InnerTextAsync(".earlier caption"), StringComparison.Ordinal);
        Assert.Contains("2 changes because", await watched.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [NeedsTheory(Part.Chromium)]
    [InlineData("sample", ColorScheme.Light)]
    [InlineData("sample", ColorScheme.Dark)]
    [InlineData("baseline", ColorScheme.Light)]
    [InlineData("hostile", ColorScheme.Light)]
    [InlineData("empty", ColorScheme.Dark)]
    public async Task It_asks_nothing_of_anybody_and_can_be_read_by_everybody(string name, ColorScheme colours)
    {
        await using var watched = await Open(RunOf(name));
        await watched.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colours });
        await watched.Page.EvaluateAsync(await File.ReadAllTextAsync(Repository.PathOf("tests", "PortAudit.Tests",
            "Reports", "Html", "axe", "axe.min.js")) + "; 0");
        var violations = await watched.Page.EvaluateAsync<JsonElement>("async () => (await "
            + "axe.run(document)).violations.map(v => v.impact + ' ' + v.id + ': ' + v.nodes.slice(0, 3).map(n => "
            + "n.html.slice(0, 160)).join(' | '))");

        Assert.Empty(violations.EnumerateArray().Select(violation => violation.GetString()));
        Assert.Empty(watched.Troubles);
        Assert.Equal(0, await watched.Page.Locator("script, img").CountAsync());
    }

    [NeedsTheory(Part.Chromium)]
    [InlineData("baseline", 1280, 900)]
    [InlineData("empty", 1280, 900)]
    [InlineData("baseline", 400, int.MaxValue)]
    [InlineData("hostile", 400, int.MaxValue)]
    public async Task It_fits_on_a_screen_and_is_never_wider(string name, int width, int height)
    {
        await using var watched = await Open(RunOf(name));
        await watched.Page.SetViewportSizeAsync(width, 900);
        var size = await watched.Page.EvaluateAsync<int[]>(
            "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]");

        Assert.InRange(size[0], 1, width);
        Assert.InRange(size[1], 1, height);
    }

    private static AuditRun RunOf(string name) => name switch
    {
        "sample" => ReportRuns.Sample(),
        "baseline" => ReportRuns.Sample() with { Baseline = SampleReport.RunWithBaseline().Baseline },
        "hostile" => ReportRuns.WithHostileNames(),
        _ => SampleReport.EmptyRun(),
    };

    private async Task<WatchedPage> Open(AuditRun run)
    {
        using var writer = new StringWriter();
        HtmlReport.WriteOverview(run, writer);
        await File.WriteAllTextAsync(_directory["overview.html"], writer.ToString());
        return await browser.Open(_directory["overview.html"]);
    }
}
