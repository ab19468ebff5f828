using System.Text.Json;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Roles;

/// <summary>Proposals, or a comparison with a site, as one JSON document
/// (<c>docs/schema/roles.schema.json</c>).</summary>
public static class RoleJson
{
    /// <summary>Version of the document's shape. It rises when a property is renamed or removed, not when one is
    /// added.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes proposals.</summary>
    public static void Write(RoleProposals proposals, RoleRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        WriteDocument("proposals", run, writer, fields =>
        {
            fields.Strings("considered", proposals.Considered);
            fields.Strings("catalogs", proposals.Catalogs);
            fields.Writer.WriteString("minimum_confidence", proposals.Minimum.ToText());
            fields.Writer.WriteString("why_empty", proposals.WhyEmpty);
            fields.Objects("hosts", proposals.Hosts, host => WriteHost(fields, host, proposals.Observation));
            fields.Objects("networks", proposals.Networks,
                network => WriteNetwork(fields, network, proposals.Observation));
            fields.Objects("not_proposed", proposals.Others, host => WriteHost(fields, host, proposals.Observation));
            fields.Strings("scanners", proposals.Scanners.Select(address => address.ToString()));
            fields.Writer.WriteNumber("public_peers", proposals.PublicPeers);
            fields.Writer.WriteBoolean("more_public_peers", proposals.HasMorePublicPeers);
            fields.Strings("internal_prefixes", proposals.InternalPrefixes.Select(prefix => prefix.ToString()));
            fields.Strings("perimeter_prefixes", proposals.PerimeterPrefixes.Select(prefix => prefix.ToString()));
            fields.Objects("vlans", proposals.Vlans, vlan =>
            {
                fields.Writer.WriteString("vlan", vlan.Vlan.ToString());
                fields.Strings("prefixes", vlan.Prefixes.Select(prefix => prefix.ToString()));
            });
            fields.Objects("sides", proposals.Sides, side =>
            {
                fields.Writer.WriteString("prefix", side.Prefix.ToString());
                fields.Writer.WriteString("side", side.Router is null ? "near" : "behind");
                fields.Writer.WriteString("router", side.Router?.ToString());
                fields.Writer.WriteString("capture_point", side.Point);
                fields.Writer.WriteString("first_frame", EvidenceWords.Frame(side.First, proposals.Observation));
            });
            fields.Objects("side_segments", proposals.SideSegments, segment =>
            {
                fields.Writer.WriteString("name", EvidenceWords.NameOf(segment, proposals.SideSegments));
                fields.Strings("prefixes", segment.Prefixes.Select(prefix => prefix.ToString()));
            });
            fields.Strings("roles_without_signs", proposals.RolesWithoutSigns);
            fields.Writer.WriteBoolean("more_hosts", proposals.HasMoreHosts);
            fields.Objects("rules", proposals.Rules, rule => WriteRule(fields, rule, proposals.Observation));
            fields.Objects("answering", proposals.Answering, host =>
            {
                fields.Writer.WriteString("address", host.Address.ToString());
                WritePorts(fields, host.Ports);
                fields.Writer.WriteBoolean("more_ports", host.HasMorePorts);
            });
        });
    }

    /// <summary>Writes a comparison.</summary>
    public static void Write(RoleComparison comparison, RoleRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        WriteDocument("comparison", run, writer, fields =>
        {
            fields.Writer.WriteString("site", comparison.Site);
            fields.Writer.WriteString("site_file", comparison.SiteFile);
            fields.Strings("considered", comparison.Considered);
            fields.Objects("differences", comparison.Claims,
                claim => WriteClaim(fields, claim, comparison.Observation));
            fields.Strings("as_listed", comparison.Confirmed);
            fields.Strings("silent", comparison.Silent);
            fields.Strings("roles_without_signs", comparison.RolesWithoutSigns);
        });
    }

    private static void WriteDocument(string kind, RoleRun run, TextWriter writer, Action<JsonFields> write)
    {
        ArgumentNullException.ThrowIfNull(run);
        JsonFormat.WriteDocument(writer, json =>
        {
            var digits = run.Observation.Captures.Select(capture => capture.TimestampDigits)
                .DefaultIfEmpty(ReportTime.MicrosecondDigits).Max();
            json.WriteNumber("schema_version", SchemaVersion);
            json.WriteStartObject("tool");
            json.WriteString("name", AuditRun.ToolName);
            json.WriteString("version", run.ToolVersion);
            json.WriteEndObject();
            json.WriteString("kind", kind);
            var fields = new JsonFields(json, digits);
            fields.Strings("captures", run.Observation.Captures.Select(capture => capture.Path));
            json.WriteBoolean("partial", run.IsPartial);
            fields.Strings("problems", run.Problems);
            write(fields);
        });
    }

