using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Protocols.Tftp;

/// <summary>The transfers of TFTP in the corpus are explained by the requests that tshark reads before them.</summary>
public sealed class TftpAnnouncementTruthTests
{
    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Every_transfer_is_explained_by_the_request_before_it()
    {
        var path = Path.Combine(Repository.Corpus!, "ntop_nDPI__tftp.pcap");
        var requests = Tshark.Fields(path, "tftp.opcode in {1,2}", "frame.number", "ip.src", "udp.srcport", "ip.dst");
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, progress: null, CancellationToken.None);
        var transfers = flows.Where(flow => flow.Responder.Port != 69).ToList();

        Assert.Equal(3, transfers.Count);
        Assert.All(transfers, transfer =>
        {
            var request = requests.Single(row =>
                ($"{row[1]}:{row[2]}", row[3]) == ($"{transfer.Responder}", $"{transfer.Originator.Address}"));
            Assert.Equal((AnnouncementGrade.ToThisClient, request[0]),
                (transfer.Announcement?.Grade, $"{transfer.Announcement?.Announcement.Frame.Number}"));
        });
        Assert.All(flows.Except(transfers), flow => Assert.Null(flow.Announcement));
    }
}
