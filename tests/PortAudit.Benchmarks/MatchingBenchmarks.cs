using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Benchmarks;

/// <summary>
/// A million flow keys against rule sets of growing size, made as catalogs are: eight rules a role, most of them on one
/// port, some on a narrow range, and one in ten on the dynamic range of RPC, so that a busy port has more rules the
/// more there are. Half of the keys meet a rule.
/// </summary>
[MemoryDiagnoser]
public class MatchingBenchmarks
{
    private const int Keys = 1_000_000;
    private const int RulesPerRole = 8;
    private static readonly ImmutableArray<ushort> BusyPorts = [53, 80, 88, 135, 389, 443, 445, 5061];
    private readonly (ushort Port, HostIdentity From, HostIdentity To)[] _keys =
        new (ushort, HostIdentity, HostIdentity)[Keys];
    private RuleIndex _index = null!;

    /// <summary>Rules in the index.</summary>
    [Params(100, 1_000, 10_000)]
    public int Rules { get; set; }

    /// <summary>Makes rules and keys.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(Rules);
        var roles = Enumerable.Range(0, Rules / RulesPerRole)
            .Select(number => new Role($"role-{number}", "", [], number == 0 ? null : "role-0", null))
            .ToImmutableArray();
        var catalog = new CatalogFile
        {
            Id = "synthetic",
            Title = "",
            File = "",
            Sha256 = "",
            Roles = roles,
            Conditions = [],
            Parameters = [],
            Rules = [.. Enumerable.Range(0, Rules).Select(number => MakeRule(number, roles, random))],
        };
        var catalogs = new CatalogSet([catalog], []);
        _index = new RuleIndex(RuleBook.Bind(catalogs, site: null), new RoleTree(catalogs));

        var hosts = roles.Select(role => new HostIdentity(default, role.Id, [role.Id], null, IsListed: true))
            .ToImmutableArray();
        var hostOf = hosts.ToDictionary(host => host.Roles[0], StringComparer.Ordinal);
        for (var key = 0; key < Keys; key++)
        {
            var rule = catalog.Rules[random.Next(Rules)];
            _keys[key] = random.Next(2) == 0
                ? (rule.Ports[0].First, hostOf[rule.From[0]], hostOf[rule.To[0]])
                : ((ushort)random.Next(1, ushort.MaxValue), hosts[random.Next(hosts.Length)],
                    hosts[random.Next(hosts.Length)]);
        }
    }

    /// <summary>Looks every key up; the result is per key.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int Match()
    {
        var found = 0;
        foreach (var (port, from, to) in _keys)
            found += _index.Covering(IpProtocol.Tcp, port, from, to).Length;
        return found;
    }

    private static Rule MakeRule(int number, ImmutableArray<Role> roles, Random random) => new()
    {
        Id = $"rule-{number}",
        Catalog = "synthetic",
        Title = "",
        From = [roles[random.Next(roles.Length)].Id],
        To = [roles[random.Next(roles.Length)].Id],
        Transports = [IpProtocol.Tcp],
        Ports = [PortsOf(number, random)],
        Protocols = [],
        Security = TransportSecurity.Any,
        Need = Need.Optional,
        When = Applicability.Always,
        AnnouncedBy = [],
        Replies = Replies.Expected,
        Period = Period.Continuous,
        Verdict = RuleVerdict.Allowed,
        Source = null,
    };

    private static PortRange PortsOf(int number, Random random)
    {
        var first = (ushort)random.Next(1, 60_000);
        return (number % 10) switch
        {
            0 => new PortRange(1024, ushort.MaxValue),
            1 => new PortRange(first, (ushort)(first + random.Next(1, 200))),
            < 6 => new PortRange(BusyPorts[number % BusyPorts.Length], BusyPorts[number % BusyPorts.Length]),
            _ => new PortRange(first, first),
        };
    }
}
