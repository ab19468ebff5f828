using System.Globalization;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Observation;

public sealed class PointTableTests
{
    [Fact]
    public void Points_beyond_the_bound_are_one_with_the_last_and_counted()
    {
        var points = new PointTable();
        for (var point = 0; point < PointTable.MaximumPoints; point++)
            Assert.Equal(point, points.IndexOf(point.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(PointTable.MaximumPoints - 1, points.IndexOf("one more"));
        Assert.Equal(5, points.IndexOf("5"));
        Assert.Equal(1, points.Merged);
    }
}
