using System.Globalization;
using PortAudit.Reports.Text;

namespace PortAudit.Tests.Reports;

public sealed class PageTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(39)]
    public void No_width_is_so_small_that_words_are_broken_into_letters(int width)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        PageText.Write(writer, width, color: false,
            page => page.Paragraph("what one role may say to another, and why"));

        Assert.Equal("what one role may say to another, and\nwhy\n", writer.ToString());
    }
}
