using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Roles;

/// <summary>Proposals as a site file that <c>audit --site</c> accepts. Evidence and doubtful roles are comments, as a
/// person has to confirm them.</summary>
public static class RoleYaml
{
    /// <summary>Hosts that are listed without a proposal, prefixes and scanners, at most.</summary>
    private const int MaximumListed = 50;

    /// <summary>Writes the file.</summary>
    /// <param name="proposals">The proposals.</param>
    /// <param name="run">The run.</param>
    /// <param name="reserved">Names of roles, which no host may have.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(RoleProposals proposals, RoleRun run, IEnumerable<string> reserved, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(run);
        var file = new Lines(writer);
        WriteHead(file, proposals, run);
        file.Line("site: Proposed site");
        file.Line($"catalogs: [{string.Join(", ", proposals.Catalogs.Select(YamlText.Value))}]");
        WriteSegments(file, proposals);
        WriteHosts(file, proposals, new HostNames(reserved.Concat(BuiltInRoles.All)));
        WriteNetworks(file, proposals);
        WriteRules(file, proposals);
        WriteRest(file, proposals);
    }

    private static void WriteHead(Lines file, RoleProposals proposals, RoleRun run)
    {
        file.Comment($"A site file, proposed by {AuditRun.ToolName} {run.ToolVersion} from the behaviour in "
            + $"{Quantity.Of(run.Observation.Captures.Length, "capture")}.");
        file.Comment(
            "Every entry is a proposal: confirm, correct or remove it, then remove this comment.");
        file.Comment(
            "Behaviour shows who answers, not who should. Services without a client in this capture are missing.");
        file.Comment($"Roles considered: those of {string.Join(", ", proposals.Considered)}; lowest confidence: "
            + $"{proposals.Minimum.ToText()}.");
        if (run.IsPartial)
            file.Comment("PARTIAL: not all of the input could be read.");
        foreach (var problem in run.Problems)
            file.Comment($"- {problem}");
        if (proposals.WhyEmpty is { } why)
            file.Comment($"NOTHING IS PROPOSED. {why}");
        file.Blank();
    }

    private static void WriteSegments(Lines file, RoleProposals proposals)
    {
        if (proposals.InternalPrefixes.IsEmpty && proposals.PerimeterPrefixes.IsEmpty)
            return;
        file.Blank();
        file.Comment("Prefixes with hosts. Name them and adjust the masks.");
        file.Comment("segments:");
        foreach (var vlan in proposals.Vlans.Take(MaximumListed))
            WriteSegment(file, $"vlan-{vlan.Vlan.ToString().Replace('.', '-')}", vlan.Prefixes, proposals);
        foreach (var segment in proposals.SideSegments.Take(MaximumListed))
            WriteSegment(file, EvidenceWords.NameOf(segment, proposals.SideSegments), segment.Prefixes, proposals);
        var written = proposals.Vlans.Take(MaximumListed).SelectMany(vlan => vlan.Prefixes)
            .Concat(proposals.SideSegments.Take(MaximumListed).SelectMany(segment => segment.Prefixes)).ToHashSet();
        WriteSegment(file, "internal", proposals.InternalPrefixes.RemoveAll(written.Contains), proposals);
        WriteSegment(file, "perimeter", proposals.PerimeterPrefixes.RemoveAll(written.Contains), proposals);
        file.Comment("  external: [any]");
    }

    private static void WriteSegment(Lines file, string name, ImmutableArray<Audit.Site.Prefix> prefixes,
        RoleProposals proposals)
    {
        if (prefixes.IsEmpty)
            return;
        var listed = prefixes.Take(MaximumListed).Select(prefix => YamlText.Address(prefix.ToString()));
        file.Comment($"  {name}: [{string.Join(", ", listed)}]");
        if (prefixes.Length > MaximumListed)
            file.Comment($"    further prefixes: {Quantity.Count(prefixes.Length - MaximumListed)}");
        foreach (var side in proposals.Sides.Where(side => prefixes.Contains(side.Prefix)).Take(MaximumListed))
            file.Comment($"    {side.Prefix} is {EvidenceWords.Of(side, proposals.Observation)}");
    }

    private static void WriteHosts(Lines file, RoleProposals proposals, HostNames names)
    {
        if (proposals.Hosts.IsEmpty)
            return;
        var sharers = SharersOfNames(proposals.Hosts);
        file.Blank();
        file.Line("hosts:");
        foreach (var host in proposals.Hosts)
        {
            file.Comment($"proposed: {host.Address}{Called(host)}", 2);
            if (sharers.TryGetValue(host.Address, out var sharer))
                file.Comment($"  shares a name with {sharer}: perhaps one host with both addresses", 2);
            foreach (var role in host.Roles)
                WriteRole(file, role, proposals);
            foreach (var role in host.Doubtful)
                file.Comment($"  too doubtful to propose: {role.Role}, {role.Confidence.ToText()} ({role.Reason})", 2);
            if (!host.Unnamed.IsEmpty)
                file.Comment($"  also serves {string.Join(", ", host.Unnamed)}", 2);
            file.Line($"  - {{ name: {YamlText.Value(names.Take(host))}, addresses: "
                + $"[{YamlText.Address(host.Address.ToString())}], roles: "
                + $"[{string.Join(", ", host.Roles.Select(role => YamlText.Value(role.Role)))}] }}");
        }
    }

    private static void WriteNetworks(Lines file, RoleProposals proposals)
    {
        if (proposals.Networks.IsEmpty)
            return;
        file.Blank();
        file.Line("networks:");
        foreach (var network in proposals.Networks)
        {
            var first = network.Clients[0];
            file.Comment(network.Clients.Length == 1
                ? $"proposed: one client{Called(first)}; widen the prefix if it represents its network"
                : $"proposed: {network.Clients.Length} clients, {first.Address} the first", 2);
            foreach (var count in network.Roles)
            {
                file.Comment($"  {count.Role} ({count.Title}): {count.Confidence.ToText()}, {count.Clients} of "
                    + $"{Quantity.Of(network.Clients.Length, "client")}; for example {count.Example.Address}", 2);
                foreach (var evidence in count.Example.Roles.Single(role => role.Role == count.Role).Evidence)
                    file.Comment($"    {EvidenceWords.Of(evidence, proposals.Observation)}", 2);
            }

            file.Line($"  - {{ network: {YamlText.Address(network.Prefix.ToString())}, roles: "
                + $"[{string.Join(", ", network.Roles.Select(role => YamlText.Value(role.Role)))}] }}");
        }
    }

    private static void WriteRules(Lines file, RoleProposals proposals)
    {
        if (proposals.Rules.IsEmpty)
            return;
        file.Blank();
        file.Comment("Services by which roles were recognised, but which no rule of these catalogs covers. Remove "
            + $"unwanted ones.");
        file.Line("rules:");
        foreach (var rule in proposals.Rules)
        {
            file.Comment($"proposed: {EvidenceWords.Of(rule.Evidence, proposals.Observation)}", 2);
            var list = string.Join(", ", rule.Ports.Select(port => port.ToString(CultureInfo.InvariantCulture)));
            var ports = rule.AnnouncedBy is not null ? "ports: 1024-65535, "
                : rule.Ports.IsEmpty ? "" : $"ports: [{list}], ";
            var protocol = rule.AnnouncedBy is { } control
                ? $"protocol: [rtp, rtcp], via: {{ announced-by: [{control}] }}"
                : $"protocol: {YamlText.Value(rule.Protocol)}";
            file.Line($"  - {{ id: {YamlText.Value(rule.Id)}, "
                + $"title: \"{rule.Protocol} from {rule.From} to {rule.To}\", "
                + $"from: {YamlText.Value(rule.From)}, to: {YamlText.Value(rule.To)}, transport: {rule.Transport}, "
                + $"{ports}{protocol} }}");
        }
    }

    private static void WriteAnswering(Lines file, RoleProposals proposals)
    {
        if (proposals.Answering.IsEmpty)
            return;
        file.Blank();
        file.Comment("Answered connections, but sent no data in them: their services are unknown.");
        foreach (var host in proposals.Answering.Take(MaximumListed))
            file.Comment($"  {host.Address}: {EvidenceWords.Ports(host)}");
        if (proposals.Answering.Length > MaximumListed)
            file.Comment($"  and {Quantity.Of(proposals.Answering.Length - MaximumListed, "more host")}");
    }

    private static void WriteRest(Lines file, RoleProposals proposals)
    {
        if (!proposals.Others.IsEmpty)
        {
            file.Blank();
            file.Comment("Not proposed: too little evidence for a role, or a public address that may not be yours.");
            foreach (var host in proposals.Others.Take(MaximumListed))
            {
                var roles = host.Doubtful.Select(role => $"{role.Role} {role.Confidence.ToText()} ({role.Reason})");
                var services = host.Unnamed.Select(thing => $"serves {thing}");
                file.Comment($"  {host.Address}{Called(host)}: {string.Join("; ", roles.Concat(services))}");
            }

            if (proposals.Others.Length > MaximumListed)
                file.Comment($"  and {Quantity.Of(proposals.Others.Length - MaximumListed, "more host")}");
        }

        WriteAnswering(file, proposals);
        if (proposals.Scanners.IsEmpty && proposals.PublicPeers == 0 && !proposals.HasMoreHosts)
            return;
        file.Blank();
        if (!proposals.Scanners.IsEmpty)
            file.Comment($"Scanners, whose probes were not counted: "
                + $"{string.Join(", ", proposals.Scanners.Take(MaximumListed))}"
                + $"{(proposals.Scanners.Length > MaximumListed ? " and others" : "")}");
        if (proposals.PublicPeers > 0)
            file.Comment("Public addresses seen in flows, treated as internet: "
                + (proposals.HasMorePublicPeers ? "more than " : "") + Quantity.Count(proposals.PublicPeers));
        if (proposals.HasMoreHosts)
            file.Comment("There were too many hosts to keep all; private addresses were kept first.");
    }

    private static void WriteRole(Lines file, RoleFound role, RoleProposals proposals)
    {
        file.Comment($"  {role.Role} ({role.Title}): {role.Confidence.ToText()}; {role.Reason}", 2);
        foreach (var evidence in role.Evidence)
            file.Comment($"    {EvidenceWords.Of(evidence, proposals.Observation)}", 2);
    }

    private static string Called(HostProposal host) =>
        host.Names.IsEmpty ? "" : $", called {EvidenceWords.Names(host.Names)}";

    /// <summary>Hosts of the other address family with the same name; not merged, as names can be forged.</summary>
    private static Dictionary<IpAddress, IpAddress> SharersOfNames(ImmutableArray<HostProposal> hosts)
    {
        var named = hosts.SelectMany(host => host.Names.Select(name => (host.Address, name.Name)))
            .ToLookup(entry => entry.Name, entry => entry.Address, StringComparer.Ordinal);
        return hosts.SelectMany(host => host.Names.SelectMany(name => named[name.Name])
            .Where(other => other.IsIpv4 != host.Address.IsIpv4).Take(1).Select(other => (host.Address, Other: other)))
            .ToDictionary(entry => entry.Address, entry => entry.Other);
    }

    /// <summary>Lines that end with a line feed.</summary>
    private sealed class Lines(TextWriter writer)
    {
        public void Line(string text)
        {
            writer.Write(text);
            writer.Write('\n');
        }

        public void Blank() => writer.Write('\n');

        public void Comment(string text, int indent = 0) =>
            Line($"{new string(' ', indent)}# {YamlText.Comment(text)}");
    }
}
