using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.State;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.PolicyReview.WatchSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>When captures watched, and which services between two roles each day brought first.</summary>
public sealed class WatchedDaysTests
{
    private static readonly string[] Weekend = ["a|05-31 22:00|06-01 03:00", "b|06-01 12:00|06-01 13:00",
        "a|06-03 10:00|06-03 10:30"];

    private static readonly FlowRecord Web = Of("10.2.0.9:50000 tcp 10.0.0.1:443").Proving("tls", "http");

    [Fact]
    public void The_time_of_each_point_is_split_at_midnight()
    {
        var days = Watched(Weekend).Days;

        Assert.Equal(["05-31 a 2 h", "06-01 a 3 h, b 1 h", "06-03 a 0.5 h"], days.Select(Text));
        Assert.Equal([(false, true), (true, false), (false, false)],
            days.Select(day => (day.IsWeekend, day.IsMonthEnd)));
    }

    [Fact]
    public void A_capture_that_ends_at_midnight_is_also_of_the_next_day_with_its_last_packet() =>
        Assert.Equal(["05-31 a 1 h", "06-01 a 0 h"], Watched(["a|05-31 23:00|06-01 00:00"]).Days.Select(Text));

    [Fact]
    public void Only_the_second_Tuesday_is_a_patch_day() => Assert.Equal([11], Watched(["a|06-01 00:00|06-30 00:00"])
        .Days.Where(day => day.IsPatchDay).Select(day => day.Date.Day));

    [Fact]
    public void Days_without_a_capture_are_counted()
    {
        var watched = Watched(Weekend);

        Assert.Equal(1, watched.MissingDays);
        Assert.Equal("The longest-watching capture point watched 5 hours; captures cover 3 days (UTC), 2024-05-31 to "
            + "2024-06-03, but for 1 day without a capture: 1 weekend day, 1 month end, no patch day (second "
            + "Tuesday of a month).", watched.Text);
    }

    [Fact]
    public void A_gap_is_one_of_its_point_even_while_another_point_records()
    {
        var points = Watched(["a|06-01 00:00|06-01 12:00", "b|06-01 06:00|06-09 00:00",
            "a|06-08 12:00|06-09 12:00"]).Points;

        Assert.Equal(["06-01 12:00 - 06-08 12:00"], Gaps(points[0]));
        Assert.Equal(["06-01 00:00 - 06-01 06:00", "06-09 00:00 - 06-09 12:00"], Gaps(points[1]));
        Assert.Equal([36 * Hour, 186 * Hour], points.Select(point => point.WatchedNs));
        Assert.Equal(["1.pcap", "3.pcap"], points[0].Times.SelectMany(time => time.Captures));
    }

    [Fact]
    public void Two_short_captures_a_week_apart_are_no_week_though_another_point_fills_it()
    {
        var watched = Watched(["a|06-01 00:00|06-01 01:00", "b|06-01 00:30|06-04 00:00", "b|06-04 00:00|06-05 00:00",
            "a|06-09 00:00|06-09 01:00"]);

        Assert.False(watched.IsLongEnough);
        Assert.Equal((95 * Hour) + (Hour / 2), watched.LongestNs);
    }

