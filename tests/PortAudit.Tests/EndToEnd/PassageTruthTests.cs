using System.Text.Json;
using System.Text.RegularExpressions;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// What <c>compare</c> says of the captures of <c>captures/passage</c>, beside their truth: what the lab did to each
/// connection, written from its table of attempts and the logs of clients and servers.
/// </summary>
public sealed partial class PassageTruthTests
{
    private const string Absent = "-";

    private static readonly string Folder = Repository.PathOf("captures", "passage");

    /// <summary>The words of <c>compare</c> that say what the truth says.</summary>
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["passed"] = ["passed"],
        ["translated"] = ["translated"],
        ["proxied"] = ["proxied"],
        ["dropped"] = ["dropped"],
        ["rejected"] = ["rejected-by-device"],
        ["reset"] = ["reset-by-device"],
        ["answered"] = ["answered-by-device"],
        ["one-side"] = ["not-proved", "not-on-the-way"],
    };

    public static TheoryData<string> Cases => [.. Truth().Select(row => row.Case).Distinct()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_connection_has_the_fate_that_the_lab_gave_it(string name)
    {
        var connections = Connections(name);
        foreach (var row in Truth().Where(row => row.Case == name))
        {
            // The resolver of the device asks anew: for the client it answers, and its own question is another one.
            if (row.Changed.StartsWith("by the resolver", StringComparison.Ordinal))
            {
                Assert.Contains(connections, one => one.Inside == row.Inside && one.Fate == "answered-by-device");
                Assert.Contains(connections, one => one.Outside == row.Outside && one.Fate == "not-on-the-way");
                continue;
            }

            // A server on the device itself: nothing of it is on the way to the other side.
            var words = row.Changed == "by the device itself" ? ["not-on-the-way"] : Words[row.Fate];
            var found = connections.Where(one => one.Transport == row.Transport && one.Outside == row.Outside
                && one.Inside == row.Inside).ToList();
            Assert.True(found.Exists(one => words.Contains(one.Fate)),
                $"{row}: {string.Join("; ", found.Select(one => $"{one.Fate}, {one.Why}"))}");
            Assert.All(found, one => Assert.True(MatchesChanges(row, one), $"{row}: {string.Join("; ", one.Changes)}"));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_else_is_dropped_refused_or_answered(string name)
    {
        var known = Truth().Where(row => row.Case == name).Select(row => (row.Outside, row.Inside)).ToHashSet();

        Assert.All(Connections(name).Where(one => one.Fate is "dropped" or "rejected-by-device" or "reset-by-device"),
            one => Assert.Contains((one.Outside, one.Inside), known));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_clocks_are_set_against_each_other(string name)
    {
        var clock = Report(name).GetProperty("clock");
        var window = Assert.Single(clock.GetProperty("windows").EnumerateArray());

        Assert.Equal("constant", clock.GetProperty("fit").GetString());
        var truth = name == "dnat" ? 420_000_000 : 0;
        Assert.InRange(truth, window.GetProperty("lowest_ns").GetInt64(), window.GetProperty("highest_ns").GetInt64());
    }

    /// <summary>Whether what the truth says of options, hop limits and sequence numbers is what was found.</summary>
    private static bool MatchesChanges(Row row, Connection connection)
    {
        if (row.Fate is not ("passed" or "translated"))
            return true;
        var wantsNumbers = row.Changed.Contains("sequence numbers", StringComparison.Ordinal);
        return wantsNumbers == connection.Changes.Any(change => change.StartsWith("sequence-number", StringComparison
                .Ordinal))
            && MssPattern().Match(row.Changed) is var mss
            && mss.Success == connection.Changes.Any(change => change.StartsWith("mss", StringComparison.Ordinal))
            && (!mss.Success || connection.Changes.Any(change => change.Contains(
                $"mss originator {mss.Groups[1].Value} {mss.Groups[2].Value}", StringComparison.Ordinal)
                || change.Contains($"mss responder {mss.Groups[1].Value} {mss.Groups[2].Value}",
                    StringComparison.Ordinal)))
            && Says(row, "window scale removed", connection, "window-scale")
            && Says(row, "timestamps and SACK permitted removed", connection, "sack-permitted");
    }

    private static bool Says(Row row, string truth, Connection connection, string kind) =>
        row.Changed.Contains(truth, StringComparison.Ordinal)
        == connection.Changes.Any(change => change.StartsWith(kind, StringComparison.Ordinal));

    private static List<Connection> Connections(string name) => [.. Report(name).GetProperty("connections")
        .EnumerateArray().Select(Connection.Of)];

    private static JsonElement Report(string name)
    {
        var run = CommandRun.Of("compare", "--point", $"outside={Path.Combine(Folder, $"{name}-outside.pcap")}",
            "--point", $"inside={Path.Combine(Folder, $"{name}-inside.pcap")}", "--json", "-");
        Assert.Equal(0, run.ExitCode);
        return Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("passages").EnumerateArray());
    }

    private static IEnumerable<Row> Truth() => File.ReadLines(Path.Combine(Folder, "truth.tsv"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))
        .Select(cells => new Row(cells[0], cells[1], Ends(cells[2], cells[3]), Ends(cells[4], cells[5]), cells[6],
            cells[7]));

    private static string? Ends(string client, string server) => client == Absent ? null : $"{client} {server}";

    [GeneratedRegex(@"mss (\d+)->(\d+)")]
    private static partial Regex MssPattern();

    private sealed record Row(string Case, string Transport, string? Outside, string? Inside, string Fate,
        string Changed);

    private sealed record Connection(string Transport, string? Outside, string? Inside, string Fate, string Why,
        IReadOnlyList<string> Changes)
    {
        private static readonly string[] Sides = ["near", "far"];

        public static Connection Of(JsonElement json)
        {
            string? At(string point) => Sides.Select(json.GetProperty)
                .Where(flow => flow.ValueKind != JsonValueKind.Null && flow.GetProperty("point").GetString() == point)
                .Select(flow => $"{flow.GetProperty("originator")}:{flow.GetProperty("originator_port")} "
                    + $"{flow.GetProperty("responder")}:{flow.GetProperty("responder_port")}").SingleOrDefault();
            return new Connection(json.GetProperty("transport").GetString()!, At("outside"), At("inside"),
                json.GetProperty("fate").GetString()!, json.GetProperty("why").GetString()!,
                [.. json.GetProperty("changes").EnumerateArray().Select(change =>
                    $"{change.GetProperty("kind")} {change.GetProperty("sender")} {change.GetProperty("from")} "
                    + $"{change.GetProperty("to")}")]);
        }
    }
}
