using System.Globalization;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>
/// Flows between two roles that no rule covers, by port and protocol. Of many services those that a reviewer has to see
/// first keep findings of their own and the others are one; of very many only remote control does, for then it is the
/// pair of roles that is the cause.
/// </summary>
internal sealed class ServiceGroups : IArchived
{
    /// <summary>Services of a pair of roles with findings of their own, and remote control beyond that.</summary>
    public const int MaximumServices = 10;

    /// <summary>Services of a pair of roles that are kept apart until all flows are known, and remote control beyond
    /// that.</summary>
    public const int MaximumKept = 40;

    private const string GuessedMark = "?";

    private readonly Dictionary<string, FlowGroup> _byService = new(StringComparer.Ordinal);
    private FlowGroup? _all;

    /// <summary>The groups by service; the service is empty for the group of those without a finding of their
    /// own.</summary>
    public IEnumerable<KeyValuePair<string, FlowGroup>> Groups
    {
        get
        {
            var services = SocketGroups.Join(_byService);
            if (_all is null && services.Count <= MaximumServices)
                return services;
            var ranked = services.OrderBy(entry => FindingRisks.Of(entry.Value))
                .ThenByDescending(entry => entry.Value.Bytes).ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .ToList();
            var own = ranked.Where((entry, index) => FindingRisks.Of(entry.Value) is var risk
                && (risk == FindingRisk.RemoteControl
                    || (risk < FindingRisk.Ordinary && index < MaximumServices - 1))).ToList();
            var rest = FlowGroup.Union(ranked.Except(own).Select(entry => entry.Value));
            if (_all is not null)
                rest.UnionWith(_all);
            return rest.Flows == 0 ? own : own.Append(new KeyValuePair<string, FlowGroup>("", rest));
        }
    }

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        var port = flow.Transport.HasPorts ? flow.Responder.Port : flow.Originator.Port;
        var protocol = ProtocolComparison.IsProof(flow.ProtocolBasis) ? flow.Protocol : null;
        if (_all is not null && !IsRemoteControl(port, protocol))
        {
            _all.Add(judgement);
            return;
        }

        // A guess makes no finding of proved flows weaker.
        var guessed = flow.IsGuessed() ? GuessedMark : "";
        GroupOf(string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}{guessed}")).Add(judgement);
        if (_all is null)
            FoldIfTooMany();
    }

    public void UnionWith(ServiceGroups other)
    {
        foreach (var (service, group) in other._byService)
            GroupOf(service).UnionWith(group);
        if (other._all is not null)
            (_all ??= new FlowGroup()).UnionWith(other._all);
        FoldIfTooMany();
    }

    public void Persist(StateArchive archive)
    {
        archive.Map(_byService, StateValues.Text, static _ => new FlowGroup(), StringComparer.Ordinal);
        _all = archive.Part(_all, static () => new FlowGroup());
    }

    // Kept apart however many services there are: the ports are few, and so are the protocols on them.
    private static bool IsRemoteControl(ushort port, string? protocol) =>
        RemoteControl.NameOf(IpProtocol.Tcp, port) is not null
        && (protocol is null || RemoteControl.IsName(protocol));

    private static bool IsRemoteControl(string service)
    {
        var slash = service.IndexOf('/', StringComparison.Ordinal);
        var protocol = service[(slash + 1)..].TrimEnd(GuessedMark[0]);
        return IsRemoteControl(ushort.Parse(service.AsSpan(0, slash), CultureInfo.InvariantCulture),
            protocol.Length == 0 ? null : protocol);
    }

    private FlowGroup GroupOf(string service)
    {
        if (!_byService.TryGetValue(service, out var group))
            _byService.Add(service, group = new FlowGroup());
        return group;
    }

    private void FoldIfTooMany()
    {
        if (_all is null && _byService.Count <= MaximumKept)
            return;
        var foldable = _byService.Where(entry => !IsRemoteControl(entry.Key)).ToList();
        if (_all is null && foldable.Count <= MaximumKept)
            return;
        _all ??= new FlowGroup();
        foreach (var (service, group) in foldable)
        {
            _all.UnionWith(group);
            _byService.Remove(service);
        }
    }
}
