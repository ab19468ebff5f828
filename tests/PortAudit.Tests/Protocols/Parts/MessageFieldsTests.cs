using System.Text;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Parts;

public sealed class MessageFieldsTests
{
    [Theory]
    [InlineData("", "", ParseError.Incomplete)]
    [InlineData("\r\n", "", ParseError.None)]
    [InlineData("A: 1\r\nb:2\n\nC: 3\r\n", "A=1 b=2", ParseError.None)]
    [InlineData("A : 1 \r\n\r\n", "A=1", ParseError.None)]
    [InlineData("A: 1\r\n 2\r\n\t3: 4\r\nB:\r\n\r\n", "A=1\r\n 2\r\n\t3: 4 B=", ParseError.None)]
    [InlineData("no name\r\nA: 2\r\n\r\n", "=no name A=2", ParseError.None)]
    [InlineData("A\r\n : 1\r\n\r\n", "A\r\n=1", ParseError.None)]
    [InlineData("A: 1\r\n\r\r\nB: 2\r\n\r\n", "A=1", ParseError.None)]
    [InlineData("A: 1\r\nB: 2", "A=1", ParseError.Incomplete)]
    [InlineData("A: 1\r\n folded", "A=1", ParseError.Incomplete)]
    [InlineData("A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\nF: 6\r\n\r\n", "A=1 B=2 C=3 D=4 E=5", ParseError.BadLength)]
    public void Fields_are_walked_to_the_empty_line(string text, string fields, ParseError end)
    {
        var walk = new MessageFields(Encoding.ASCII.GetBytes(text), maximumLines: 5);
        var seen = new List<string>();
        while (walk.MoveNext())
            seen.Add(Encoding.ASCII.GetString(walk.Current.Name) + "=" + Encoding.ASCII.GetString(walk.Current.Value));

        Assert.Equal((fields, end), (string.Join(' ', seen), walk.End));
    }

    [Fact]
    public void Behind_the_empty_line_the_body_is_left()
    {
        var walk = new MessageFields("A: 1\r\n\r\nbody"u8);
        while (walk.MoveNext())
        {
        }

        Assert.Equal("A: 1\r\n\r\n".Length, walk.Length);
    }

    [Fact]
    public void No_field_has_neither_name_nor_value() =>
        Assert.True(default(MessageField).Name.IsEmpty && default(MessageField).Value.IsEmpty);
}
