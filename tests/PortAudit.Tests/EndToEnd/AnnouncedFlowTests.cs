using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The dynamic ports of the lab's captures are explained as <c>captures/*/expected-announcements.tsv</c> says,
/// and by the frames that tshark says announce them.</summary>
public sealed class AnnouncedFlowTests
{
    /// <summary>The lowest of the dynamic ports: the lab's hosts take theirs from 49152 on, and nothing else listens
    /// above this one.</summary>
    private const int FirstDynamicPort = 20_000;

    /// <summary>Service or announcing protocol where there is none.</summary>
    private const string None = "-";

    /// <summary>tshark's fields that hold an announced port, by announcing protocol; it reads no answers of SQL
    /// Browser. A bind is on the port itself.</summary>
    private static readonly Dictionary<string, string[]> PortFields = new(StringComparer.Ordinal)
    {
        ["dcerpc"] = ["epm.proto.tcp_port"],
        ["dcerpc-bind"] = ["tcp.srcport", "tcp.dstport"],
        ["ftp"] = ["ftp.passive.port", "ftp.epsv.port", "ftp.active.port", "ftp.eprt.port"],
        ["sip"] = ["sdp.media.port"],
        ["skinny"] = ["skinny.portNumber", "skinny.remotePortNumber"],
        ["stun"] = ["stun.att.port"],
        ["tftp"] = ["udp.srcport"],
    };

    public static TheoryData<string> Captures => [.. ExpectedAnnouncement.Captures];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_flow_on_a_dynamic_port_is_explained_by_its_service(string capture)
    {
        var hosts = ExpectedAnnouncement.HostsOf(capture);
        var flows = DynamicFlows(capture).Select(flow =>
        {
            var (by, service, _) = Explanation(flow);
            return new ExpectedAnnouncement(Name($"{flow["originator"]}"), Name($"{flow["responder"]}"),
                $"{flow["transport"]}", service, by, $"{flow["outcome"]}");
        });

        Assert.Equal(Sorted(ExpectedAnnouncement.Of(capture)
            .Where(line => line.Outcome != ExpectedAnnouncement.Unused)), Sorted(flows.Distinct()));

        string Name(string address) => hosts.GetValueOrDefault(address, address);
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void What_was_announced_and_never_contacted_is_known(string capture)
    {
        var hosts = ExpectedAnnouncement.HostsOf(capture);
        using var captures = CaptureSet.Open([PathOf(capture)], () => Stream.Null);
        var unused = TrafficObserver
            .Observe(captures, new ObserverOptions(), _ => { }, null, CancellationToken.None).Announcements
            .Where(use => use.Flows == 0)
            .Select(use => Line(use.Announcement))
            .ToHashSet();

        Assert.All(ExpectedAnnouncement.Of(capture).Where(line => line.Outcome == ExpectedAnnouncement.Unused),
            line => Assert.Contains(line, unused));

        ExpectedAnnouncement Line(Announcement announcement) => new(
            Name(announcement.For),
            Name(announcement.Server.Address),
            announcement.Transport == IpProtocol.Tcp ? "tcp" : "udp",
            announcement.Service ?? None,
            announcement.AnnouncedBy + (announcement.IsOnPortItself ? "-bind" : ""),
            ExpectedAnnouncement.Unused);
        string Name(IpAddress? address) => hosts.GetValueOrDefault($"{address}", $"{address}");
    }

    [NeedsTheory(Part.Tshark)]
    [MemberData(nameof(Captures))]
    public void The_frame_that_announced_a_flow_holds_its_port(string capture)
    {
        foreach (var flow in DynamicFlows(capture))
        {
            var (by, _, frame) = Explanation(flow);
            if (!PortFields.TryGetValue(by, out var fields))
                continue;
            var ports = Tshark.Fields(PathOf(capture), Announcing(capture, by, frame), fields)
                .SelectMany(cells => cells).SelectMany(cell => cell.Split(','));

            Assert.Contains($"{flow["responder_port"]}", ports);
        }
    }

    [NeedsTheory(Part.Tshark)]
    [MemberData(nameof(Captures))]
    public void A_capture_in_several_files_tells_the_same(string capture)
    {
        var folder = Directory.CreateTempSubdirectory("portaudit-").FullName;
        try
        {
            SplitCapture.Split(PathOf(capture), Path.Combine(folder, "part.pcap"), framesEach: 11);
            var parts = Directory.GetFiles(folder);

            Assert.True(parts.Length > 1);
            Assert.Equal(Told(DynamicFlows(capture)), Told(DynamicFlowsOf(folder)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static IEnumerable<string> Told(IEnumerable<JsonObject> flows) =>
            flows.Select(flow => $"{flow["community_id"]} {Explanation(flow) with { Frame = "" }} {flow["outcome"]}")
                .Order(StringComparer.Ordinal);
    }

    /// <summary>Selects what announced: the frame, or for TURN, whose answers only confirm the peer that was asked for
    /// (RFC 8656 §12), question and answer.</summary>
    private static string Announcing(string capture, string by, string frame) => by == "stun"
        ? $"stun.id == {Tshark.Fields(PathOf(capture), $"frame.number == {frame}", "stun.id").Single()[0]}"
        : $"frame.number == {frame}";

    private static IEnumerable<JsonObject> DynamicFlows(string capture) => DynamicFlowsOf(PathOf(capture));

    private static IEnumerable<JsonObject> DynamicFlowsOf(string path) => CommandRun
        .Of("flows", path, "--format", "jsonl").Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .Where(flow => $"{flow["transport"]}" is "tcp" or "udp" && (int)flow["responder_port"]! >= FirstDynamicPort);

    /// <summary>The parts of <c>PROTOCOL[:SERVICE]@CAPTURE#FRAME</c>.</summary>
    private static (string By, string Service, string Frame) Explanation(JsonObject flow)
    {
        if ((string?)flow["announced_by"] is not { } text)
            return (None, None, None);
        var (channel, frame) = (text[..text.IndexOf('@')], text[(text.LastIndexOf('#') + 1)..]);
        var colon = channel.IndexOf(':');
        return colon < 0 ? (channel, None, frame) : (channel[..colon], channel[(colon + 1)..], frame);
    }

    private static IEnumerable<string> Sorted(IEnumerable<ExpectedAnnouncement> lines) =>
        lines.Select(line => $"{line}").Order(StringComparer.Ordinal);

    private static string PathOf(string capture) => Repository.PathOf(["captures", .. capture.Split('/')]);
}
