using System.Text;
using PortAudit.Reports.Flows;
using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports;

/// <summary>What rows of CSV have in common is told by every value that their columns are made of.</summary>
public sealed class FlowTraitTests
{
    private static readonly FlowRecord Flow = SampleFlows.Tls;

    [Fact]
    public void Flows_are_alike_in_what_they_carried_when_all_of_it_is_the_same() => AssertAlike<FlowApplication>(
        Flow with { StartNs = 7, History = "S", Outcome = Outcome.Midstream },
        Flow with { Protocol = "tls/tls" },
        Flow with { ProtocolBasis = IdentificationBasis.Port },
        Flow with { Service = "sit" },
        Flow with { ServiceBasis = IdentificationBasis.Payload },
        Flow with { Announcement = new AnnouncementMatch(null!, AnnouncementGrade.ToThisClient) },
        Flow with { Capture = 1 },
        Flow with { Level = 1 },
        Flow with { Tunnel = "vxlan" },
        Flow with { ParentId = 7 },
        Flow with { StartedAs = "smtp" });

    [Fact]
    public void Flows_are_alike_in_how_they_went_when_all_of_it_is_the_same() => AssertAlike<FlowCourse>(
        Flow with { StartNs = 7, Service = "sit", History = new string(Flow.History) },
        Flow with { DirectionBasis = DirectionBasis.Port },
        Flow with { Outcome = Outcome.Midstream },
        Flow with { History = "SHADaDFf" });

    [Fact]
    public void Flows_are_alike_in_their_transport() => AssertAlike<FlowTransport>(Flow with { StartNs = 7 }, Flow with { Transport = new IpProtocol(47) });

    private static void AssertAlike<TTrait>(FlowRecord alike, params FlowRecord[] others)
        where TTrait : struct, IFlowTrait<TTrait>
    {
        var kept = new CsvStretches<TTrait>();
        Assert.True(kept.Find(Flow).IsEmpty);
        kept.Keep(Flow, "a,b,"u8);
        Assert.Equal("a,b,", Encoding.UTF8.GetString(kept.Find(Flow)));
        Assert.Equal("a,b,", Encoding.UTF8.GetString(kept.Find(alike)));
        Assert.All(others, other => Assert.False(TTrait.Of(Flow).IsOf(other), other.ToString()));
        Assert.All(others, other => Assert.True(kept.Find(other).IsEmpty));
        kept.Keep(Flow, new byte[100_000]);
        Assert.Equal("a,b,", Encoding.UTF8.GetString(kept.Find(Flow)));
    }
}
