using System.Text;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Mgcp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Mgcp;

public sealed class MgcpCommandTests
{
    private const string Line = "RSIP 31656860 *@gateway.example.com MGCP 1.0";

    [Fact]
    public void The_words_of_the_line_are_read()
    {
        Assert.True(MgcpCommand.TryParse(Encoding.ASCII.GetBytes(Line), out var command, out _));

        Assert.Equal(("RSIP", "*@gateway.example.com"),
            (Encoding.ASCII.GetString(command.Verb), Encoding.ASCII.GetString(command.Endpoint)));
    }

    [Theory]
    [InlineData("RSI 1 a MGCP 1.0", ParseError.BadVersion)]
    [InlineData("RSIPS 1 a MGCP 1.0", ParseError.BadLength)]
    [InlineData("RSIP x a MGCP 1.0", ParseError.BadValue)]
    [InlineData("RSIP 1234567890 a MGCP 1.0", ParseError.BadLength)]
    [InlineData("RSIP 1 a MGCP x", ParseError.BadVersion)]
    [InlineData("RSIP 1 a SGCP 1.0", ParseError.BadVersion)]
    public void Other_lines_are_refused(string line, ParseError expected)
    {
        Assert.False(MgcpCommand.TryParse(Encoding.ASCII.GetBytes(line), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Convert.ToHexString(Encoding.ASCII.GetBytes(Line)),
        Line.IndexOf("1.0", StringComparison.Ordinal) + 1, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (MgcpCommand.TryParse(bytes, out var command, out var error))
            _ = (command.Verb.Length, command.Endpoint.Length);
        return error;
    }
}
