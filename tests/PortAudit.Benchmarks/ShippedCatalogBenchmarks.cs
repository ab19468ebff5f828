using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Benchmarks;

/// <summary>A million flow keys against all shipped catalogs at once: a host for every role; half of the keys are taken
/// from a rule, the others from chance.</summary>
[MemoryDiagnoser]
public class ShippedCatalogBenchmarks
{
    private const int Keys = 1_000_000;
    private const int Seed = 832017;
    private readonly (IpProtocol Transport, ushort Port, HostIdentity From, HostIdentity To)[] _keys =
        new (IpProtocol, ushort, HostIdentity, HostIdentity)[Keys];
    private RuleIndex _index = null!;

    /// <summary>Reads the catalogs and makes the keys.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var diagnostics = new List<Diagnostic>();
        var catalogs = CatalogLibrary.Load(CatalogLibrary.Ids(null, diagnostics), null, diagnostics)
            ?? throw new InvalidOperationException(string.Join('\n', diagnostics));
        var rules = RuleBook.Bind(catalogs, site: null);
        _index = new RuleIndex(rules, new RoleTree(catalogs));

        var random = new Random(Seed);
        var hosts = catalogs.Files.SelectMany(file => file.Roles).Select(role => role.Id).Distinct().Select(HostOf)
            .ToImmutableArray();
        var withPorts = rules.Where(rule => !rule.Ports.IsEmpty).ToImmutableArray();
        for (var key = 0; key < Keys; key++)
        {
            var rule = withPorts[random.Next(withPorts.Length)];
            _keys[key] = random.Next(2) == 0
                ? (rule.Rule.Transports[0], rule.Ports[0].First, HostOf(rule.Rule.From[0]), HostOf(rule.Rule.To[0]))
                : (IpProtocol.Tcp, (ushort)random.Next(1, ushort.MaxValue), hosts[random.Next(hosts.Length)],
                    hosts[random.Next(hosts.Length)]);
        }
    }

    /// <summary>Looks every key up; the result is per key.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int Match()
    {
        var found = 0;
        foreach (var (transport, port, from, to) in _keys)
            found += _index.Covering(transport, port, from, to).Length;
        return found;
    }

    private static HostIdentity HostOf(string role) => new(default, role, [role], null, IsListed: true);
}
