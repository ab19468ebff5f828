using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// The flows of every capture of the corpus are tshark's conversations, to the packet and the byte, at every level of
/// tunnels. Rows that differ by design stand in <c>tests/adjudicated-counts.csv</c>, each with its reason.
/// </summary>
public sealed class CorpusTruthTests
{
    [NeedsFact(Part.Corpus)]
    public void Every_conversation_is_found_with_its_packets_and_bytes_and_none_is_extra()
    {
        var adjudicated = Adjudicated();
        var (conversations, differences) = (0, new List<string>());
        foreach (var truth in Directory.EnumerateFiles(Path.Combine(Repository.Corpus!, "..", "truth"), "*.conv.csv")
            .Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(truth)[..^".conv.csv".Length];
            var (expected, ours) = (Truth(truth), Ours(name));
            conversations += expected.Count;
            differences.AddRange(expected.Keys.Union(ours.Keys)
                .Where(key => expected.GetValueOrDefault(key) != ours.GetValueOrDefault(key))
                .Select(key => $"{name},{key},{Text(expected, key)},{Text(ours, key)}"));
        }

        Assert.NotEqual(0, conversations);
        Assert.Equal(adjudicated.Order(StringComparer.Ordinal), differences.Order(StringComparer.Ordinal));
    }

    private static string Text(Dictionary<string, (long Packets, long Bytes)> sums, string key) =>
        sums.TryGetValue(key, out var sum)
            ? string.Create(CultureInfo.InvariantCulture, $"{sum.Packets}/{sum.Bytes}")
            : "none";

    /// <summary>The rows without their reasons, with the endpoints in the order of <see cref="Key"/>.</summary>
    private static IEnumerable<string> Adjudicated()
    {
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "adjudicated-counts.csv")).Skip(1))
        {
            var cells = line.Split(',', 10);
            Assert.True(cells.Length == 10 && cells[9].Length > 2, $"a row without a reason: {line}");
            yield return $"{cells[0]},{Key(cells[1], $"{cells[2]},{cells[3]}", $"{cells[4]},{cells[5]}", cells[6])},"
                + $"{cells[7]},{cells[8]}";
        }
    }

    private static Dictionary<string, (long Packets, long Bytes)> Truth(string path)
    {
        var lines = File.ReadAllLines(path);
        var level = Array.IndexOf(lines[0].Split(','), "level");
        var rows = lines.Skip(1).Select(line => line.Split(','));
        return rows.ToDictionary(
            row => Key(row[0], $"{row[1]},{row[2]}", $"{row[3]},{row[4]}", row[level]),
            row =>
                (long.Parse(row[5], CultureInfo.InvariantCulture), long.Parse(row[6], CultureInfo.InvariantCulture)));
    }

    private static Dictionary<string, (long Packets, long Bytes)> Ours(string name)
    {
        var sums = new Dictionary<string, (long Packets, long Bytes)>(StringComparer.Ordinal);
        using var captures = CaptureSet.Open([Path.Combine(Repository.Corpus!, name)], () => Stream.Null);
        TrafficObserver.Observe(
            captures,
            new ObserverOptions(),
            flow =>
            {
                if (flow.Transport.ToString() is not ("tcp" or "udp"))
                    return;
                var key = Key(flow.Transport.ToString(), $"{flow.Originator.Address},{flow.Originator.Port}",
                    $"{flow.Responder.Address},{flow.Responder.Port}", $"{flow.Level}");
                var known = sums.GetValueOrDefault(key);
                sums[key] =
                    (known.Packets + flow.Out.Packets + flow.In.Packets, known.Bytes + flow.Out.Bytes + flow.In.Bytes);
            },
            null,
            CancellationToken.None);
        return sums;
    }

    private static string Key(string transport, string one, string other, string level) =>
        string.CompareOrdinal(one, other) < 0
            ? $"{transport},{one},{other},{level}"
            : $"{transport},{other},{one},{level}";
}
