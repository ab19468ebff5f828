using System.Text;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports.Rows;

/// <summary>Rows say the same as the strings of reports do.</summary>
public sealed class Utf8RowTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_367_402_400_000_001_234)]
    [InlineData(1_367_452_799_999_999_999)]
    [InlineData(4_294_967_295_999_999_999)]
    [InlineData(951_782_400_000_000_000)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Times_are_those_of_reports(long timestampNs)
    {
        var row = new Utf8Row();
        foreach (var digits in new[] { 0, 3, 6, 7, 9 })
        {
            // A time of another day in between, so that a date that was kept does not stay.
            Text(row, () => row.AppendTime(0, 6));
            Assert.Equal(ReportTime.Format(timestampNs, digits), Text(row, () => row.AppendTime(timestampNs, digits)));
        }
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.12")]
    [InlineData("255.255.255.255")]
    [InlineData("192.168.100.1")]
    [InlineData("::")]
    [InlineData("2001:db8::1")]
    [InlineData("fe80::1234:5678:9abc:def0")]
    [InlineData("2001:db8:1111:2222:3333:4444:5555:6666")]
    public void Addresses_are_those_of_reports(string text)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        var row = new Utf8Row();
        Assert.Equal(text, Text(row, () => row.AppendAddress(address)));
    }

    [Fact]
    public void Addresses_stay_those_of_reports_when_many_are_written_again()
    {
        var (random, row) = (new Random(20130402), new Utf8Row());
        var addresses = Enumerable.Range(0, 5_000)
            .Select(_ => new IpAddress(0x2001_0DB8_0000_0000, (ulong)random.NextInt64(1 << 20))).ToList();
        foreach (var address in addresses.Concat(addresses))
            Assert.Equal(address.ToString(), Text(row, () => row.AppendAddress(address)));
    }

    [Fact]
    public void Vlans_are_those_of_reports()
    {
        var row = new Utf8Row();
        foreach (var tags in new[] { VlanTags.None, VlanTags.None.Push(0), VlanTags.None.Push(10),
            VlanTags.None.Push(4095).Push(7), VlanTags.None.Push(1).Push(0) })
            Assert.Equal(tags.ToString(), Text(row, () => row.AppendVlan(tags)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(13_500)]
    [InlineData(20_007)]
    [InlineData(123_456)]
    [InlineData(999_999)]
    [InlineData(1_000_000)]
    [InlineData(1_234_567)]
    [InlineData(0x0123_4567_89AB_CDEF)]
    [InlineData(long.MaxValue)]
    public void Counts_are_those_of_reports(long number)
    {
        var row = new Utf8Row();
        Assert.Equal(Quantity.Count(number), Text(row, () => row.AppendCount(number)));
        Assert.Equal($"{number}", Text(row, () => row.AppendNumber(number)));
        Assert.Equal($"{number:x16}", Text(row, () => row.AppendHexadecimal((ulong)number)));
    }

    [Fact]
    public void Text_is_cut_and_repeated()
    {
        var row = new Utf8Row();
        Assert.Equal("\u00E4\u20AC\U0001F600--", Text(row, () =>
        {
            row.Append("\u00E4\u20AC\U0001F600");
            row.Append((byte)'-', 4);
            row.Append((byte)'-', -1);
            row.CutTo(row.Length - 2);
        }));
    }

    private static string Text(Utf8Row row, Action write)
    {
        row.Clear();
        write();
        return Encoding.UTF8.GetString(row.Written);
    }
}
