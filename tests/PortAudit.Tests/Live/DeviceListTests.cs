using PortAudit.Live.Devices;
using PortAudit.Live.Doctor;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Live;

public sealed class DeviceListTests
{
    [NeedsFact(Part.Live)]
    public void Interfaces_have_their_addresses_and_states()
    {
        using var link = new VethPair(links: 2);
        NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in1", "down");
        NetworkNamespace.Ip("-n", link.Near.Name, "addr", "add", "2001:db8::7/64", "dev", "lo");
        var devices = link.Near.In(() =>
        {
            Assert.True(DeviceList.TryRead(out var found, out var problem));
            Assert.Null(problem);
            return found.ToDictionary(device => device.Name);
        });

        Assert.Equal<string>(["10.99.0.1"], devices["in0"].Addresses);
        Assert.True(devices["in0"] is { IsUp: true, IsRunning: true, IsLoopback: false });
        Assert.False(devices["in1"].IsUp);
        Assert.True(devices["lo"] is { IsLoopback: true, Connection: DeviceConnection.NotApplicable });
        Assert.Contains("2001:db8::7", devices["lo"].Addresses);
        Assert.Contains("127.0.0.1", devices["lo"].Addresses);
    }

    [NeedsFact(Part.Live)]
    public void An_interface_is_tried_and_what_is_none_is_left_alone()
    {
        using var link = new VethPair(links: 2);
        NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in1", "down");
        var (up, down, all, queue) = link.Near.In(() =>
            (DeviceAccess.Of("in0"), DeviceAccess.Of("in1"), DeviceAccess.Of("any"), DeviceAccess.Of("nfqueue")));

        Assert.True(up.CanCapture);
        Assert.Equal(LinkType.Ethernet, up.LinkTypes[0]);
        Assert.Equal(PortAudit.Live.Host.LiveProblemKind.DeviceDown, down.Problem!.Kind);
        Assert.True(all.CanCapture);
        Assert.Equal<LinkType>([new LinkType(113), new LinkType(276)], all.LinkTypes);
        Assert.False(queue.WasTried);
    }
}
