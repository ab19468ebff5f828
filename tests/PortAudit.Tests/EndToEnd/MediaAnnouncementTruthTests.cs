using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using Xunit.Abstractions;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// The ports that signalling announces for media in the captures of the corpus are those that tshark reads there, and
/// the flows to them are explained by the frame that tshark names as theirs (<c>rtp.setup-frame</c> and its like).
/// Where several frames name the ends of a flow, tshark holds to the last one of either end and this program to the one
/// that named the responder: then both must name an end of the flow by tshark's own reading. tshark lets no
/// announcement end: where the call of its frame was over before the flow began, this program has no reason to name it.
/// </summary>
public sealed partial class MediaAnnouncementTruthTests(ITestOutputHelper output)
{
    private static readonly string[] Signalling = ["h225", "h245", "megaco", "mgcp", "rtsp", "sip", "skinny"];

    private static readonly Lazy<IReadOnlyList<Observed>> Captures = new(() => [.. Directory
        .EnumerateFiles(Repository.Corpus!)
        .Order(StringComparer.Ordinal)
        .Select(Observe)
        .Where(capture => capture.Summary.ControlChannels.Any(channel => Signalling.Contains(channel.Protocol)))]);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Media_are_explained_by_the_frame_that_tshark_names()
    {
        var (same, other, over, wrong) = (0, 0, 0, new List<string>());
        foreach (var capture in Captures.Value)
        {
            var named = EndsByFrame(capture.Path);
            foreach (var (ends, frames) in SetupFrames(capture.Path))
            {
                var flows = capture.Flows.Where(flow => ends.SetEquals([$"{flow.Originator}", $"{flow.Responder}"]))
                    .ToList();
                var found = flows.Select(flow => flow.Announcement?.Announcement).ToList();
                if (found.Exists(announcement =>
                    announcement is not null && frames.Contains(announcement.Frame.Number)))
                    same++;
                else if (found.Exists(announcement => announcement is not null
                    && named.TryGetValue(announcement.Frame.Number, out var its) && its.Overlaps(ends)))
                    other++;
                else if (flows.Count > 0
                    && frames.All(frame => WasOver(capture, frame, ends, flows.Min(flow => flow.StartNs))))
                    over++;
                else
                    wrong.Add($"{Path.GetFileName(capture.Path)}: {string.Join(" - ", ends)}, frames "
                        + $"{string.Join(' ', frames)}");
            }
        }

        output.WriteLine($"{same} flows of media with tshark's frame, {other} with another one that names an end of "
            + $"the flow, {over} whose call was over");
        Assert.NotEqual(0, same);
        Assert.Empty(wrong);
    }

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void The_announced_ports_are_those_that_tshark_reads()
    {
        var (count, differences) = (0, new List<string>());
        foreach (var capture in Captures.Value)
        {
            var ours = capture.Summary.Announcements
                .Select(use => use.Announcement)
                .Where(each => each.AnnouncedBy is "sip" or "mgcp" or "skinny" or "rtsp" && each.Protocol != "rtcp"
                    && each.Service?.EndsWith("candidate", StringComparison.Ordinal) != true)
                .Select(each => $"{each.Server}")
                .ToHashSet();
            var theirs = Described(capture.Path).Concat(Skinny(capture.Path)).Concat(Transports(capture.Path))
                .Select(each => each.End).ToHashSet();
            count += theirs.Count;
            differences.AddRange(ours.Except(theirs)
                .Select(end => $"{Path.GetFileName(capture.Path)}: only here {end}"));
            differences.AddRange(theirs.Except(ours)
                .Select(end => $"{Path.GetFileName(capture.Path)}: only tshark's {end}"));
        }

        output.WriteLine($"{count} announced ports");
        Assert.NotEqual(0, count);
        Assert.Empty(differences);
    }

    private static bool WasOver(Observed capture, long frame, HashSet<string> ends,
        long startNs) => capture.Summary.Announcements
        .Select(use => use.Announcement)
        .Any(each => each.Frame.Number == frame && ends.Contains($"{each.Server}") && each.UntilNs < startNs);

