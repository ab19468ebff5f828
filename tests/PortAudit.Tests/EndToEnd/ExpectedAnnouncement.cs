using PortAudit.Audit.Site;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What became of an announced port of the sample captures, as a line of
/// <c>captures/*/expected-announcements.tsv</c> says.</summary>
/// <param name="From">The originator: its name in the site, else its address.</param>
/// <param name="To">The announced end: its name in the site, else its address.</param>
/// <param name="Transport">Transport protocol.</param>
/// <param name="Service">Service as the announcement names it; <c>-</c> without a name.</param>
/// <param name="AnnouncedBy">The protocol that announced it, with <c>-bind</c> behind it for a bind on the port itself;
/// <c>-</c> when nobody did.</param>
/// <param name="Outcome">The outcome of the flow; <c>unused</c> without a flow.</param>
internal sealed record ExpectedAnnouncement(string From, string To, string Transport, string Service,
    string AnnouncedBy, string Outcome)
{
    /// <summary>The outcome of what was announced and never contacted.</summary>
    public const string Unused = "unused";

    /// <summary>The captures that have such lines, as paths below <c>captures</c>.</summary>
    public static IEnumerable<string> Captures => Directory
        .GetFiles(Repository.PathOf("captures"), "expected-announcements.tsv", SearchOption.AllDirectories)
        .SelectMany(file => Lines(file).Select(cells => $"{Path.GetFileName(Path.GetDirectoryName(file))}/{cells[0]}"))
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>The lines of a capture.</summary>
    /// <param name="capture">Its path below <c>captures</c>: the scenario's directory first.</param>
    public static IReadOnlyList<ExpectedAnnouncement> Of(string capture)
    {
        var (scenario, rest) = (capture[..capture.IndexOf('/')], capture[(capture.IndexOf('/') + 1)..]);
        return [.. Lines(Repository.PathOf("captures", scenario, "expected-announcements.tsv"))
            .Where(cells => cells[0] == rest)
            .Select(cells => new ExpectedAnnouncement(cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]))];
    }

    /// <summary>Names of the hosts of a capture's site, by address.</summary>
    public static IReadOnlyDictionary<string, string> HostsOf(string capture)
    {
        var load = SiteLoader.Load(Repository.PathOf("captures", capture[..capture.IndexOf('/')], "site.yaml"),
            rulesDirectory: null);
        Assert.Empty(load.Diagnostics);
        return load.Site!.Hosts.SelectMany(host => host.Addresses.Select(address => (Address: $"{address}", host.Name)))
            .ToDictionary(pair => pair.Address, pair => pair.Name);
    }

    private static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(file).Where(line => line is not ("" or ['#', ..])).Select(line => line.Split('\t'));
}
