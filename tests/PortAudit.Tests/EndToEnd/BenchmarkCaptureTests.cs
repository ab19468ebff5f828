namespace PortAudit.Tests.EndToEnd;

/// <summary>The capture that <c>tools/bench</c> measures by is what it says: sound packets, so many flows, each of its
/// protocol.</summary>
public sealed class BenchmarkCaptureTests(BenchmarkCapture made) : IClassFixture<BenchmarkCapture>
{
    [NeedsFact(Part.Compiler)]
    public void Every_flow_is_found_and_recognised_by_what_it_says()
    {
        var flows = FlowRows.Of(made.Capture);
        var facts = made.Facts;

        Assert.Equal(facts["flows"], flows.Count);
        Assert.Equal(facts["packets"], flows.Sum(flow => flow.Packets));
        Assert.Equal(facts["dns"] + facts["dns-unanswered"], flows.Count(flow => flow.Protocol == "dns"));
        Assert.Equal(facts["sip-udp"] + facts["sip-tcp"], flows.Count(flow => flow.Protocol == "sip"));
        Assert.Equal(facts["smb"], flows.Count(flow => flow.Protocol == "smb2"));
        Assert.Equal(facts["stun"], flows.Count(flow => flow.Protocol == "stun"));
    }

    [NeedsFact(Part.Compiler)]
    public void A_seed_says_every_byte()
    {
        made.Write("same.pcap", seed: 1);
        made.Write("other.pcap", seed: 2);
        var bytes = File.ReadAllBytes(made.Capture);

        Assert.Equal(bytes, File.ReadAllBytes(made.PathOf("same.pcap")));
        Assert.NotEqual(bytes, File.ReadAllBytes(made.PathOf("other.pcap")));
        Assert.Equal(made.Facts["bytes"], bytes.Length);
    }

    [NeedsFact(Part.Compiler, Part.Tshark)]
    public void Tshark_finds_nothing_malformed_and_every_checksum_right()
    {
        const string Wrong = "_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0 || "
            + "udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0";

        Assert.Empty(Tshark.Select(made.Capture, Wrong, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE",
            "-o", "udp.check_checksum:TRUE"));
    }
}