    private static Observed Observe(string path)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        return new Observed(path, flows,
            TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None));
    }

    /// <summary>The frames that tshark names for the packets of a flow, by both its ends.</summary>
    private static Dictionary<HashSet<string>, HashSet<long>> SetupFrames(string path)
    {
        var frames = new Dictionary<HashSet<string>, HashSet<long>>(HashSet<string>.CreateSetComparer());
        foreach (var row in Tshark.Fields(path, "rtp.setup-frame || rtcp.setup-frame || t38.setup-frame", "ip.src",
            "udp.srcport", "ip.dst", "udp.dstport", "rtp.setup-frame", "rtcp.setup-frame", "t38.setup-frame"))
        {
            HashSet<string> ends = [$"{Last(row[0])}:{Last(row[1])}", $"{Last(row[2])}:{Last(row[3])}"];
            if (!frames.TryGetValue(ends, out var numbers))
                frames.Add(ends, numbers = []);
            numbers.UnionWith(row[4..7].SelectMany(Numbers));
        }

        return frames;
    }

    /// <summary>The ends that a frame names by tshark's reading, RTCP's by convention included.</summary>
    private static Dictionary<long, HashSet<string>> EndsByFrame(string path) => Described(path).Concat(Skinny(path))
        .Concat(Transports(path))
        .GroupBy(each => each.Frame)
        .ToDictionary(group => group.Key,
            group => group.SelectMany(each => new[] { each.End, Next(each.End) }).ToHashSet());

    /// <summary>Addresses and ports of descriptions in SDP, of offers and answers that are not refusals.</summary>
    private static IEnumerable<(long Frame, string End)> Described(string path) =>
        from row in Tshark.Fields(path,
            "sdp.media.port && !rtsp && !(sip.Status-Code >= 300) && !(sip.CSeq.method == \"OPTIONS\")", "frame.number",
            "sdp.connection_info.address", "sdp.media.port")
        from address in row[1].Split(',').Distinct()
        from port in row[2].Split(',')
        where port != "0"
        select (Number(row[0]), $"{address}:{port}");

    private static IEnumerable<(long Frame, string End)> Skinny(string path)
    {
        foreach (var row in Tshark.Fields(path, "skinny.portNumber || skinny.remotePortNumber", "frame.number",
            "skinny.ipAddr.ipv4", "skinny.transmitIpAddr.ipv4", "skinny.portNumber", "skinny.remoteIpAddr.ipv4",
            "skinny.remotePortNumber"))
        {
            var own = $"{row[1]},{row[2]}".Trim(',').Split(',')
                .Zip(row[3].Split(','), (address, port) => $"{address}:{port}");
            var remote = row[4].Split(',').Zip(row[5].Split(','), (address, port) => $"{address}:{port}");
            foreach (var end in own.Concat(remote).Where(end => end != ":"))
                yield return (Number(row[0]), end);
        }
    }

    /// <summary>The first ports of both ends in answers of RTSP.</summary>
    private static IEnumerable<(long Frame, string End)> Transports(string path)
    {
        foreach (var row in Tshark.Fields(path, "rtsp.transport && rtsp.status == 200", "frame.number", "ip.src",
            "ip.dst", "rtsp.transport"))
        {
            foreach (Match match in Port().Matches(row[3]))
                yield return (Number(row[0]),
                    $"{(match.Groups[1].Value == "client" ? row[2] : row[1])}:{match.Groups[2].Value}");
        }
    }

    [GeneratedRegex("(client|server)_port=([0-9]+)")]
    private static partial Regex Port();

    private static string Next(string end) =>
        $"{end[..end.LastIndexOf(':')]}:{Number(Last(end.Replace(':', ','))) + 1}";

    private static string Last(string values) => values[(values.LastIndexOf(',') + 1)..];

    private static IEnumerable<long> Numbers(string values) =>
        values.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Observed(string Path, IReadOnlyList<FlowRecord> Flows, ObservationSummary Summary);
}
