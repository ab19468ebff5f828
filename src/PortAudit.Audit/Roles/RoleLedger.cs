using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Who serves and who uses what, as far as signs ask. Hosts are addresses, wherever they were seen;
/// independent of the order of flows and unions.</summary>
/// <param name="book">The signs.</param>
internal sealed class RoleLedger(SignIndex book) : IArchived
{
    /// <summary>Hosts whose behaviour is kept: private addresses first, then the lowest.</summary>
    public const int MaximumHosts = 16_384;

    /// <summary>Addresses of private use before those that cross the Internet: a site knows the former, and the latter
    /// have no end.</summary>
    public static readonly Comparer<IpAddress> PrivateFirst = Comparer<IpAddress>.Create((a, b) =>
    {
        var order = AddressScope.IsInternal(b).CompareTo(AddressScope.IsInternal(a));
        return order != 0 ? order : a.CompareTo(b);
    });

    private readonly BottomKMap<IpAddress, HostTally> _hosts = new(MaximumHosts, PrivateFirst);
    private readonly ProbeLedger _probes = new();
    private readonly List<(int Mark, EvidenceBasis Basis)> _met = [];

    public SignIndex Book => book;

    /// <summary>The hosts that served something or met a mark, those of private use first.</summary>
    public IEnumerable<KeyValuePair<IpAddress, HostTally>> Hosts => _hosts.Entries;

    public bool IsOverflown => _hosts.IsOverflown;

    /// <summary>True for a host that asks for much and gets little.</summary>
    public bool IsScanner(IpAddress address) => _probes.IsScanner(address);

    public void Add(FlowRecord flow) => Add(flow, out _);

    /// <summary>Adds a flow and returns its use of a service.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="isSign">True when a sign asks for that use.</param>
    public ServiceUse? Add(FlowRecord flow, out bool isSign)
    {
        _probes.Add(flow);
        _met.Clear();
        isSign = false;
        if (ServiceUse.Of(flow) is not { } use)
            return null;
        book.Collect(use, _met);
        isSign = _met.Count > 0;
        _hosts.GetOrAdd(use.Server, () => new HostTally())?.AddServed(use, _met, book);
        if (isSign && use.Client.IsUnicast)
            _hosts.GetOrAdd(use.Client, () => new HostTally())?.AddUsed(use, _met, book);
        return use;
    }

    /// <summary>Adds what <paramref name="other"/>, of the same signs, holds; it is not changed.</summary>
    public void UnionWith(RoleLedger other)
    {
        _probes.UnionWith(other._probes);
        _hosts.UnionWith(other._hosts, _ => new HostTally(), (mine, theirs) => mine.UnionWith(theirs));
    }

    public void Persist(StateArchive archive)
    {
        _probes.Persist(archive);
        _hosts.Persist(archive, StateValues.Address,
            StateArchive.Making<IpAddress, HostTally>(static _ => new HostTally()));
        archive.Require(_hosts.Values.SelectMany(host => host.Served.Keys.Concat(host.Used.Keys))
            .All(mark => mark < book.Marks.Length), "there is no such mark");
    }
}
