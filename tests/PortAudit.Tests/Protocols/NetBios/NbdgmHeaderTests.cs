using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.NetBios;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.NetBios;

public sealed class NbdgmHeaderTests
{
    private const string Name = "20 4648455046434c4548464345504646464143414341434143414341434143414c 00";
    private const string Datagram = "11 02 c0fb 0a00020f 008a 0048 0000" + Name + Name + "ff534d42";

    [Fact]
    public void The_fields_and_what_follows_the_names_are_read()
    {
        Assert.True(NbdgmHeader.TryParse(Hex.Bytes(Datagram), out var header, out _));

        Assert.Equal((NbdgmType.DirectGroup, 138, "0A00020F", "FF534D42"), (header.Type, header.SourcePort,
            Convert.ToHexString(header.SourceAddress), Convert.ToHexString(header.UserData)));
    }

    [Theory]
    [InlineData("1302c0fb0a00020f008a 82", ParseError.None)]
    [InlineData("1302c0fb0a00020f008a 85", ParseError.BadValue)]
    [InlineData("1302c0fb0a00020f008a 8200", ParseError.BadValue)]
    [InlineData("1402c0fb0a00020f008a" + Name, ParseError.None)]
    [InlineData("14f2c0fb0a00020f008a" + Name, ParseError.BadValue)]
    [InlineData("1702c0fb0a00020f008a" + Name, ParseError.BadValue)]
    public void Other_packets_have_one_name_or_an_error(string hex, ParseError expected)
    {
        Assert.Equal(expected == ParseError.None, NbdgmHeader.TryParse(Hex.Bytes(hex), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Datagram, 14 + 2 * NetBiosName.LengthWithoutScope, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (NbdgmHeader.TryParse(bytes, out var header, out var error))
            _ = (header.Type, header.SourceAddress.Length, header.SourcePort, header.UserData.Length);
        return error;
    }
}
