using System.Globalization;
using PortAudit.Reports.Writing;

namespace PortAudit.Tests.Reports;

public sealed class ShareTests
{
    [Theory]
    [InlineData("0", "0 %")]
    [InlineData("0.000001", "below 0.1 %")]
    [InlineData("0.001", "0.1 %")]
    [InlineData("0.125", "12.5 %")]
    [InlineData("0.5", "50 %")]
    [InlineData("0.999", "99.9 %")]
    [InlineData("0.999999", "above 99.9 %")]
    [InlineData("1", "100 %")]
    public void A_part_never_reads_as_nothing_nor_as_all(string share, string expected) =>
        Assert.Equal(expected, Share.ToText(decimal.Parse(share, CultureInfo.InvariantCulture)));
}
