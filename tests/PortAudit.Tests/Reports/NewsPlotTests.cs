using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Reports.Plots;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports;

public sealed class NewsPlotTests
{
    private const long Hour = 3_600_000_000_000;

    private static readonly LearnedEntry Entry = new()
    {
        FromRole = "client",
        ToRole = "server",
        FromSegment = "",
        ToSegment = "",
        Transport = IpProtocol.Tcp,
        Ports = "443",
        Name = "tls",
        Connections = 4,
        Hours = [.. Enumerable.Range(0, 24).Select(hour => hour == 7 ? 4L : 0)],
    };

    [Fact]
    public void Hours_of_audit_and_baseline_stand_side_by_side()
    {
        var plot = Assert.Single(NewsPlots.Of(News(new NewsRow("f1", FindingKind.UnlikeBaseline, Entry, false)
        {
            HoursBefore = [.. Enumerable.Range(0, 24).Select(hour => hour == 8 ? 9L : 0)],
        })));

        Assert.Equal(("f1", "client to server, tcp 443 tls"), (plot.Finding, plot.Heading));
        Assert.Equal("4 connections of this audit and 9 of the baseline", plot.Drawing.Shown);
        Assert.Equal("in the baseline (9 connections): at most 9 connections, at 08; in this audit (4 connections): at "
            + "most 4 connections, at 07.", plot.Drawing.Summary);
        Assert.EndsWith("the baseline watched 01 to 03, 22", plot.Drawing.Axis.Label, StringComparison.Ordinal);
        Assert.Equal(2, plot.Drawing.Marks.Length);
    }

    [Fact]
    public void Regular_connections_show_their_intervals_in_order()
    {
        var plot = Assert.Single(NewsPlots.Of(News(new NewsRow("f2", FindingKind.PeriodicConnections, Entry, true)
        {
            FirstIntervalsNs = [60_000_000_000, 61_500_000_000],
        })));

        Assert.Equal(["1", "2"], plot.Drawing.Axis.Ticks.Select(tick => tick.Label));
        Assert.Contains("at most 1 min 1 s, at 2", plot.Drawing.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_of_several_services_has_one_plot()
    {
        var plot = Assert.Single(NewsPlots.Of(News(new NewsRow("f3", FindingKind.NewTraffic, Entry, true),
            new NewsRow("f3", FindingKind.NewTraffic, Entry with { Ports = "80", Name = "http" }, true))));

        Assert.EndsWith("and 1 more", plot.Heading, StringComparison.Ordinal);
        Assert.Contains("in this audit (8 connections)", plot.Drawing.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_payload_are_shown_by_direction()
    {
        var rule = PortAudit.Tests.Audit.RuleSample.Of("media fe edge udp 50000-59999 rtp any");
        var report = new BehaviourReport([],
            [new UnlikeRow("f4", "fe", "edge", rule, [0, 0, 0, 0, 0, 12], [3, 0, 0, 0, 0, 0])]);
        var plot = Assert.Single(NewsPlots.Of(report));

        Assert.Equal("fe to edge, rule media", plot.Heading);
        Assert.Equal("sent by the originators (12 packets): at most 12 packets, at 1200 and more; received by them (3 "
            + "packets): at most 3 packets, at 1 to 31.", plot.Drawing.Summary);
    }

    [Fact]
    public void Nothing_new_has_no_plot()
    {
        Assert.Empty(NewsPlots.Of((TrafficNews?)null));
        Assert.Empty(NewsPlots.Of((BehaviourReport?)null));
    }

    private static TrafficNews News(params NewsRow[] rows) => new(new LearnedTraffic
    {
        Site = "s",
        SiteSha256 = "",
        Catalogs = [],
        TimestampDigits = 6,
        Watched = [new CaptureGap(Hour, 3 * Hour), new CaptureGap(22 * Hour, (22 * Hour) + 1)],
        Entries = [],
        HasMoreEntries = false,
        HasMorePairs = false,
    }, [], [.. rows], 0);
}
