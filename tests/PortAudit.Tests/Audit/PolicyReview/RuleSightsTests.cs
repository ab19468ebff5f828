using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>A point "inner" between clients (10.2.0.0/16) and internal (10.0.0.0/16), and what it cannot see: the
/// perimeter (10.1.0.0/16).</summary>
public sealed class RuleSightsTests
{
    [Theory]
    [InlineData("permit tcp 10.2.0.0/16 10.0.0.0/16 8080", "unused", "inner")]
    [InlineData("permit tcp 10.2.0.0/16 10.1.0.1 8080", "not-seen", "")]
    [InlineData("permit tcp any 10.0.0.1 8080", "not-seen", "inner")]
    public void A_rule_is_unused_only_where_a_capture_point_sees_all_that_it_joins(string rule, string use,
        string points)
    {
        var row = RowOf(rule, days: 8, "clients", "internal");

        Assert.Equal(use, row.Use.ToText());
        Assert.Equal(points, string.Join(',', row.CapturePoints));
    }

    [Fact]
    public void What_no_point_sees_is_named() => Assert.Equal("No connection needed it, as far as the captures show. "
        + "No capture point that recorded packets lies between clients and perimeter.",
        RowOf("permit tcp 10.2.0.0/16 10.1.0.1 8080", days: 8, "clients", "internal").UseReason);

    [Fact]
    public void The_time_that_counts_is_that_of_the_points_that_see_the_rule()
    {
        var bench = Bench("permit tcp 10.2.0.0/16 10.1.0.1 8080", ("inner", ["clients", "internal"]),
            ("outer", ["clients", "perimeter"]));
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromDays(8), "inner", "outer");
        bench.Observation = bench.Observation with
        {
            Points = [.. bench.Observation.Points.Select(point => point.Name == "inner"
                ? point
                : point with { LastNs = point.FirstNs + (long)TimeSpan.FromDays(1).TotalNanoseconds })],
        };
        var row = Assert.Single(bench.Run([]).Policies).Rules[0];

        Assert.Equal("not-seen", row.Use.ToText());
        Assert.Equal("outer", string.Join(',', row.CapturePoints));
        Assert.Contains("below 7 days no rule is called unused", row.UseReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_of_which_the_site_says_nothing_are_taken_to_see_all()
    {
        var row = RowOf("permit tcp 10.2.0.0/16 10.1.0.1 8080", days: 8);

        Assert.Equal(("unused", "inner"), (row.Use.ToText(), string.Join(',', row.CapturePoints)));
    }

    [Fact]
    public void What_was_used_is_used_whatever_the_points_see()
    {
        var bench = Bench("permit tcp 10.2.0.0/16 10.1.0.1 8080", ("inner", ["clients", "internal"]));
        var row = Assert.Single(bench.Run([Of("10.2.0.9:50000 tcp 10.1.0.1:8080")]).Policies).Rules[0];

        Assert.Equal("used", row.Use.ToText());
    }

    private static PolicyRuleRow RowOf(string rule, int days, params string[] sees)
    {
        var bench = Bench(rule, ("inner", sees));
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromDays(days), "inner");
        return Assert.Single(bench.Run([]).Policies).Rules[0];
    }

    private static AuditBench Bench(string rule, params (string Name, string[] Sees)[] points)
    {
        var bench = ReviewSample.Bench(Forwarding(Rule(rule), Default(PolicyAction.Drop)));
        bench.Site = bench.Site with
        {
            CapturePoints = [.. points.Select(point => new CapturePoint(point.Name, null, [], [.. point.Sees]))],
        };
        return bench;
    }
}
