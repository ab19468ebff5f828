using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Observers.Announcements;

public sealed class LatestEntriesTests
{
    private readonly LatestEntries<Endpoint> _latest = new(entry => entry.Announcement.Server);

    [Fact]
    public void The_latest_of_each_key_is_found()
    {
        var (one, other) = (Entry(1), Entry(2));

        Assert.Null(_latest.Replace(one));
        Assert.Null(_latest.Replace(other));

        Assert.Same(one, _latest.Find(EndOf(1)));
        Assert.Same(other, _latest.Find(EndOf(2)));
        Assert.Null(_latest.Find(EndOf(3)));
        Assert.Equal([EndOf(1), EndOf(2)],
            _latest.Keys.Order(Comparer<Endpoint>.Create((x, y) => x.Port.CompareTo(y.Port))));
    }

    [Fact]
    public void A_later_one_takes_the_place_of_the_one_before_it()
    {
        var (earlier, later) = (Entry(1), Entry(1));
        _latest.Replace(earlier);

        Assert.Same(earlier, _latest.Replace(later));
        Assert.Same(later, _latest.Find(EndOf(1)));
        Assert.Single(_latest.Keys);
    }

    [Fact]
    public void What_is_removed_is_there_no_more()
    {
        _latest.Replace(Entry(1));
        _latest.Replace(Entry(2));

        _latest.Remove(EndOf(1));

        Assert.Null(_latest.Find(EndOf(1)));
        Assert.NotNull(_latest.Find(EndOf(2)));
    }

    private static Endpoint EndOf(ushort port) => new(IpAddress.FromIpv4(0x0A000001), port);

    private static AnnouncementEntry Entry(ushort port) => new(new Announcement
    {
        Number = port,
        AnnouncedBy = "sip",
        Announcer = EndOf(5060),
        Server = EndOf(port),
        Transport = IpProtocol.Udp,
        For = null,
        SeenNs = 1,
        FromNs = 1,
        Frame = new FrameReference(0, 1),
        FlowId = 1,
    });
}
