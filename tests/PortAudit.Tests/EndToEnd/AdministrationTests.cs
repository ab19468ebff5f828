using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What <c>captures/administration</c> shows of services within SMB, against the frames that tshark shows
/// it in.</summary>
public sealed class AdministrationTests
{
    [Theory]
    [InlineData("psexec.pcap", CarriedKind.Program, "ADMIN$", 0, 44)]
    [InlineData("psexec.pcap", CarriedKind.Interface, "svcctl", 0, 100)]
    [InlineData("psexec.pcap", CarriedKind.Call, "svcctl", 15, 102)]
    [InlineData("psexec.pcap", CarriedKind.Call, "svcctl", 12, 110)]
    [InlineData("psexec.pcap", CarriedKind.Interface, "srvsvc", 0, 29)]
    [InlineData("accounts.pcap", CarriedKind.Call, "samr", 13, 41)]
    public void A_use_is_seen_in_its_frame(string capture, CarriedKind kind, string name, int call, int frame)
    {
        var flows = ObservedFlows(Repository.PathOf("captures", "administration", capture));
        var use = flows.SelectMany(flow => flow.Carried)
            .Single(use => use.Kind == kind && use.Name == name && use.Operation == call);

        Assert.Equal(frame, use.Frame.Number);
    }

    private static List<FlowRecord> ObservedFlows(string path)
    {
        var flows = new List<FlowRecord>();
        TrafficObserver.Observe(CaptureSet.Open([path], () => Stream.Null), new ObserverOptions(), flows.Add, null,
            CancellationToken.None);
        return flows;
    }
}
