using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Findings;

/// <summary>Flows of calls that no rule covers, by pair of roles: all media of a call, on their various ports, have one
/// cause.</summary>
internal sealed class CallGroups : IArchived
{
    /// <summary>What stands for the service in the key of such a finding.</summary>
    public const string Service = "udp/ice";

    private readonly Dictionary<(string From, string To), FlowGroup> _byRoles = [];

    public IEnumerable<KeyValuePair<FindingKey, FlowGroup>> Causes => Join().Select(entry => KeyValuePair.Create(
        new FindingKey(FindingKind.UnexpectedTraffic, entry.Key.From, entry.Key.To, null, Service), entry.Value));

    /// <summary>Adds a flow, seen from the end inside.</summary>
    public void Add(Judgement judgement)
    {
        var inside = FromInside(judgement);
        GroupOf((inside.FromRole, inside.ToRole)).Add(inside);
    }

    public void UnionWith(CallGroups other)
    {
        foreach (var (key, group) in other._byRoles)
            GroupOf(key).UnionWith(group);
    }

    public void Persist(StateArchive archive) => archive.Map(
        _byRoles,
        static (archive, key) => (archive.Text(key.From), archive.Text(key.To)),
        static _ => new FlowGroup());

    /// <summary>The flow from the end inside to the one on the Internet, whichever sent first.</summary>
    private static Judgement FromInside(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (AddressScope.IsInternal(flow.Originator.Address) || !AddressScope.IsInternal(flow.Responder.Address))
            return judgement;
        return judgement with
        {
            Flow = flow.Turn() with { DirectionBasis = flow.DirectionBasis },
            Originator = judgement.Responder,
            Responder = judgement.Originator,
            FromRole = judgement.ToRole,
            ToRole = judgement.FromRole,
        };
    }

    /// <summary>The groups, in which checks that came to nothing stand with the calls of the same hosts that came
    /// about: ICE tries every address that the other end names.</summary>
    private Dictionary<(string From, string To), FlowGroup> Join()
    {
        var joined = new Dictionary<(string From, string To), FlowGroup>();
        foreach (var (key, group) in _byRoles.Where(entry => entry.Value.Outcomes.Passed > 0))
            joined.Add(key, FlowGroup.Union([group]));
        foreach (var (key, group) in _byRoles.Where(entry => entry.Value.Outcomes.Passed == 0))
        {
            var call = _byRoles.Where(entry => entry.Value.Outcomes.Passed > 0 && entry.Key.From == key.From
                    && group.Originators.Kept.All(entry.Value.Originators.Kept.Contains))
                .Select(entry => entry.Key).Order().FirstOrDefault();
            if (call.From is null)
                joined.Add(key, group);
            else
                joined[call].UnionWith(group);
        }

        return joined;
    }

    private FlowGroup GroupOf((string From, string To) key)
    {
        if (!_byRoles.TryGetValue(key, out var group))
            _byRoles.Add(key, group = new FlowGroup());
        return group;
    }
}
