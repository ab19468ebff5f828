using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Learned;

/// <summary>What an audit calls new against a baseline.</summary>
public sealed class TrafficComparisonTests
{
    private const long Day = 86_400 * Second;
    private static readonly FlowRecord Sip = Of("10.2.0.7:50000 tcp 10.1.0.1:5061").Proving("sip");
    private static readonly FlowRecord WinRm = Of("10.2.0.7:50001 tcp 10.0.0.3:5985").Proving("http", "winrm");

    [Fact]
    public void What_the_baseline_has_is_not_news()
    {
        Assert.Empty(LearningBench.News(LearningBench.Learn(Sip, WinRm), Sip.At(90), WinRm.At(95)));
    }

    [Fact]
    public void Silence_is_no_news()
    {
        Assert.Empty(LearningBench.News(LearningBench.Learn(Sip, WinRm), Sip));
        Assert.Empty(LearningBench.News(LearningBench.Learn(Sip, WinRm)));
    }

    [Fact]
    public void A_service_that_no_rule_allows_is_told_with_how_long_the_baseline_watched()
    {
        var finding = Assert.Single(LearningBench.News(LearningBench.Learn(Sip), Sip.At(90), WinRm));

        Assert.Equal((FindingKind.NewTraffic, Severity.Low, "client", "db"),
            (finding.Kind, finding.Severity, finding.FromRole, finding.ToRole));
        Assert.Contains("on tcp 5985 http/winrm: 1 connection since", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("The baseline watched 2 hours (on 2024-05-01 UTC), 3 of 24 hours of the day and does not "
            + "have it.",
            finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("It never saw the role db, so it cannot tell how usual this is.", finding.Explanation,
            StringComparison.Ordinal);
        Assert.Contains("ip.addr==10.0.0.3", finding.Evidence.Filter, StringComparison.Ordinal);
    }

    /// <summary>What documents ask for would fill the list of a short baseline.</summary>
    [Fact]
    public void Services_that_rules_allow_are_one_finding_for_a_pair_of_roles()
    {
        var report = LearningBench.Against(LearningBench.Learn(WinRm), Sip,
            Of("10.2.0.7:50000 tcp 10.1.0.1:443").Proving("tls"));

        var finding = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.NewTraffic);
        Assert.Equal((Severity.Info, 2L), (finding.Severity, finding.Flows));
        Assert.Contains("tcp 443 tls and tcp 5061 sip", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("Rules allow them.", finding.Explanation, StringComparison.Ordinal);
        Assert.Equal(2, report.News!.Rows.Length);
        Assert.All(report.News.Rows, row => Assert.Equal((finding.Id, true), (row.Finding, row.IsNew)));
    }

    /// <summary>A connection whose start was not captured has no name.</summary>
    [Theory]
    [InlineData("http", null, null, null, 0)]
    [InlineData("http", null, "http", "winrm", 1)]
    [InlineData("http", "winrm", "http", null, 0)]
    [InlineData(null, null, "http", null, 0)]
    [InlineData("http", null, "ssh", null, 1)]
    public void A_name_that_says_less_is_no_other_service(string? learned, string? learnedService, string? now,
        string? nowService, int findings)
    {
        var flow = Of("10.2.0.7:50001 tcp 10.0.0.3:8085");
        var baseline = LearningBench.Learn(learned is null ? flow : flow.Proving(learned, learnedService));

        Assert.Equal(findings, LearningBench.News(baseline, now is null ? flow : flow.Proving(now, nowService)).Count);
    }

    [Fact]
    public void Another_segment_is_told()
    {
        var baseline = LearningBench.Learn(Of("10.1.0.1:50000 tcp 10.0.0.1:22"));
        var moved = baseline.With(baseline.Entries.Select(entry => entry with { FromSegment = "elsewhere" }));

        var finding = Assert.Single(LearningBench.News(moved, Of("10.1.0.1:50000 tcp 10.0.0.1:22")));
        Assert.Equal(FindingKind.UnlikeBaseline, finding.Kind);
        Assert.Contains("between the segments perimeter and internal the baseline does not have it",
            finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_more_clients_are_told_a_few_are_not()
    {
        FlowRecord[] Clients(int count) =>
            [.. Enumerable.Range(1, count).Select(host => Of($"10.2.0.{host}:50000 tcp 10.1.0.1:5061").Proving("sip"))];

        Assert.Empty(LearningBench.News(LearningBench.Learn(Clients(2)), Clients(6)));
        Assert.Empty(LearningBench.News(LearningBench.Learn(Clients(8)), Clients(15)));
        Assert.Contains("16 clients use it, 8 in the baseline",
            Assert.Single(LearningBench.News(LearningBench.Learn(Clients(8)), Clients(16))).Explanation,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 4_000_000, 1)]
    [InlineData(60, 1_500_000, 0)]
    [InlineData(40, 4_000_000, 0)]
    public void A_connection_far_larger_than_many_before_is_told(int connections, long bytes, int findings)
    {
        var baseline = LearningBench.Learn(Enumerable.Range(0, connections).Select(i => Sip.At(i) with
        {
            Out = new DirectionCounters(300, 500_000, 400_000),
        }));

        var news = LearningBench.News(baseline, Sip with { Out = new DirectionCounters(3_000, bytes, bytes) });
        Assert.Equal(findings, news.Count);
        Assert.All(news, finding => Assert.Contains(
            "a connection sent 4.0 MB, the largest of 60 in the baseline 400.0 kB", finding.Explanation,
            StringComparison.Ordinal));
    }

    /// <summary>An hour is new only where it was watched on enough days.</summary>
    [Theory]
    [InlineData(6, 24, 1)]
    [InlineData(4, 24, 0)]
    [InlineData(6, 12, 0)]
    public void An_hour_in_which_nothing_was_seen_on_many_watched_days_is_told(int days, int hoursWatched, int findings)
    {
        var midnight = Start - (Start % Day);
        var baseline = LearningBench.Learn(Enumerable.Range(0, days).Select(day => Sip with
        {
            StartNs = Start + (day * Day),
            EndNs = Start + (day * Day) + Second,
            Id = (ulong)day,
        })) with
        {
            Watched = [.. Enumerable.Range(0, days).Select(day => new CaptureGap(midnight + (day * Day),
                midnight + (day * Day) + (hoursWatched * (Day / 24)) - 1))],
        };

        var atNight = Sip with { StartNs = midnight + (100 * Day) - (Day / 24), EndNs = midnight + (100 * Day) };
        var news = LearningBench.News(baseline, atNight);
        Assert.Equal(findings, news.Count);
        Assert.All(news, finding => Assert.Contains("an hour of the day in which none did before (23 UTC), on 6 "
            + "watched days", finding.Explanation, StringComparison.Ordinal));
    }

    [Fact]
    public void New_issuers_and_interfaces_are_told()
    {
        FlowRecord Issued(string issuer) => Of("10.2.0.7:50000 tcp 10.1.0.1:443").Proving("tls") with
        {
            Tls = new TlsHandshake
            {
                Version = 0x0303,
                SawServerHello = true,
                ClientCertificate = ClientCertificate.NotRequested,
                ServerCertificates =
                    [new TlsCertificate { Subject = "CN=edge", Issuer = issuer, SerialNumber = "1", Sha256 = "2" }],
            },
        };
        FlowRecord Calling(string name) => Of("10.2.0.7:50000 tcp 10.1.0.1:445").Proving("smb2") with
        {
            Carried = [new CarriedUse(CarriedKind.Interface, name, 0, default)],
        };

        Assert.Contains("new issuers of certificates: CN=Mallory", Assert.Single(LearningBench.News(
            LearningBench.Learn(Issued("CN=Contoso")), Issued("CN=Mallory"))).Explanation, StringComparison.Ordinal);
        Assert.Contains("new interfaces: svcctl", Assert.Single(LearningBench.News(
            LearningBench.Learn(Calling("samr")), Calling("svcctl"))).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Regular_connections_are_told_with_period_jitter_and_pair_unless_learned()
    {
        FlowRecord[] Beacon(int seconds) => [.. Enumerable.Range(0, 20).Select(i => WinRm.At(i * seconds))];

        var finding = Assert.Single(LearningBench.News(LearningBench.Learn(WinRm, WinRm.At(7)), Beacon(300)));
        Assert.Equal(FindingKind.PeriodicConnections, finding.Kind);
        Assert.Contains("10.2.0.7 connects to 10.0.0.3:5985 every 5 minutes, half of the times within 0 ms of that (20 "
            + "times)", finding.Explanation, StringComparison.Ordinal);
        Assert.Empty(LearningBench.News(LearningBench.Learn(Beacon(300)), Beacon(310)));
        Assert.Single(LearningBench.News(LearningBench.Learn(Beacon(300)), Beacon(60)));
    }

    [Fact]
    public void What_is_accepted_is_no_news_any_more()
    {
        var baseline = LearningBench.Learn(Sip);
        var report = LearningBench.Against(baseline, WinRm);
        var accepted = baseline.Accept(report.News!.Rows.Select(row => row.Entry), "approved");

        Assert.NotEmpty(report.News.Rows);
        Assert.Empty(LearningBench.News(accepted, WinRm.At(9)));
    }

    [Fact]
    public void Differences_that_may_explain_news_are_told()
    {
        var baseline = LearningBench.Learn(Sip) with { SiteSha256 = "22", Catalogs = ["other"], HasMoreEntries = true };

        var caveats = LearningBench.Against(baseline, Sip).News!.Caveats;
        Assert.Contains(caveats, text => text.Contains("another version of the site file", StringComparison.Ordinal));
        Assert.Contains(caveats, text => text.Contains("with the catalogs other, this audit uses sample",
            StringComparison.Ordinal));
        Assert.Contains(caveats, text => text.Contains("does not hold all services", StringComparison.Ordinal));
        Assert.Contains(caveats, text => text.Contains("2 hours at the same time", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scan_and_attempts_are_no_news() =>
        Assert.Empty(LearningBench.News(LearningBench.Learn(Sip),
            Enumerable.Range(1, 60).Select(port => Of($"10.2.0.7:50000 tcp 10.0.0.3:{port}").Ending(Outcome.Refused))));

    [Fact]
    public void More_news_than_are_listed_are_counted()
    {
        var report = LearningBench.Against(LearningBench.Learn(Sip), Enumerable.Range(0, 70).Select(i =>
            Of($"10.2.0.7:50000 tcp 10.0.0.3:{7000 + i}").Proving($"protocol{i}")));

        Assert.Equal((TrafficNews.MaximumFindings, 20),
            (report.Findings.Count(finding => finding.Kind == FindingKind.NewTraffic), report.News!.NotListed));
    }
}
