using System.Globalization;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Findings;

/// <summary>
/// Flows between two roles that no rule covers, by port and protocol; once there are too many services they are one
/// group, for then it is the pair of roles that is the cause.
/// </summary>
internal sealed class ServiceGroups : IArchived
{
    /// <summary>Services of a pair of roles with findings of their own.</summary>
    public const int MaximumServices = 10;

    private readonly Dictionary<string, FlowGroup> _byService = new(StringComparer.Ordinal);
    private FlowGroup? _all;

    /// <summary>The groups by service; the service is empty for the group of all.</summary>
    public IEnumerable<KeyValuePair<string, FlowGroup>> Groups =>
        _all is null ? _byService : [new KeyValuePair<string, FlowGroup>("", _all)];

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement)
    {
        if (_all is not null)
        {
            _all.Add(judgement);
            return;
        }

        var flow = judgement.Flow;
        var port = flow.Transport.HasPorts ? flow.Responder.Port : flow.Originator.Port;
        var protocol = ProtocolComparison.IsProof(flow.ProtocolBasis) ? flow.Protocol : null;
        GroupOf(string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}")).Add(judgement);
        FoldIfTooMany();
    }

    /// <summary>Adds the flows of <paramref name="other"/>, which stays as it is.</summary>
    public void UnionWith(ServiceGroups other)
    {
        if (_all is not null || other._all is not null)
        {
            _all = FlowGroup.Union(Groups.Concat(other.Groups).Select(entry => entry.Value));
            _byService.Clear();
            return;
        }

        foreach (var (service, group) in other._byService)
            GroupOf(service).UnionWith(group);
        FoldIfTooMany();
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        archive.Map(_byService, StateValues.Text, static _ => new FlowGroup(), StringComparer.Ordinal);
        _all = archive.Part(_all, static () => new FlowGroup());
    }

    private FlowGroup GroupOf(string service)
    {
        if (!_byService.TryGetValue(service, out var group))
            _byService.Add(service, group = new FlowGroup());
        return group;
    }

    private void FoldIfTooMany()
    {
        if (_byService.Count <= MaximumServices)
            return;
        _all = FlowGroup.Union(_byService.Values);
        _byService.Clear();
    }
}
