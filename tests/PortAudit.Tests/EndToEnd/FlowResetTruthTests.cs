using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Whose resets they are that stopped attempts in real captures, compared with the hop limits that tshark
/// reads.</summary>
public sealed class FlowResetTruthTests
{
    /// <summary>Captures in which attempts were reset, with their number. In none did another device do so.</summary>
    public static TheoryData<string, int, int> Captures => new()
    {
        { "ntop_nDPI__tcp_scan.pcapng", 2, 0 },
        { "odedshimon_BruteShark__POP3.pcap", 0, 2 },
        { "odedshimon_BruteShark__SIP_CALL_RTP_G711.pcap", 0, 1 },
        { "zeek_zeek__vnc-mac-to-linux.pcap", 1, 0 },
    };

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Captures))]
    public void The_origin_of_a_reset_is_what_the_hop_limits_tell(string capture, int byHost, int byNobodyKnowsWhom)
    {
        var path = Corpus.PathOf(capture);
        var resets = Observe(path)
            .Where(flow => flow is { Outcome: Outcome.Refused or Outcome.Rejected, Reset: not null }).ToList();
        var certain = Tshark.Fields(path, "tcp.flags.reset == 0 and not (tcp.flags.syn == 1 and tcp.flags.ack == 0)",
            "ip.src", "ip.ttl")
            .ToLookup(row => row[0], row => row[1]);
        var sent = Tshark.Fields(path, "tcp.flags.reset == 1", "ip.src", "tcp.srcport", "tcp.dstport", "ip.ttl")
            .Select(row => string.Join(' ', row)).ToHashSet();

        Assert.Equal((byHost, byNobodyKnowsWhom), (Of(ResetOrigin.Host), Of(ResetOrigin.Unknown)));
        Assert.All(resets, flow =>
        {
            var usual = certain[flow.Responder.Address.ToString()].ToHashSet();
            Assert.Contains($"{flow.Responder.Address} {flow.Responder.Port} {flow.Originator.Port} "
                + $"{flow.Reset!.Value.HopLimit}", sent);
            Assert.Equal(usual.Contains($"{flow.Reset.Value.HopLimit}"), flow.Reset.Value.Origin == ResetOrigin.Host);
            Assert.Equal(usual.Count == 0, flow.Reset.Value.UsualHopLimit == 0);
        });

        int Of(ResetOrigin origin) => resets.Count(flow => flow.Reset!.Value.Origin == origin);
    }

    private static List<FlowRecord> Observe(string path)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        return flows;
    }
}
