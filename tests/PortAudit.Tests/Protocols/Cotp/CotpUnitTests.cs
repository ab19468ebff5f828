using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Cotp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Cotp;

public sealed class CotpUnitTests
{
    private const string Request = "03000013 0E E0 0000 1234 00 0100080003000000 FF";
    private const string Data = "03000009 02 F0 80 7F65 00";

    [Fact]
    public void A_request_has_a_variable_part()
    {
        Assert.True(CotpUnit.TryParse(Hex.Bytes(Request), out var unit, out _));
        Assert.Equal((CotpType.ConnectionRequest, 19, "0100080003000000"),
            (unit.Type, unit.PacketLength, Convert.ToHexString(unit.Variable)));
        Assert.True(unit.UserData.IsEmpty);
    }

    [Fact]
    public void Data_carries_what_is_behind_its_header()
    {
        Assert.True(CotpUnit.TryParse(Hex.Bytes(Data), out var unit, out _));
        Assert.Equal((CotpType.Data, "7F65"), (unit.Type, Convert.ToHexString(unit.UserData)));
    }

    [Theory]
    [InlineData("03000007 02 F0 01", ParseError.BadValue)]
    [InlineData("03000009 04 F0 80 0000", ParseError.BadLength)]
    [InlineData("0300000B 0E E0 0000 1234 00", ParseError.BadLength)]
    [InlineData("0300000B 06 E0 0001 1234 00", ParseError.BadValue)]
    [InlineData("02000007 02 F0 80", ParseError.BadVersion)]
    public void What_is_no_unit_of_class_zero_is_refused(string hex, object expected) =>
        ViewContract.Refuses(hex, (ParseError)expected, Read);

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(Request, 19, Read);
        ViewContract.Holds(Data, 7, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (CotpUnit.TryParse(bytes, out var unit, out var error))
            _ = (unit.Type, unit.PacketLength, unit.Variable.Length, unit.UserData.Length);
        return error;
    }
}
