using System.Globalization;
using System.Text.Json;
using PortAudit.Tests.Cli;
using Xunit.Abstractions;

namespace PortAudit.Tests.Reports.Html;

/// <summary>How soon a report is there for its reader. tools/bench-report names one of a large capture
/// (PORTAUDIT_REPORT); otherwise it is the largest that a test can make.</summary>
[Collection(BrowserTests.Name)]
public sealed class ReportLoadTests(Browser browser, ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 5;

    private static readonly string[] Moments =
        ["first paint", "first contentful paint", "document parsed, script run", "loaded", "next frame after that"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>Three seconds are the target on a machine of its own; tests share theirs with others.</summary>
    [NeedsFact(Part.Chromium)]
    public async Task A_large_report_opens_soon()
    {
        var path = Environment.GetEnvironmentVariable("PORTAUDIT_REPORT") ?? WriteLargest();
        var rounds = new List<double[]>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var watched = await browser.Open(path);
            var times = await watched.Page.EvaluateAsync<JsonElement>("""
                () => new Promise(done => requestAnimationFrame(() => setTimeout(() => {
                  const navigation = performance.getEntriesByType('navigation')[0];
                  const paint = name => performance.getEntriesByName(name)[0].startTime;
                  done([paint('first-paint'), paint('first-contentful-paint'), navigation.domContentLoadedEventEnd,
                    navigation.loadEventEnd, performance.now()].map(Math.round));
                }, 0)))
                """);
            Assert.Empty(watched.Troubles);
            rounds.Add([.. times.EnumerateArray().Select(time => time.GetDouble())]);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{new FileInfo(path).Length} bytes; milliseconds after the navigation began, {Rounds} openings"));
        for (var moment = 0; moment < Moments.Length; moment++)
        {
            var sorted = rounds.Select(round => round[moment]).Order().ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Moments[moment]}: median {sorted[Rounds / 2]}, {sorted[0]} to {sorted[^1]}"));
        }

        Assert.All(rounds, round => Assert.InRange(round[^1], 1, 30_000));
    }

    private string WriteLargest()
    {
        File.WriteAllText(_directory["report.html"], HtmlReportTests.Render(ReportRuns.Largest()));
        return _directory["report.html"];
    }
}
