using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Coverage;

/// <summary>Hosts with a role from the site that sent packets. Lone resets do not count: any device can forge
/// them.</summary>
internal sealed class HostLedger : IArchived
{
    /// <summary>Addresses of networks kept, the lowest; a forged sender can fill a network.</summary>
    public const int MaximumAddresses = 65_536;

    private readonly Dictionary<string, Tally> _named = new(StringComparer.Ordinal);
    private readonly BottomKMap<IpAddress, Tally> _unnamed = new(MaximumAddresses, Comparer<IpAddress>.Default);

    public bool IsOverflown => _unnamed.IsOverflown;

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (flow.IsLoneReset())
            return;
        if (flow.Out.Packets > 0)
            Add(judgement.Originator, flow);
        if (flow.In.Packets > 0 && judgement.Responder.Text != judgement.Originator.Text)
            Add(judgement.Responder, flow);
    }

    public void UnionWith(HostLedger other)
    {
        foreach (var (name, theirs) in other._named)
        {
            if (!_named.TryGetValue(name, out var own))
                _named.Add(name, own = new Tally(theirs.Host));
            own.UnionWith(theirs);
        }

        _unnamed.UnionWith(other._unnamed, theirs => new Tally(theirs.Host), (own, theirs) => own.UnionWith(theirs));
    }

    public void Persist(StateArchive archive)
    {
        archive.Map(_named, StateValues.Text, Persisted, StringComparer.Ordinal);
        _unnamed.Persist(archive, StateValues.Address, Persisted);
    }

    /// <summary>The roles of each address of a network that sent a packet.</summary>
    public IEnumerable<ImmutableArray<string>> RolesOfAddresses => _unnamed.Values.Select(tally => tally.Host.Roles);

    /// <summary>All hosts of the site by name, then the addresses of networks that were seen.</summary>
    /// <param name="site">The site.</param>
    /// <param name="names">Names that were seen on the way.</param>
    public ImmutableArray<HostRow> Rows(SiteFile site, SeenNames names)
    {
        var named = site.Hosts.OrderBy(host => host.Name, StringComparer.Ordinal).Select(host =>
        {
            var tally = _named.GetValueOrDefault(host.Name);
            return new HostRow(host.Name, [.. host.Addresses.Order().Select(address => address.ToString())], host.Roles,
                tally?.Flows ?? 0, tally?.FirstNs, tally?.LastNs);
        });
        var unnamed = _unnamed.Values.Select(tally =>
            new HostRow(null, [tally.Host.Address.ToString()], tally.Host.Roles, tally.Flows, tally.FirstNs,
                tally.LastNs));
        return [.. named.Concat(unnamed)
            .Select(row => row with { Names = [.. row.Addresses.SelectMany(address => names.Of(address))] })];
    }

    private static Tally Persisted<TKey>(StateArchive archive, TKey key, Tally? tally)
    {
        var host = archive.Host(tally?.Host);
        tally ??= new Tally(host);
        tally.Persist(archive);
        return tally;
    }

    private void Add(HostIdentity host, FlowRecord flow)
    {
        if (!host.IsListed)
            return;
        if (host.Name is null)
            _unnamed.GetOrAdd(host.Address, () => new Tally(host))?.Add(flow);
        else if (_named.TryGetValue(host.Name, out var tally))
            tally.Add(flow);
        else
            _named.Add(host.Name, new Tally(host).Add(flow));
    }

    private sealed class Tally(HostIdentity host) : IArchived
    {
        public HostIdentity Host => host;

        public long Flows { get; private set; }

        public long FirstNs { get; private set; } = long.MaxValue;

        public long LastNs { get; private set; } = long.MinValue;

        public Tally Add(FlowRecord flow)
        {
            Flows += flow.Count;
            FirstNs = Math.Min(FirstNs, flow.StartNs);
            LastNs = Math.Max(LastNs, flow.EndNs);
            return this;
        }

        public void UnionWith(Tally other)
        {
            Flows += other.Flows;
            FirstNs = Math.Min(FirstNs, other.FirstNs);
            LastNs = Math.Max(LastNs, other.LastNs);
        }

        public void Persist(StateArchive archive)
        {
            Flows = archive.Number(Flows);
            FirstNs = archive.Number(FirstNs);
            LastNs = archive.Number(LastNs);
        }
    }
}
