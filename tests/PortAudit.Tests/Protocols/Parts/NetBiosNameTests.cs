using System.Text;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Parts;

public sealed class NetBiosNameTests
{
    /// <summary>FRED, filled with blanks, as a workstation (RFC 1001 §14.1 has the name in its example).</summary>
    private const string Fred = "\u0020EGFCEFEECACACACACACACACACACACAAA\0";

    [Fact]
    public void A_name_is_as_long_as_its_label_and_decodes_to_what_a_computer_bears()
    {
        var bytes = Encoding.Latin1.GetBytes(Fred);
        var name = new byte[NetBiosName.Length];

        Assert.Equal(ParseError.None, NetBiosName.Measure(bytes, out var length));
        Assert.Equal((NetBiosName.LengthWithoutScope, bytes.Length), (length, length));
        Assert.True(NetBiosName.TryDecode([], bytes, name));
        Assert.Equal("FRED", Encoding.ASCII.GetString(NetBiosName.OfComputer(name)));
    }

    [Fact]
    public void A_damaged_letter_leaves_the_form_of_a_name_and_not_the_name()
    {
        var bytes = Encoding.Latin1.GetBytes(Fred);
        bytes[4] = (byte)'Q';

        Assert.Equal(ParseError.None, NetBiosName.Measure(bytes, out _));
        Assert.False(NetBiosName.TryDecode([], bytes, new byte[NetBiosName.Length]));
    }

    [Theory]
    [InlineData("EGFCEFEECACACACACACACACACACACABM")]
    [InlineData("CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Names_of_domains_and_wild_cards_are_no_computers(string label)
    {
        var name = new byte[NetBiosName.Length];

        Assert.True(NetBiosName.TryDecode([], Encoding.Latin1.GetBytes($"\u0020{label}"), name));
        Assert.True(NetBiosName.OfComputer(name).IsEmpty);
    }

    [Fact]
    public void A_pointer_leads_into_the_message_and_nowhere_else()
    {
        byte[] message = [.. new byte[12], .. Encoding.Latin1.GetBytes(Fred), 0xC0, 12];
        var name = new byte[NetBiosName.Length];

        Assert.True(NetBiosName.TryDecode(message, message.AsSpan(^2..), name));
        Assert.False(NetBiosName.TryDecode(message, [0xC0, 13], name));
        Assert.False(NetBiosName.TryDecode([], [0xFF, 0xFF], name));
    }
}
