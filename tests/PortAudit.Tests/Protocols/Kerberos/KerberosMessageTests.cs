using PortAudit.Traffic.Protocols.Kerberos;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Kerberos;

public sealed class KerberosMessageTests
{
    private static byte[] Request => RecogniserVector.Find("as-request").FromOriginator;

    [Fact]
    public void Type_and_length_are_read()
    {
        Assert.True(KerberosMessage.TryParse(Request, out var message, out _));
        Assert.Equal(new KerberosMessage(KerberosMessageType.AsRequest, Request.Length), message);
    }

    [Fact]
    public void Every_prefix_is_a_message_or_incomplete()
    {
        for (var length = 0; length < Request.Length; length++)
        {
            if (!KerberosMessage.TryParse(Request.AsSpan(..length), out _, out var error))
                Assert.Equal((length, ParseError.Incomplete), (length, error));
        }
    }

    [Theory]
    [InlineData("6A0E300CA103020105A20302010B", ParseError.BadValue)]
    [InlineData("6A0E300CA103020104A20302010A", ParseError.BadValue)]
    [InlineData("620E300CA103020105A20302010A", ParseError.BadValue)]
    [InlineData("6A0E300DA103020105A20302010A", ParseError.BadLength)]
    public void What_contradicts_itself_is_refused(string bytes, object expected)
    {
        Assert.False(KerberosMessage.TryParse(Convert.FromHexString(bytes), out _, out var error));
        Assert.Equal(expected, error);
    }
}
