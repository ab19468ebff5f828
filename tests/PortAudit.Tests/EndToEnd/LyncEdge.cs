using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The sample captures of a Lync Edge deployment and their audit.</summary>
internal static class LyncEdge
{
    /// <summary>The firewall's outside interface.</summary>
    public static string Outside { get; } = Repository.PathOf("captures", "lync-edge", "firewall-outside.pcap");

    /// <summary>The firewall's inside interface.</summary>
    public static string Inside { get; } = Repository.PathOf("captures", "lync-edge", "firewall-inside.pcapng");

    /// <summary>The site file.</summary>
    public static string Site { get; } = Repository.PathOf("captures", "lync-edge", "site.yaml");

    /// <summary>The JSON report of an audit of captures by the sample's site.</summary>
    public static JsonObject Audit(params string[] captures) => AuditBy(Site, captures);

    /// <summary>The JSON report of an audit by another site file.</summary>
    public static JsonObject AuditBy(string site, params string[] captures)
    {
        var run = CommandRun.Of(["audit", .. captures, "--site", site, "--json", "-"]);
        Assert.True(run.ExitCode is 0 or 1, string.Join('\n', run.Errors));
        return JsonNode.Parse(run.Output)!.AsObject();
    }

    /// <summary>The report without what design §7 allows to differ between two runs over the same packets.</summary>
    public static string Comparable(JsonObject report)
    {
        var copy = report.DeepClone().AsObject();
        copy.Remove("captures");
        foreach (var finding in copy["findings"]!.AsArray())
        {
            foreach (var frames in finding!["evidence"]!["frames"]!.AsArray())
            {
                foreach (var name in new[] { "capture", "numbers", "filter" })
                    frames!.AsObject().Remove(name);
            }
        }

        return copy.ToJsonString();
    }
}
