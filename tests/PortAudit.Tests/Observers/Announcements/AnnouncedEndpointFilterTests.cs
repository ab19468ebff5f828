using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Observers.Announcements;

public sealed class AnnouncedEndFilterTests
{
    [Fact]
    public void It_knows_every_end_that_was_noted_and_few_others()
    {
        var random = new Random(20130402);
        var filter = new AnnouncedEndpointFilter();
        var noted = Enumerable.Range(0, 10_000).Select(_ => EndOf(random)).ToList();
        noted.ForEach(end => filter.Add(end));

        Assert.All(noted, end => Assert.True(MayHold(filter, end)));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => MayHold(filter, EndOf(random))), 100, 400);
    }

    [Fact]
    public void Neighbouring_ports_and_addresses_do_not_stand_for_each_other()
    {
        var filter = new AnnouncedEndpointFilter();
        filter.Add(new AnnouncedEndpoint(new Endpoint(IpAddress.FromIpv4(0x0A00_0001), 50_000), IpProtocol.Udp));

        Assert.False(MayHold(filter,
            new AnnouncedEndpoint(new Endpoint(IpAddress.FromIpv4(0x0A00_0001), 50_000), IpProtocol.Tcp)));
        for (ushort step = 1; step < 1000; step++)
        {
            Assert.False(MayHold(filter, new AnnouncedEndpoint(new Endpoint(IpAddress.FromIpv4(0x0A00_0001),
                (ushort)(50_000 + step)), IpProtocol.Udp)));
            Assert.False(MayHold(filter,
                new AnnouncedEndpoint(new Endpoint(IpAddress.FromIpv4(0x0A00_0001u + step), 50_000), IpProtocol.Udp)));
        }
    }

    [Fact]
    public void Nothing_is_left_of_what_is_cleared()
    {
        var random = new Random(1);
        var (filter, end) = (new AnnouncedEndpointFilter(), EndOf(random));
        filter.Add(end);
        filter.Clear();

        Assert.False(MayHold(filter, end));
    }

    private static bool MayHold(AnnouncedEndpointFilter filter, AnnouncedEndpoint end) =>
        filter.MayHold(end.Server.Address, end.Server.Port, end.Transport);

    private static AnnouncedEndpoint EndOf(Random random) => new(
        new Endpoint(random.Next(2) == 0 ? IpAddress.FromIpv4((uint)random.Next()) : new IpAddress(
            (ulong)random.NextInt64(), (ulong)random.NextInt64()), (ushort)random.Next(ushort.MaxValue)),
        random.Next(2) == 0 ? IpProtocol.Tcp : IpProtocol.Udp);
}
