using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>The options of a SYN (RFC 9293 §3.1, RFC 7323, RFC 2018).</summary>
public sealed class TcpOptionsTests
{
    [Fact]
    public void All_options_are_read()
    {
        var options = TcpOptions.Read([2, 4, 0x05, 0xB4, 4, 2, 8, 10, 0, 0, 0, 7, 0, 0, 0, 0, 1, 3, 3, 9]);

        Assert.Equal((1460, 9, true, 7u), (options.MaximumSegmentSize!.Value, options.WindowScale!.Value,
            options.PermitsSack, options.Timestamp!.Value));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 2, 4, 5, 180 })]
    [InlineData(new byte[] { 1, 1, 1 })]
    [InlineData(new byte[] { 2 })]
    [InlineData(new byte[] { 2, 0, 5, 180 })]
    [InlineData(new byte[] { 2, 1, 5, 180 })]
    [InlineData(new byte[] { 2, 40, 5, 180 })]
    [InlineData(new byte[] { 2, 3, 5 })]
    public void Nothing_is_read_of_what_is_damaged(byte[] bytes) => Assert.Equal(default, TcpOptions.Read(bytes));

    [Fact]
    public void What_stands_before_the_damage_holds() =>
        Assert.Equal((ushort?)1460, TcpOptions.Read([2, 4, 0x05, 0xB4, 3, 200]).MaximumSegmentSize);
}
