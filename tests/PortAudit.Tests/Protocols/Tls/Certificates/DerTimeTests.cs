using System.Globalization;
using System.Text;
using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Tls.Certificates;

namespace PortAudit.Tests.Protocols.Tls.Certificates;

public sealed class DerTimeTests
{
    [Theory]
    [InlineData(0x17, "130501100000Z", "2013-05-01T10:00:00Z")]
    [InlineData(0x17, "491231235959Z", "2049-12-31T23:59:59Z")]
    [InlineData(0x17, "500101000000Z", "1950-01-01T00:00:00Z")]
    [InlineData(0x17, "000229000000Z", "2000-02-29T00:00:00Z")]
    [InlineData(0x18, "20500101000000Z", "2050-01-01T00:00:00Z")]
    [InlineData(0x18, "99991231235959Z", "9999-12-31T23:59:59Z")]
    public void Both_forms_give_seconds(byte tag, string text, string expected)
    {
        Assert.True(DerTime.TryRead(Element(tag, text), out var seconds));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeSeconds(), seconds);
    }

    [Theory]
    [InlineData(0x17, "1305011000Z")] // without seconds
    [InlineData(0x17, "130501100000+0100")]
    [InlineData(0x17, "131301100000Z")]
    [InlineData(0x17, "130230100000Z")]
    [InlineData(0x17, "130501240000Z")]
    [InlineData(0x17, "13050110000aZ")]
    [InlineData(0x17, "")]
    [InlineData(0x17, "20130501100000Z")]
    [InlineData(0x18, "130501100000Z")]
    [InlineData(0x18, "00000101000000Z")]
    [InlineData(0x18, "20130501100000.5Z")]
    [InlineData(0x0C, "130501100000Z")]
    public void What_RFC_5280_forbids_is_no_time(byte tag, string text) =>
        Assert.False(DerTime.TryRead(Element(tag, text), out _));

    private static DerElement Element(byte tag, string text)
    {
        Assert.True(DerElement.TryParse((byte[])[tag, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)],
            out var element, out _));
        return element;
    }
}
