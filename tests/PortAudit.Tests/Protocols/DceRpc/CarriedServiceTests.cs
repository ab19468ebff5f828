using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class CarriedServiceTests
{
    [Theory]
    [InlineData("dcerpc", "mgmt", "mgmt,witness", "witness")]
    [InlineData("dcerpc", "epm", "epm,mgmt,samr,lsarpc", "samr")]
    [InlineData("dcerpc", "mgmt", "mgmt", "mgmt")]
    [InlineData("dcerpc", "samr", "samr,witness", "samr")]
    [InlineData("smb2", "mgmt", "mgmt,witness", "mgmt")]
    [InlineData("dcerpc", null, "mgmt,witness", "witness")]
    [InlineData("dcerpc", null, "mgmt", "mgmt")]
    [InlineData("smb2", null, "witness", null)]
    public void An_interface_that_every_server_has_hides_no_other(string protocol, string? first, string accepted,
        string? service)
    {
        List<CarriedUse> uses = [.. accepted.Split(',').Select(name =>
            new CarriedUse(CarriedKind.Interface, name, 0, new FrameReference(0, 1)))];

        Assert.Equal(service, CarriedService.Of(protocol, first, uses));
        Assert.Equal(first, CarriedService.Of(protocol, first, null));
    }

    [Fact]
    public void A_call_is_no_accepted_interface() => Assert.Equal("mgmt", CarriedService.Of("dcerpc", "mgmt",
        [new CarriedUse(CarriedKind.Call, "witness", 1, new FrameReference(0, 1))]));
}
