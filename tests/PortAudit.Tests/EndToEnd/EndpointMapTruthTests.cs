using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What endpoint mappers of real captures answered, compared with tshark's reading of their towers, and the
/// flows that came of it.</summary>
public sealed class EndpointMapTruthTests : IDisposable
{
    private const int TcpIdentifier = 0x07;
    private const int HttpIdentifier = 0x1F;

    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public static TheoryData<string> Captures => [.. Rows().Select(row => row[0]).Distinct()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Captures))]
    public void Every_tower_that_tshark_reads_is_announced_with_its_first_frame_and_no_other(string capture)
    {
        var expected = Towers(Corpus.PathOf(capture))
            .GroupBy(tower => tower.Announced)
            .Select(same => $"{same.Key} frame {same.Min(tower => tower.Frame)}, {same.Count()} times");
        var (_, announcements) = Observe(1, Corpus.PathOf(capture));
        var told = announcements
            .Where(one => one.AnnouncedBy == "dcerpc" && one is { IsOnPortItself: false, ServiceId: not null })
            .Select(one => $"{one.Server} for {one.For} {one.ServiceId} frame {one.Frame.Number}, {one.Times} times");

        Assert.Equal(expected.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [NeedsTheory(Part.Corpus)]
    [MemberData(nameof(Captures))]
    public void Every_mapped_port_that_saw_traffic_is_explained_by_the_answer(string capture)
    {
        var (flows, _) = Observe(1, Corpus.PathOf(capture));
        foreach (var row in Rows().Where(row => row[0] == capture && row[6].Length > 0))
        {
            var begin = decimal.Parse(row[6], CultureInfo.InvariantCulture);
            var flow = flows.Where(flow =>
                flow.Responder.ToString() == $"{row[1]}:{row[3]}" && flow.Originator.Address.ToString() == row[7])
                .MinBy(flow => Math.Abs(flow.StartNs / 1e9m - begin));
            var match = flow?.Announcement;

            Assert.NotNull(match);
            Assert.Equal(match.Announcement.For == flow!.Originator.Address
                ? AnnouncementGrade.ToThisClient
                : AnnouncementGrade.ToAnotherClient, match.Grade);
            Assert.Equal(("dcerpc", row[4].Split(',')[0]), (match.Announcement.Protocol, match.Announcement.ServiceId));
            Assert.Equal(RpcInterfaces.Find(Guid.Parse(match.Announcement.ServiceId!)), match.Announcement.Service);
            Assert.Equal(Math.Round(decimal.Parse(row[5], CultureInfo.InvariantCulture), 6),
                Math.Round(match.Announcement.SeenNs / 1e9m, 6));
        }
    }

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Captures))]
    public void Neither_threads_nor_a_split_into_files_changes_anything(string capture)
    {
        var path = Corpus.PathOf(capture);
        var whole = Text(Observe(1, path));
        Assert.Equal(whole, Text(Observe(2, path)));
        Assert.Equal(whole, Text(Observe(4, path)));

        var frames = Tshark.Select(path, "frame").Count;
        SplitCapture.Split(path, Path.Combine(_folder, "part.pcapng"), (frames / 2) + 1);
        var parts = Directory.GetFiles(_folder);
        Assert.Equal(2, parts.Length);
        Assert.Equal(whole, Text(Observe(1, parts)));
    }

    /// <summary>The rows of the list of mapped ports: file, server, address and port in the tower, UUIDs, time of the
    /// answer, first packet to the port, client.</summary>
    private static IEnumerable<string[]> Rows()
    {
        if (Repository.Corpus is null)
            yield break;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Corpus, "..", "epm-dynamic.csv")).Skip(1))
        {
            var parts = line.Split('"');
            yield return [.. parts[0].TrimEnd(',').Split(','), parts[1], .. parts[2].TrimStart(',').Split(',')];
        }
    }

    /// <summary>The towers with ports in answers, as tshark reads them.</summary>
    private static IEnumerable<(string Announced, long Frame)> Towers(string path)
    {
        foreach (var row in Tshark.Fields(path, "epm.tower.len && dcerpc.pkt_type == 2", "frame.number", "ip.src",
            "ip.dst", "epm.tower.proto_id", "epm.uuid", "epm.proto.tcp_port", "epm.proto.http_port"))
        {
            var identifiers = row[3].Split(',').Select(text => Convert.ToInt32(text, 16)).ToArray();
            var (uuids, tcp, http) =
                (row[4].Split(','), new Queue<string>(row[5].Split(',')), new Queue<string>(row[6].Split(',')));
            for (var tower = 0; tower < identifiers.Length / 5; tower++)
            {
                var port = identifiers[(tower * 5) + 3] switch
                {
                    TcpIdentifier => tcp.Dequeue(),
                    HttpIdentifier => http.Dequeue(),
                    _ => null,
                };
                if (port is not null)
                    yield return ($"{row[1]}:{port} for {row[2]} {uuids[tower * 2]}",
                        long.Parse(row[0], CultureInfo.InvariantCulture));
            }
        }
    }

    private static (List<FlowRecord> Flows, ImmutableArray<Announcement> Announcements) Observe(int threads,
        params string[] paths)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open(paths, () => Stream.Null);
        var summary = TrafficObserver.Observe(captures,
            new ObserverOptions { Threads = threads, CapturePointOf = (_, _) => "" }, flows.Add, null,
            CancellationToken.None);
        return (flows, [.. summary.Announcements.Select(use => use.Announcement)]);
    }

    /// <summary>All that is told, but for the names of files and the numbers of frames in them.</summary>
    private static string Text(
        (List<FlowRecord> Flows, ImmutableArray<Announcement> Announcements) seen) => string.Join('\n',
    [
        .. seen.Announcements.Select(one => $"{one.Number} {one.Server} {one.Transport} {one.For} {one.Service} "
            + $"{one.IsOnPortItself} {one.SeenNs} {one.Times}"),
        .. seen.Flows.Select(flow => $"{flow.Id:x16} {flow.Protocol} {flow.Service} "
            + $"{flow.Announcement?.Announcement.Number} {flow.Announcement?.Grade}").Order(StringComparer.Ordinal),
    ]);
}