    private static void WriteHost(JsonFields fields, HostProposal host, ObservationSummary observation)
    {
        fields.Writer.WriteString("address", host.Address.ToString());
        fields.Objects("names", host.Names, name => WriteName(fields, name));
        fields.Objects("roles", host.Roles, role => WriteRole(fields, role, observation));
        fields.Objects("doubtful", host.Doubtful, role => WriteRole(fields, role, observation));
        fields.Objects("also_serves", host.Unnamed, thing => WriteThing(fields, thing));
    }

    private static void WriteNetwork(JsonFields fields, NetworkProposal network, ObservationSummary observation)
    {
        fields.Writer.WriteString("network", network.Prefix.ToString());
        fields.Objects("roles", network.Roles, count =>
        {
            fields.Writer.WriteString("role", count.Role);
            fields.Writer.WriteString("title", count.Title);
            fields.Writer.WriteString("confidence", count.Confidence.ToText());
            fields.Writer.WriteNumber("clients", count.Clients);
        });
        fields.Objects("clients", network.Clients, client => WriteHost(fields, client, observation));
    }

    private static void WriteRole(JsonFields fields, RoleFound role, ObservationSummary observation)
    {
        fields.Writer.WriteString("role", role.Role);
        fields.Writer.WriteString("title", role.Title);
        fields.Writer.WriteString("confidence", role.Confidence.ToText());
        fields.Writer.WriteString("reason", role.Reason);
        fields.Objects("evidence", role.Evidence, evidence => WriteEvidence(fields, evidence, observation));
    }

    private static void WritePorts(JsonFields fields, IEnumerable<ushort> ports)
    {
        fields.Writer.WriteStartArray("ports");
        foreach (var port in ports)
            fields.Writer.WriteNumberValue(port);
        fields.Writer.WriteEndArray();
    }

    private static void WriteRule(JsonFields fields, RuleProposal rule, ObservationSummary observation)
    {
        fields.Writer.WriteString("id", rule.Id);
        fields.Writer.WriteString("from", rule.From);
        fields.Writer.WriteString("to", rule.To);
        fields.Writer.WriteString("transport", rule.Transport.ToString());
        WritePorts(fields, rule.Ports);
        fields.Writer.WriteString("protocol", rule.Protocol);
        fields.Objects("evidence", [rule.Evidence], evidence => WriteEvidence(fields, evidence, observation));
        fields.Name("announced_by", rule.AnnouncedBy ?? "");
    }

    private static void WriteEvidence(JsonFields fields, RoleEvidence evidence, ObservationSummary observation)
    {
        var json = fields.Writer;
        json.WriteString("does", evidence.Served ? "serves" : "uses");
        json.WriteString("mark", evidence.Mark.Text);
        json.WriteString("ground", evidence.Basis.ToText());
        json.WriteNumber("flows", evidence.Flows);
        fields.Objects("places", evidence.Ports, port =>
        {
            json.WriteString("transport", port.Transport.ToString());
            fields.Number("port", port.Transport.HasPorts ? port.Port : (long?)null);
        });
        fields.Strings("peers", evidence.Peers.Select(peer => peer.ToString()));
        json.WriteBoolean("more_peers", evidence.HasMorePeers);
        fields.Time("first_seen", evidence.First.StartNs);
        fields.Time("last_seen", evidence.LastNs);
        json.WriteString("first_flow", evidence.First.FlowId);
        json.WriteString("first_frame", evidence.Frame is { } frame ? EvidenceWords.Frame(frame, observation) : null);
        json.WriteString("filter", evidence.Filter);
    }

    private static void WriteClaim(JsonFields fields, RoleClaim claim, ObservationSummary observation)
    {
        var json = fields.Writer;
        json.WriteString("kind", claim.Kind.ToText());
        json.WriteString("host", claim.Host);
        fields.Strings("addresses", claim.Addresses);
        fields.Objects("names", claim.Names, name => WriteName(fields, name));
        fields.Strings("listed", claim.Listed);
        json.WriteString("difference", claim.Claim);
        json.WriteString("missing_role", claim.Missing);
        WriteOptional(json, "behaves_like",
            claim.Found is { } found ? () => WriteRole(fields, found, observation) : null);
        WriteOptional(json, "serves", claim.Thing is { } thing ? () => WriteThing(fields, thing) : null);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, Action? write)
    {
        if (write is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    private static void WriteThing(JsonFields fields, ObservedService thing)
    {
        fields.Writer.WriteString("transport", thing.Transport.ToString());
        fields.Number("port", thing.Transport.HasPorts ? thing.Port : (long?)null);
        fields.Writer.WriteString("protocol", thing.Protocol);
        fields.Writer.WriteString("service", thing.Service);
    }

    private static void WriteName(JsonFields fields, NameSighting name)
    {
        fields.Writer.WriteString("name", name.Name);
        fields.Writer.WriteString("ground", name.Basis.ToText());
        fields.Writer.WriteNumber("sightings", name.Sightings);
    }
}
