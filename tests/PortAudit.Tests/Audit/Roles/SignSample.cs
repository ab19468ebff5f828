using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Roles;

/// <summary>Makes signs from a line of a catalog.</summary>
internal static class SignSample
{
    private const string Roles = "dc, gc, client, web, front, db, relay, phone, edge, fe";

    /// <summary>The signs; their roles are <c>dc</c>, <c>gc</c> (which is a <c>dc</c>), <c>client</c>, <c>web</c>,
    /// <c>front</c>, <c>db</c>, <c>relay</c>, <c>phone</c>, <c>edge</c>, <c>fe</c>.</summary>
    public static ImmutableArray<Sign> Of(params string[] signs) => CatalogOf(signs, "").Signs;

    /// <summary>A survey by signs.</summary>
    public static RoleSurvey Survey(params string[] signs) => new(Catalogs(signs));

    /// <summary>A catalog with these signs and rules.</summary>
    public static CatalogSet Catalogs(string[] signs, string rules = "") => new([CatalogOf(signs, rules)], []);

    /// <summary>What a survey of flows proposes.</summary>
    public static RoleProposals Propose(this RoleSurvey survey, Confidence minimum,
        params IEnumerable<FlowRecord> flows)
    {
        foreach (var flow in flows)
            survey.Add(flow);
        return survey.Propose(AuditBench.ObservationOf(TimeSpan.FromHours(1), ""), minimum);
    }

    /// <summary>Hosts with their roles and confidence, a line each.</summary>
    public static string Text(this IEnumerable<HostProposal> hosts) => string.Join('\n', hosts.Select(host =>
    {
        var roles = host.Roles.Concat(host.Doubtful).Select(role => $"{role.Role}:{role.Confidence.ToText()}");
        return $"{host.Address} {string.Join(' ', roles)}";
    }));

    private static CatalogFile CatalogOf(string[] signs, string rules)
    {
        var roles = string.Join(", ", Roles.Split(", ")
            .Select(role => role == "gc" ? "gc: { title: GC, isA: dc }" : $"{role}: {{ title: {role} }}"));
        var text = $"catalog: c\ntitle: C\nroles: {{ {roles} }}\nsigns: "
            + $"[{string.Join(", ", signs.Select(sign => $"{{ {sign} }}"))}]\nrules: [{rules}]\n";
        var catalog = Texts.Catalog(text, out var diagnostics);
        Assert.Empty(diagnostics);
        return catalog!.File;
    }
}
