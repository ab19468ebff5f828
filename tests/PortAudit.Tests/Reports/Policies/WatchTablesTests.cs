using PortAudit.Audit.PolicyReview;
using PortAudit.Reports.Text;
using PortAudit.Tests.Audit.PolicyReview;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.PolicyReview.WatchSample;

namespace PortAudit.Tests.Reports.Policies;

/// <summary>Whether captures watched long enough, in sentences and tables.</summary>
public sealed class WatchTablesTests
{
    private static readonly FlowRecord Web = Of("10.2.0.9:50000 tcp 10.0.0.1:443").Proving("tls", "http");

    [Fact]
    public void Captures_of_one_day_need_no_table()
    {
        var watched = Watched(["a|06-01 00:00|06-01 12:00"], Web.Begun("06-01 01:00"));

        Assert.Empty(WatchTables.Of(watched));
        Assert.Equal("1 service between two roles was seen, all on one day", Fact(watched, "New services"));
    }

    [Fact]
    public void Each_day_has_the_time_of_each_point_and_what_was_new()
    {
        var watched = Watched(["a|05-31 22:00|06-01 03:00", "b|06-01 12:00|06-01 13:00", "a|06-04 10:00|06-04 10:30"],
            Web.Begun("05-31 23:00"), Web.Begun("06-04 10:00"),
            Of("10.2.0.9:50000 tcp 10.0.0.1:81").Begun("06-04 10:00"));

        Assert.Equal(
            [
                "Day|At a|At b|#Connections|#New|New services between roles",
                "Fri 2024-05-31 (month end)|2 h 0 min|nothing|1|1|",
                "Sat 2024-06-01|3 h 0 min|1 h 0 min|0|0|",
                "Sun 2024-06-02 to Mon 2024-06-03|no capture for 2 days||||",
                "Tue 2024-06-04|30 min 0 s|nothing|2|1|client -> fe: tcp 81",
            ], Lines(watched, 0));
        Assert.Equal("2 services between two roles: 1 on the first day, 1 on the last: new ones still appeared",
            Fact(watched, "New services"));
        Assert.Equal("a: 1 gap, 3 d 7 h; b: 2 gaps, 3 d 11 h", Fact(watched, "Gaps"));
    }

    [Fact]
    public void Captures_and_gaps_of_a_point_stand_in_turn()
    {
        var watched = Watched(["a|05-31 22:00|06-01 03:00", "b|06-01 12:00|06-01 13:00", "a|06-04 10:00|06-04 10:30"]);

        Assert.Equal(
            [
                "Capture point|From (UTC)|To|Length|Captures",
                "a|2024-05-31 22:00:00|2024-06-01 03:00:00|5 h 0 min|1.pcap",
                "a|2024-06-01 03:00:00|2024-06-04 10:00:00|3 d 7 h|no capture",
                "a|2024-06-04 10:00:00|2024-06-04 10:30:00|30 min 0 s|3.pcap",
                "b|2024-05-31 22:00:00|2024-06-01 12:00:00|14 h 0 min|no capture",
                "b|2024-06-01 12:00:00|2024-06-01 13:00:00|1 h 0 min|2.pcap",
                "b|2024-06-01 13:00:00|2024-06-04 10:30:00|2 d 21 h|no capture",
            ], Lines(watched, 1));
    }

    [Fact]
    public void Ninety_days_are_shown_by_weeks_with_weeks_that_are_missing()
    {
        var watched = Watched(["|03-01 00:00|03-20 00:00", "|04-01 12:00|05-29 23:00"], Web.Begun("03-01 01:00"),
            Of("10.2.0.9:50000 tcp 10.0.0.1:81").Begun("05-06 10:00"));

        Assert.Equal(
            [
                "Week|Watched|#Connections|#New|New services between roles",
                "Fri 2024-03-01 to Sun 2024-03-03: 3 days|3 d 0 h|1|1|",
                "Mon 2024-03-04 to Sun 2024-03-10: 7 days|7 d 0 h|0|0|",
                "Mon 2024-03-11 to Sun 2024-03-17: 7 days (patch day)|7 d 0 h|0|0|",
                "Mon 2024-03-18 to Wed 2024-03-20: 3 days|2 d 0 h|0|0|",
                "Mon 2024-03-25 to Sun 2024-03-31|no capture for 7 days|||",
                "Mon 2024-04-01 to Sun 2024-04-07: 7 days|6 d 12 h|0|0|",
            ], Lines(watched, 0).Take(7));
        Assert.Contains("Mon 2024-05-06 to Sun 2024-05-12: 7 days|7 d 0 h|1|1|client -> fe: tcp 81",
            Lines(watched, 0));
        Assert.Equal("2 services between two roles: 1 on the first day, none on the last 23 watched days, the newest "
            + "on Mon 2024-05-06", Fact(watched, "New services"));
    }

    [Fact]
    public void Of_very_many_gaps_the_short_ones_are_counted()
    {
        var captures = Enumerable.Range(0, 28).Select(day => $"a|02-{day + 1:00} 00:00|02-{day + 1:00} 23:50")
            .Append("a|03-05 00:00|03-06 00:00").ToArray();
        var table = WatchTables.Of(Watched(captures)).Last();

        Assert.Equal(
            [
                "a|2024-02-01 00:00:00|2024-02-28 23:50:00|27 d 23 h|1.pcap to 28.pcap (28 captures)",
                "a|2024-02-28 23:50:00|2024-03-05 00:00:00|5 d 0 h|no capture",
                "a|2024-03-05 00:00:00|2024-03-06 00:00:00|1 d 0 h|29.pcap",
            ], Lines(table).Skip(1));
        Assert.Equal("27 shorter gaps, 4 h 30 min together, are not listed: see the JSON report", table.More);
    }

    [Fact]
    public void Of_many_points_a_day_gives_their_number()
    {
        var watched = Watched([.. "abcd".Select(point => $"{point}|06-01 00:00|06-01 12:00"),
            "a|06-02 00:00|06-02 12:00"]);

        Assert.Equal("Sun 2024-06-02|1 of 4 points, the longest 12 h 0 min|0|0|", Lines(watched, 0).Last());
    }

    [Fact]
    public void A_silence_that_is_not_counted_is_told()
    {
        var watched = Bench(Captures(40 * Hour, "a|06-01 00:00|06-03 00:00")).Run().Watched!;

        Assert.Equal("no packet at a for 1 d 16 h: not counted as watched, though the times of days and captures have "
            + "it, as it is not known when it was", Fact(watched, "Silence"));
    }

    [Theory]
    [InlineData("06-07 23:59", "below 7 days: no rule is called unused")]
    [InlineData("06-08 00:00",
        "7 days or more: a rule may be called unused, unless a document gives it a longer period")]
    public void Seven_days_are_long_enough(string until, string expected) =>
        Assert.Equal(expected, Fact(Watched([$"a|06-01 00:00|{until}"]), "Long enough"));

    private static string Fact(WatchedDays watched, string label) =>
        WatchSection.Facts(watched).Single(fact => fact.Label == label).Text;

    private static IEnumerable<string> Lines(WatchedDays watched, int table) =>
        Lines(WatchTables.Of(watched).ElementAt(table));

    private static IEnumerable<string> Lines(SectionTable table) => table.Rows
        .Select(row => string.Join('|', row.Select(cell => string.Join(' ', cell))))
        .Prepend(string.Join('|', table.Columns));
}
