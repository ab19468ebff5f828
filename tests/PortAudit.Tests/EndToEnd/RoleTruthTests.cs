using System.Globalization;
using System.Text.Json;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// Proposals against what the samples' site files say of the same hosts. The table of <c>docs/roles.md</c> is what this
/// test counts: a role of the site that was proposed, or of which a kind or what it is a kind of was, is found; a
/// proposed role that the site does not give the host is wrong.
/// </summary>
public sealed class RoleTruthTests
{
    [Fact]
    public void Precision_and_recall_of_each_role_are_as_documented()
    {
        var counted = new SortedDictionary<string, Count>(StringComparer.Ordinal);
        foreach (var sample in new[] { "administration", "domain", "lync-edge", "media" })
            Add(sample, counted);

        var page = File.ReadAllLines(Repository.PathOf("docs", "roles.md"));
        var documented = page.Where(line =>
            line.StartsWith("| `", StringComparison.Ordinal) && line.Count(c => c == '|') == 6);
        Assert.Equal(documented, counted.Select(entry => Row($"`{entry.Key}`", entry.Value)));
        var sum = new Count(counted.Values.Sum(count => count.Listed), counted.Values.Sum(count => count.Found),
            counted.Values.Sum(count => count.Proposed), counted.Values.Sum(count => count.Right));
        Assert.Contains(Row("all", sum), page);
    }

    private static string Row(string role, Count count) =>
        string.Create(CultureInfo.InvariantCulture,
            $"| {role} | {count.Listed} | {count.Found} | {count.Proposed} | {count.Right} |");

    private static void Add(string sample, SortedDictionary<string, Count> counted)
    {
        var load = SiteLoader.Load(Repository.PathOf("captures", sample, "site.yaml"), null);
        var roles = new RoleTree(CatalogLibrary.Load(CatalogLibrary.Ids(null, []), null, [])!);
        var directory = new HostDirectory(load.Site!);
        var proposed = Proposed(sample)
            .ToLookup(entry => directory.Resolve(entry.Address).Text, entry => entry.Role, StringComparer.Ordinal);
        foreach (var host in load.Site!.Hosts)
        {
            foreach (var role in host.Roles)
                Note(counted, role, count => count with
                {
                    Listed = count.Listed + 1,
                    Found = count.Found
                    + (proposed[host.Name].Any(other => roles.IsA(other, role) || roles.IsA(role, other)) ? 1 : 0)
                });
        }

        foreach (var group in proposed)
        {
            var listed = directory.Resolve(AddressOf(group.Key, load.Site!)).Roles;
            foreach (var role in group.Distinct())
                Note(counted, role, count => count with
                {
                    Proposed = count.Proposed + 1,
                    Right = count.Right + (listed.Any(own => roles.IsA(own, role) || roles.IsA(role, own)) ? 1 : 0)
                });
        }
    }

    private static void Note(SortedDictionary<string, Count> counted, string role, Func<Count, Count> add) =>
        counted[role] = add(counted.GetValueOrDefault(role, new Count(0, 0, 0, 0)));

    private static IpAddress AddressOf(string host, SiteFile site) =>
        site.Hosts.FirstOrDefault(entry => entry.Name == host) is { } named
            ? named.Addresses[0]
            : Audit.FlowSample.AddressOf(host);

    private static IEnumerable<(IpAddress Address, string Role)> Proposed(string sample)
    {
        var run = CommandRun.Of("roles", Repository.PathOf("captures", sample), "--format", "json");
        Assert.Equal(0, run.ExitCode);
        var root = JsonDocument.Parse(run.Output).RootElement;
        var hosts = root.GetProperty("hosts").EnumerateArray().Concat(root.GetProperty("networks").EnumerateArray()
            .SelectMany(network => network.GetProperty("clients").EnumerateArray()));
        return hosts.SelectMany(host => host.GetProperty("roles").EnumerateArray().Select(role =>
            (Audit.FlowSample.AddressOf(host.GetProperty("address").GetString()!),
                role.GetProperty("role").GetString()!)));
    }

    /// <param name="Listed">Hosts to which a site gives the role.</param>
    /// <param name="Found">Those of them for which it, or a kin, was proposed.</param>
    /// <param name="Proposed">Hosts for which it was proposed.</param>
    /// <param name="Right">Those of them to which the site gives it, or a kin.</param>
    private sealed record Count(int Listed, int Found, int Proposed, int Right);
}
