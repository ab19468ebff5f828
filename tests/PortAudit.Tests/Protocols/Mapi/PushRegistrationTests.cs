using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Mapi;
using PortAudit.Traffic.Protocols.Ndr;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Mapi;

public sealed class PushRegistrationTests
{
    private const string Ipv4 =
        "00000000000000000000000000000000000000000000000008000000d0273b0200e0fd7f08000000ffffffff100000000200042f0a00000100000000000000001000";

    private static readonly NdrSyntax Ndr = new(IsLittleEndian: true, Is64: false);

    [Fact]
    public void The_callback_address_is_read()
    {
        Assert.True(PushRegistration.TryParse(Hex.Bytes(Ipv4), Ndr, out var registration, out _));

        Assert.Equal(("10.0.0.1", 1071), (registration.Address.ToString(), registration.Port));
    }

    [Theory]
    [InlineData(48, ParseError.BadValue)]
    [InlineData(64, ParseError.BadLength)]
    public void Another_family_and_lengths_that_do_not_agree_are_refused(int at, ParseError expected)
    {
        var bytes = Hex.Bytes(Ipv4);
        bytes[at]++;

        Assert.False(PushRegistration.TryParse(bytes, Ndr, out var registration, out var error));
        Assert.Equal(expected, error);
        Assert.Equal(default, registration);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Ipv4, 66, bytes =>
    {
        _ = PushRegistration.TryParse(bytes, Ndr, out _, out var error);
        return error;
    });
}
