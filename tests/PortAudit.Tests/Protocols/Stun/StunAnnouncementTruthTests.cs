using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Stun;

/// <summary>What TURN servers announce in the captures of the corpus is what tshark reads in their answers.</summary>
public sealed class StunAnnouncementTruthTests
{
    private const string AllocateSuccess = "stun.type == 0x0103 && !icmp";

    public static TheoryData<string, int> Captures => new() { { "ntop_nDPI__stun.pcap", 3 },
        { "ntop_nDPI__stun_dtls_rtp.pcapng", 1 }, { "ntop_nDPI__teams.pcap", 4 } };

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Captures))]
    public void Every_relayed_address_is_announced_by_the_frame_that_grants_it(string name, int relays)
    {
        var path = Path.Combine(Repository.Corpus!, name);
        var expected = Truth(path);

        Assert.Equal(relays, expected.Count);
        Assert.Equal(expected, Ours(path).Where(use => use.Service == "relay")
            .Select(relay => $"{relay.Frame.Number} {relay.Server}").Order(StringComparer.Ordinal));
    }

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [InlineData("ntop_nDPI__stun.pcap", 7)]
    [InlineData("ntop_nDPI__stun_dtls_rtp.pcapng", 1)]
    [InlineData("ntop_nDPI__teams.pcap", 2)]
    public void Every_peer_that_a_client_names_is_announced(string name, int peers)
    {
        var path = Path.Combine(Repository.Corpus!, name);
        var named = Tshark.Fields(path,
            "(stun.type == 0x0016 || stun.type == 0x0009 || (stun.type == 0x0004 && stun.att.type == 0x0011)) && !icmp",
            "stun.att.ipv4", "stun.att.ipv6", "stun.att.port");
        var expected = named.Select(row => (row[0].Length > 0 ? row[0] : $"[{row[1]}]") + $":{row[2]}").Distinct()
            .Order(StringComparer.Ordinal).ToList();

        Assert.Equal(peers, expected.Count);
        Assert.Equal(expected, Ours(path).Where(use => use.Service == "relay-peer").Select(peer => $"{peer.Server}")
            .Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The media of Teams runs from the ports from which its client asked for relays.</summary>
    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Media_from_a_port_that_asked_for_a_relay_is_explained_by_the_answer()
    {
        var path = Path.Combine(Repository.Corpus!, "ntop_nDPI__teams.pcap");
        var answers = Tshark.Fields(path, AllocateSuccess, "frame.number", "ip.dst", "udp.dstport");
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, progress: null, CancellationToken.None);
        var media = flows
            .Where(flow => flow.Transport == IpProtocol.Udp && flow.Protocol != "msturn"
                && answers.Any(row => $"{row[1]}:{row[2]}" is var end
                    && (end == $"{flow.Originator}" || end == $"{flow.Responder}"))).ToList();

        Assert.Equal(6, media.Count);
        Assert.All(media, flow =>
        {
            var announcement = flow.Announcement?.Announcement;
            Assert.Equal(("msturn", "host"), (announcement?.AnnouncedBy, announcement?.Service));
            Assert.Equal(answers.First(row => $"{row[1]}:{row[2]}" == $"{announcement?.Server}")[0],
                $"{announcement?.Frame.Number}");
        });
    }

    /// <summary>Frame and address of the first answer for each client: later ones to it refresh.</summary>
    private static List<string> Truth(string path)
    {
        var granted = new HashSet<string>();
        var truth = new List<string>();
        foreach (var row in Tshark.Fields(path, AllocateSuccess, "frame.number", "stun.att.type", "stun.att.ipv4",
            "stun.att.port", "stun.att.lifetime", "udp.dstport"))
        {
            var holders = row[1].Split(',').Where(type => type is "0x0001" or "0x0016" or "0x0020" or "0x8020")
                .ToList();
            var relayed = holders.FindIndex(type => type is "0x0001" or "0x0016");
            var end = $"{row[2].Split(',')[relayed]}:{row[3].Split(',')[relayed]}";
            if (long.Parse(row[4], CultureInfo.InvariantCulture) > 0 && granted.Add($"{row[5]} {end}"))
                truth.Add($"{row[0]} {end}");
        }

        return [.. truth.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<Announcement> Ours(string path)
    {
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        return [.. TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, progress: null,
            CancellationToken.None).Announcements.Select(use => use.Announcement)];
    }
}
