using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Watch;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using Spectre.Console.Rendering;

namespace PortAudit.Tests.Reports.Watch;

public sealed class WatchScreenTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    /// <summary>Noon of 14 November 2023, the same day in nearly all time zones.</summary>
    private const long NoonNs = 1_699_963_200_000_000_000;

    private static readonly AuditReport Report = SampleReport.Run().Report;

    private static readonly WatchPicture Picture = new("hq", "eth1,eth2", Time.AddHours(-3), Time,
        LiveCounts.None with { Packets = 1_234_567, Flows = 4_321, FlowsUnderWay = 321 }, 12_345.6, 98_000_000,
        123_400_000)
    {
        Look = Report,
        LookedAt = Time.AddSeconds(-8),
        NextLookAt = Time.AddSeconds(52),
    };

    private static readonly int[] Widths = [1, 5, 20, 39, 40, 80, 200];

    private static readonly int[] Heights = [1, 2, 5, 9, 24, 100];

    [Theory]
    [InlineData(100, 30)]
    [InlineData(60, 16)]
    [InlineData(40, 12)]
    public void The_screen_says_what_is_going_on(int width, int height) =>
        Golden.Equal(FormattableString.Invariant($"Reports/Watch/screen-{width}x{height}.txt"),
            string.Join('\n', WatchScreen.Render(Picture with { LookedAt = null, Look = Many() }, width, height,
                color: false)) + "\n");

    [Fact]
    public void Findings_come_gravest_first_then_newest_and_the_rest_is_counted()
    {
        var lines = WatchScreen.Render(Picture with { Look = Many() }, 100, 14, color: false);
        var title = Assert.Single(lines, line => line.StartsWith("Findings", StringComparison.Ordinal));
        var at = lines.IndexOf(title);

        Assert.Equal("Findings (2, and 22 more)", title);
        Assert.StartsWith("severity last seen   flows  finding", lines[at + 1], StringComparison.Ordinal);
        Assert.StartsWith("critical", lines[at + 2], StringComparison.Ordinal);
        Assert.Contains("      7  ", lines[at + 2], StringComparison.Ordinal);
        Assert.StartsWith("critical", lines[at + 3], StringComparison.Ordinal);
        Assert.Contains("      6  ", lines[at + 3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_that_was_last_seen_on_another_day_says_which()
    {
        var old = Report with { Findings = [Report.Findings[0] with { LastSeenNs = NoonNs }] };

        Assert.Contains(" Nov 14 ", Text(Picture with { Look = old }), StringComparison.Ordinal);
    }

    [Fact]
    public void It_fills_any_terminal_and_no_more()
    {
        var strange = Picture with { Site = "x\u001b[2J\u202e日本語日本語日本語", Notes = ["note one", new string('字', 300)] };
        foreach (var (width, height) in Widths.SelectMany(_ => Heights, (width, height) => (width, height)))
        {
            var lines = WatchScreen.Render(strange, width, height, color: false);
            Assert.Equal(height, lines.Length);
            Assert.All(lines, line => Assert.True(new Segment(line).CellCount() <= width, $"{width}x{height}: {line}"));
            Assert.DoesNotContain(lines, line => line.Any(char.IsControl));
        }
    }

    [Fact]
    public void Before_the_first_look_it_shows_rates()
    {
        var lines = WatchScreen.Render(Picture with { Look = null, LookedAt = null }, 80, 10, color: false);
        Assert.Contains("12,346/s", lines[1], StringComparison.Ordinal);
        Assert.Contains("first evaluation is pending", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_lost_or_left_out_is_said()
    {
        var counts = Picture.Counts with
        {
            Statistics = [new InterfaceStatistics(0, "eth1") { DroppedBySystem = 77 }],
            Shed = new ShedCounts(5, 6)
        };
        Assert.Contains("77 dropped", Text(Picture with { Counts = counts }), StringComparison.Ordinal);
        Assert.Contains("protocols of 6 flows, names in 5 flows", Text(Picture with { Counts = counts }),
            StringComparison.Ordinal);
        Assert.Contains("names and credentials are not read",
            Text(Picture with { Effort = ObserverEffort.WithoutNames }), StringComparison.Ordinal);
        Assert.Contains("new flows are not identified",
            Text(Picture with { Effort = ObserverEffort.Counting }), StringComparison.Ordinal);
        Assert.Contains("drops not known", Text(Picture), StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_adds_nothing_to_the_words()
    {
        var plain = WatchScreen.Render(Picture, 100, 30, color: false);
        var colored = WatchScreen.Render(Picture, 100, 30, color: true);
        Assert.NotEqual(plain.AsEnumerable(), colored);
        Assert.Equal(plain.AsEnumerable(),
            colored.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9;]*m", "")));
    }

    /// <summary>The report with eight of each finding, seen one after the other on another day: the goldens hold no
    /// time zone's clock.</summary>
    private static AuditReport Many() => Report with
    {
        Findings = [.. Report.Findings.SelectMany((finding, index) => Enumerable.Range(0, 8).Select(number =>
            finding with
            {
                Id = FormattableString.Invariant($"{index}{number}"),
                Severity = index == 0 ? Severity.Critical : finding.Severity,
                Flows = number,
                LastSeenNs = NoonNs + number,
            }))],
    };

    private static string Text(WatchPicture picture) =>
        string.Join('\n', WatchScreen.Render(picture, 100, 30, color: false));
}
