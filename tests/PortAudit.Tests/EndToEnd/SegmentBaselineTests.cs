using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Services between segments of captures/lync-edge that an earlier report does not have.</summary>
public sealed class SegmentBaselineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Services_that_the_earlier_report_does_not_have_are_new()
    {
        var earlier = Earlier(report =>
        {
            foreach (var pair in report["segment_pairs"]!.AsArray())
            {
                var services = pair!["services"]!.AsArray();
                if (services.FirstOrDefault(service => (string?)service!["name"] == "smb2") is { } smb)
                    services.Remove(smb);
            }
        });

        var added = Services(earlier).Where(service => (bool)service["new"]!).ToList();
        Assert.Equal("smb2", (string?)Assert.Single(added)["name"]);
        Assert.Contains("1 service is new since the earlier report.", Text(earlier), StringComparison.Ordinal);
        Assert.Contains("tcp 445 smb2 (new)", Text(earlier), StringComparison.Ordinal);
    }

    [Fact]
    public void How_a_name_is_known_makes_no_service_new() => Assert.DoesNotContain(Services(Earlier(report =>
    {
        foreach (var service in report["segment_pairs"]!.AsArray().SelectMany(pair => pair!["services"]!.AsArray()))
            service!["name"] = ((string?)service["name"])?.Replace("?", "", StringComparison.Ordinal);
    })), service => (bool)service["new"]!);

    [Fact]
    public void Of_a_report_without_services_nothing_is_said() =>
        Assert.All(Services(Earlier(report => report.Remove("segment_pairs"))), service => Assert.Null(service["new"]));

    private string Earlier(Action<JsonObject> change)
    {
        var report = LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside);
        change(report);
        File.WriteAllText(_directory["earlier.json"], report.ToJsonString());
        return _directory["earlier.json"];
    }

    private static List<JsonNode> Services(string earlier) =>
    [
        .. JsonNode.Parse(Audit(earlier, "--json", "-"))!["segment_pairs"]!.AsArray()
            .SelectMany(pair => pair!["services"]!.AsArray()).Select(service => service!),
    ];

    private static string Text(string earlier) => Audit(earlier);

    private static string Audit(string earlier, params string[] options) => CommandRun.Of(["audit", LyncEdge.Outside,
        LyncEdge.Inside, "--site", LyncEdge.Site, "--baseline", earlier, .. options]).Output;
}
