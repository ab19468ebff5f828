using System.Globalization;
using PortAudit.Tests.Announcements;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Protocols.OncRpc;

/// <summary>What the port mapper announces is what tshark reads in its replies, and explains the flows to the
/// ports.</summary>
public sealed class PortmapAnnouncementTruthTests
{
    public static TheoryData<string> Recorded => [.. AnnouncementVector.All
        .Where(vector => vector.Name.EndsWith("-recorded", StringComparison.Ordinal)).Select(vector => vector.Name)];

    [NeedsTheory(Part.Tshark)]
    [MemberData(nameof(Recorded))]
    public void A_reply_of_rpcbind_announces_what_tshark_reads_in_it(string name)
    {
        using var scratch = new ScratchDirectory();
        var path = VectorCapture.Write(AnnouncementVector.All.Single(vector => vector.Name == name),
            Path.Combine(scratch.Path, "rpc.pcap"));
        var row = Assert.Single(Tshark.Fields(path, "rpc.msgtyp == 1 && portmap", "frame.number", "portmap.port",
            "portmap.uaddr", "portmap.rpcb.addr"));
        var addresses = row[2].Split(',').Concat(row[3].Split(','))
            .Where(address => address.Length > 0 && address[0] != '/');
        var ports = row[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Concat(addresses.Select(PortOf));
        var announced = VectorCapture.Announced(path);

        Assert.Equal(ports.Where(port => port != "111").ToHashSet(),
            announced.Select(announcement => $"{announcement.Server.Port}").ToHashSet());
        Assert.All(announced, announcement => Assert.Equal(row[0], $"{announcement.Frame.Number}"));
    }

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Flows_to_ports_that_tshark_reads_in_replies_are_explained_by_them()
    {
        var path = Path.Combine(Repository.Corpus!, "ajbanjara_Wireshark__nfsv3.pcap.gz");
        var replies = Tshark
            .Fields(path, "portmap.uaddr && rpc.msgtyp == 1", "frame.number", "ip.src", "portmap.uaddr", "ip.dst")
            .Select(row => (string[])[row[0], row[1], PortOf(row[2]), row[3]]).ToList();
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, progress: null, CancellationToken.None);
        var explained = flows.Where(flow => replies.Any(row =>
            ($"{row[1]}:{row[2]}", row[3]) == ($"{flow.Responder}", $"{flow.Originator.Address}"))).ToList();

        Assert.NotEmpty(explained);
        Assert.All(explained, flow =>
        {
            var frames = replies.Where(row => $"{row[1]}:{row[2]}" == $"{flow.Responder}").Select(row => row[0]);
            Assert.Equal(AnnouncementGrade.ToThisClient, flow.Announcement?.Grade);
            Assert.Contains($"{flow.Announcement?.Announcement.Frame.Number}", frames);
            Assert.Equal(flow.Protocol, flow.Announcement?.Announcement.Protocol);
        });
        Assert.All(flows.Except(explained), flow => Assert.Null(flow.Announcement));
    }

    private static string PortOf(string universalAddress)
    {
        var parts = universalAddress.Split('.');
        var (high, low) = (Number(parts[^2]), Number(parts[^1]));
        return $"{(high * 256) + low}";

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
