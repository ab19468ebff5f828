using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;

namespace PortAudit.Tests.Reports;

public sealed class WritingTests
{
    [Theory]
    [InlineData("plain text, ümlaut, 日本", "plain text, ümlaut, 日本")]
    [InlineData("a\u001b[31mb", "a\\u{001B}[31mb")]
    [InlineData("tab\tline\r\n", "tab\\u{0009}line\\u{000D}\\u{000A}")]
    [InlineData("c1 \u009b del \u007f", "c1 \\u{009B} del \\u{007F}")]
    [InlineData("rtl \u202E mark \u200F isolate \u2066", "rtl \\u{202E} mark \\u{200F} isolate \\u{2066}")]
    [InlineData("zero\u200Bwidth\uFEFF", "zero\\u{200B}width\\u{FEFF}")]
    [InlineData("separators \u2028\u2029", "separators \\u{2028}\\u{2029}")]
    [InlineData("tag \U000E0041", "tag \\u{E0041}")]
    public void What_cannot_be_seen_is_written_out(string text, string visible) =>
        Assert.Equal(visible, VisibleText.Escape(text));

    [Fact]
    public void A_lone_surrogate_is_written_out() => Assert.Equal("x\\u{D800}y", VisibleText.Escape("x\ud800y"));

    [Theory]
    [InlineData(0, 6, "1970-01-01T00:00:00.000000Z")]
    [InlineData(1_367_402_400_123_456_789, 6, "2013-05-01T10:00:00.123456Z")]
    [InlineData(1_367_402_400_123_456_789, 3, "2013-05-01T10:00:00.123456Z")]
    [InlineData(1_367_402_400_123_456_789, 7, "2013-05-01T10:00:00.123456789Z")]
    [InlineData(1_367_402_400_123_456_789, 9, "2013-05-01T10:00:00.123456789Z")]
    [InlineData(-1, 9, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(long.MaxValue, 9, "2262-04-11T23:47:16.854775807Z")]
    [InlineData(long.MinValue, 9, "1677-09-21T00:12:43.145224192Z")]
    public void Times_are_utc_with_the_resolution_of_the_capture(long timestampNs, int digits, string text) =>
        Assert.Equal(text, ReportTime.Format(timestampNs, digits));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(12_500_000_000, "12.5 s")]
    [InlineData(125_000_000_000, "2 min 5 s")]
    [InlineData(7_500_000_000_000, "2 h 5 min")]
    [InlineData(262_800_000_000_000, "3 d 1 h")]
    public void Durations_have_two_units_at_most(long durationNs, string text) =>
        Assert.Equal(text, Duration.ToText(durationNs));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(1_234_567, "1.2 MB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    public void Bytes_come_in_decimal_units(long bytes, string text) => Assert.Equal(text, Quantity.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 addresses")]
    [InlineData(1, "1 address")]
    [InlineData(12_345, "12,345 addresses")]
    public void Nouns_agree_with_their_numbers(long number, string text) =>
        Assert.Equal(text, Quantity.Of(number, "address", "addresses"));

    [Fact]
    public void Neighbouring_numbers_are_joined_and_what_goes_beyond_the_limit_is_counted()
    {
        Assert.Equal("1-3, 7, 9-10", NumberRanges.Format([1, 2, 3, 7, 9, 10], 3));
        Assert.Equal("1-3, 7, and 2 more", NumberRanges.Format([1, 2, 3, 7, 9, 10], 2));
        Assert.Equal("", NumberRanges.Format([], 2));
    }
}
