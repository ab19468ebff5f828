using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Tests.Audit;
using PortAudit.Tests.Catalog.Documents;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Flows;

/// <summary>
/// One line of a file of flows: <c>rule | from &gt; to | transport port protocol | settings</c>. The rule is <c>-</c>
/// for a flow that no rule covers; the protocol is a name, <c>tls:NAME</c> for what is inside TLS,
/// <c>announced:SERVICE</c> for RPC on a port that the endpoint mapper announced, or <c>-</c> for none; <c>@NAME</c>
/// after it says which protocol announced the port. Settings are conditions (<c>NAME=on</c>) and parameters
/// (<c>NAME=PORTS</c>) of the site.
/// </summary>
internal sealed record FlowVector(string Line, string Catalog, string? Rule, string From, string To, string Flow,
    string Protocol, string[] Settings)
{
    private const string Private = "10.9.9.9";

    /// <summary>The flows of a catalog, from the file of its name.</summary>
    public static IEnumerable<FlowVector> Of(string catalog)
    {
        var name = $"{typeof(FlowVector).Namespace}.{catalog}.vectors";
        using var reader = new StreamReader(typeof(FlowVector).Assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return Parse(line, catalog);
        }
    }

    public IpProtocol Transport => Record.Transport;

    public ushort Port => Record.Responder.Port;

    /// <summary>The flow, between the addresses of the two roles.</summary>
    public FlowRecord Record => RecordOf(Protocol.Split('@')[0]);

    /// <summary>The flow with another protocol, on a port that was announced as it is.</summary>
    public FlowRecord RecordOf(string protocol)
    {
        var flow = Prove(FlowSample.Of(Flow), protocol);
        return Protocol.Split('@') is [_, var announcer] ? flow.Announced(1, announcer) : flow;
    }

    /// <summary>What the catalog alone says of a flow in a site that gives both hosts their roles.</summary>
    public Judgement Judge(FlowRecord flow)
    {
        var catalogs = Shipped.Catalogs with { Files = [Shipped.Catalogs.Files.Single(file => file.Id == Catalog)] };
        var site = Texts.Site(SiteText(), catalogs, out var diagnostics)!;
        Assert.Empty(diagnostics);
        var index = new RuleIndex(RuleBook.Bind(catalogs, site).Where(rule => rule.IsOn), new RoleTree(catalogs));
        return new FlowJudge(index, new HostDirectory(site), new Housekeeping(site),
            new ExceptionIndex(site.Exceptions, index), new CautionIndex(catalogs, site, index),
            new ConduitIndex(site)).Judge(flow);
    }

    public override string ToString() => Line;

    private static FlowVector Parse(string line, string catalog)
    {
        var cells = line.Split(" | ");
        var roles = cells[1].Split(" > ");
        var words = cells[2].Split(' ');
        var port = words[0] is "tcp" or "udp" ? "40000" : "0";
        return new FlowVector(line, catalog, cells[0] == "-" ? null : cells[0], roles[0], roles[1],
            $"{AddressOf(roles[0], "10.0.0.1")}:{port} {words[0]} {AddressOf(roles[1], "10.0.0.2")}:{words[1]}",
            words[2], cells.Length > 3 ? cells[3].Split(' ') : []);
    }

    private static string AddressOf(string role, string own) => role switch
    {
        BuiltInRoles.Any => Private,
        BuiltInRoles.Internet => own == "10.0.0.1" ? "8.8.8.8" : "9.9.9.9",
        _ => own,
    };

    private static FlowRecord Prove(FlowRecord flow, string protocol) => protocol.Split(':') switch
    {
        ["-"] => flow,
        ["announced", var service] => flow.Proving("dcerpc").Announced(service),
        [var layer, var service] => flow.Proving(layer, service),
        _ => flow.Proving(protocol),
    };

    private string SiteText()
    {
        var switches = Settings.Where(setting => setting.EndsWith("=on", StringComparison.Ordinal)).ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"site: Flows\ncatalogs: [{Catalog}]\nconditions: {{ {Entries(switches)} }}\n")
            + $"parameters: {{ {Entries(Settings.Except(switches))} }}\nhosts: [{HostOf(From, "from", "10.0.0.1")}"
            + $"{HostOf(To, "to", "10.0.0.2")}]\n";
    }

    private static string Entries(IEnumerable<string> settings) =>
        string.Join(", ", settings.Select(setting => setting.Replace("=", ": ", StringComparison.Ordinal)));

    private static string HostOf(string role, string name, string address) => BuiltInRoles.Contains(role)
        ? ""
        : $"{{ name: {name}, addresses: [{address}], roles: [{role}] }}, ";
}