    [Fact]
    public void Overlapping_captures_of_a_point_leave_no_gap_and_count_once()
    {
        var point = Assert.Single(Watched(["a|06-01 00:00|06-01 12:00", "a|06-01 06:00|06-01 08:00",
            "a|06-01 11:00|06-01 18:00"]).Points);

        Assert.Empty(point.Gaps);
        Assert.Equal(18 * Hour, point.WatchedNs);
        Assert.Equal<string>(["1.pcap", "2.pcap", "3.pcap"], Assert.Single(point.Times).Captures);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 0)] // as long as a silence inside a capture
    public void What_may_be_silence_is_no_gap(int silenceHours, int gaps) => Assert.Equal(gaps,
        Assert.Single(Bench(Captures(silenceHours * Hour, "a|06-01 00:00|06-01 12:00", "a|06-01 15:00|06-01 20:00"))
            .Run().Watched!.Points).Gaps.Length);

    [Fact]
    public void An_interface_that_was_away_leaves_a_gap_inside_a_capture()
    {
        var observation = Captures(0, ",b|06-01 00:00|06-01 12:00");
        var capture = observation.Captures[0];
        observation = observation with
        {
            Captures = [capture with
            {
                Annotations = new CaptureAnnotations
                {
                    Outages = [new CaptureOutage(0, null, Ns("06-01 03:00"), Ns("06-01 04:00"), "gone")],
                },
            }],
        };
        var points = Bench(observation).Run().Watched!.Points;

        Assert.Equal(["06-01 03:00 - 06-01 04:00"], Gaps(points[0]));
        Assert.Equal([11 * Hour, 12 * Hour], points.Select(point => point.WatchedNs));
        Assert.Equal(["1.pcap", "1.pcap"], points[0].Times.SelectMany(time => time.Captures));
    }

    [Fact]
    public void A_service_is_new_on_the_first_day_that_had_it_whatever_the_order()
    {
        FlowRecord[] flows = [Web.Begun("06-03 10:00"), Web.Begun("05-31 23:00"), Web.Begun("06-01 12:00"),
            Of("10.2.0.9:50000 tcp 10.0.0.1:8080").Begun("06-01 12:00")];

        Assert.Equal(["1: client -> fe: tls/http", "2: client -> fe: tcp 8080", "1:"],
            Watched(Weekend, flows).Days.Select(Services));
        Assert.Equal(["1: client -> fe: tls/http", "2: client -> fe: tcp 8080", "1:"],
            Watched(Weekend, flows.Reverse()).Days.Select(Services));
    }

    [Fact]
    public void Attempts_that_prove_no_service_are_connections_and_no_services()
    {
        var attempt = Of("10.2.0.9:50000 tcp 10.0.0.1:22").Ending(Outcome.Refused) with
        {
            Protocol = "ssh",
            ProtocolBasis = IdentificationBasis.Port,
        };

        Assert.Equal("1:", Services(Watched(["a|06-01 00:00|06-01 12:00"], attempt.Begun("06-01 01:00")).Days[0]));
    }

    [Fact]
    public void What_bytes_prove_is_a_service_though_nothing_answered() => Assert.Equal("1: client -> fe: syslog",
        Services(Watched(["a|06-01 00:00|06-01 12:00"], Of("10.2.0.9:50000 udp 10.0.0.1:514").Proving("syslog")
            .Ending(Outcome.Unanswered).Begun("06-01 01:00")).Days[0]));

    [Fact]
    public void Unknown_services_on_dynamic_ports_are_one() => Assert.Equal("2: client -> fe: tcp 49152-65535",
        Services(Watched(["a|06-01 00:00|06-01 12:00"], Of("10.2.0.9:50000 tcp 10.0.0.1:49152").Begun("06-01 01:00"),
            Of("10.2.0.9:50000 tcp 10.0.0.1:60000").Begun("06-01 02:00")).Days[0]));

    [Fact]
    public void What_meets_no_firewall_is_not_counted()
    {
        var day = Watched(["a|06-01 00:00|06-01 12:00"], Of("10.0.0.3:50000 tcp 10.0.0.1:443").Begun("06-01 01:00"),
            Web.Begun("06-01 02:00")).Days[0];

        Assert.Equal("1: client -> fe: tls/http", Services(day));
    }

    [Fact]
    public void A_connection_that_meets_two_firewalls_counts_once()
    {
        var bench = Bench(Captures(0, Weekend));
        bench.Policies = [bench.Policies[0], bench.Policies[0] with { Name = "second" }];

        Assert.Equal(1, bench.Run(Web.Begun("06-01 12:00")).Watched!.Days[1].Connections);
    }

    [Fact]
    public void More_services_than_are_kept_are_reported()
    {
        var flows = Enumerable.Range(1, DayLedger.MaxServices + 1)
            .Select(port => Of($"10.2.0.9:50000 tcp 10.0.0.1:{port}").Begun("06-01 01:00"));
        var watched = Watched(["a|06-01 00:00|06-01 12:00"], flows);

        Assert.Equal((DayLedger.MaxServices, true), (watched.Services, watched.HasMoreServices));
    }

    [Fact]
    public void Days_keep_the_time_of_a_limited_number_of_points_and_the_rest_is_counted()
    {
        var watched = Watched([.. Enumerable.Range(0, WatchedDays.MaxPoints + 1)
            .Select(point => $"p{point:000}|06-01 00:00|06-01 12:00")]);

        Assert.Equal(WatchedDays.MaxPoints, Assert.Single(watched.Days).Points.Length);
        Assert.Equal(WatchedDays.MaxPoints + 1, watched.Points.Length);
    }

    [Fact]
    public void A_capture_that_was_read_names_its_points() => Assert.Equal(
        ["firewall-inside.pcapng: firewall-inside", "firewall-outside.pcap: firewall-outside"],
        ObservedSample.Of("lync-edge").Observation.Captures.Select(capture =>
            $"{Path.GetFileName(capture.Path)}: {string.Join(", ", capture.Points)}").Order(StringComparer.Ordinal));

    [Fact]
    public void Without_a_firewall_nothing_is_gathered() =>
        Assert.Null(new AuditBench(RuleSample.Required("web client fe tcp 443 - any")).Run(Web).Watched);

    [Fact]
    public void Auditors_of_parts_say_together_what_one_says()
    {
        FlowRecord[] flows = [Web.Begun("06-01 12:00"), Of("10.2.0.9:50000 tcp 10.0.0.1:81").Begun("05-31 23:00"),
            Web.Begun("05-31 23:00"), Of("10.2.0.9:50000 tcp 10.0.0.1:81").Begun("06-03 10:00")];
        var bench = Bench(Captures(0, Weekend));
        var (one, other) = (bench.NewAuditor(), bench.NewAuditor());
        for (var index = 0; index < flows.Length; index++)
            (index % 2 == 0 ? one : other).Add(flows[index]);
        other.UnionWith(one);

        Assert.Equal(["2: client -> fe: tcp 81, client -> fe: tls/http", "1:", "1:"], other
            .Complete(bench.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>()).Watched!.Days
            .Select(Services));
    }

    [Fact]
    public void A_saved_account_comes_back_whole_and_goes_on()
    {
        var bench = Bench(Captures(0, Weekend));
        var ledger = new DayLedger();
        ledger.Add(bench.Judge(Web.Begun("06-01 12:00")));
        ledger.Add(bench.Judge(Of("10.2.0.9:50000 tcp 10.0.0.1:81").Begun("05-31 23:00")));
        var knowledge = bench.NewAuditor().Knowledge;
        using var stream = new MemoryStream();
        var saving = new StateSaving(knowledge, stream);
        ledger.Persist(saving);
        saving.Flush();
        var loaded = new DayLedger();
        loaded.Persist(new StateLoading(knowledge, stream.ToArray()));

        Assert.Equal(ledger.Days, loaded.Days);
        Assert.Equal(ledger.Services, loaded.Services);
        loaded.Add(bench.Judge(Web.Begun("05-31 22:00")));
        Assert.All(loaded.Services, service => Assert.Equal(new DateOnly(2024, 5, 31), service.First));
    }

    private static string Text(WatchedDay day) => $"{day.Date:MM-dd} "
        + string.Join(", ", day.Points.Select(point => FormattableString.Invariant(
            $"{point.Key} {point.Value / (double)Hour:0.##} h")));

    private static string Services(WatchedDay day) => ($"{day.Connections}: "
        + string.Join(", ", day.NewServices.Select(at => $"{at.From} -> {at.To}: {at.Service}"))).TrimEnd();

    private static IEnumerable<string> Gaps(WatchedPoint point) =>
        point.Gaps.Select(gap => $"{Time(gap.FromNs)} - {Time(gap.ToNs)}");

    private static string Time(long ns) => $"{DateTime.UnixEpoch.AddTicks(ns / 100):MM-dd HH:mm}";
}
