using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>What passed between two roles.</summary>
internal sealed class RolePairTally : IPairTally<RolePairTally>
{
    /// <summary>Names of services listed at most: service names may come from the network.</summary>
    private const int MaximumServices = 200;

    private readonly FlowCounts _counts = new();
    private readonly BottomKSet<string> _services = new(MaximumServices, StringComparer.Ordinal);

    public void Add(Judgement judgement)
    {
        _counts.Add(judgement);
        if (NameOf(judgement.Flow) is { } name)
            _services.Add(name);
    }

    public void UnionWith(RolePairTally other, Verdict? verdict)
    {
        _counts.UnionWith(other._counts, verdict);
        _services.UnionWith(other._services);
    }

    public void Persist(StateArchive archive)
    {
        _counts.Persist(archive);
        _services.Persist(archive, StateValues.Text);
    }

    public RolePair ToRow(string from, string to) => new(from, to, _counts.Flows, _counts.Bytes, _counts.Verdicts,
        _counts.Outcomes, _counts.Words, [.. _services.Kept]);

    /// <summary>Protocol and service of a flow as lists name them (<see cref="RolePair.Services"/>); null when neither
    /// is known.</summary>
    internal static string? NameOf(FlowRecord flow)
    {
        var protocol = Marked(flow.Protocol, flow.ProtocolBasis);
        var service = Marked(flow.Service, flow.ServiceBasis);
        var name = protocol is not null && service is not null ? $"{protocol}/{service}" : protocol ?? service;
        return flow.Proxy() is { } proxy ? $"{name} via {proxy}" : name;
    }

    private static string? Marked(string? name, IdentificationBasis basis) =>
        name is not null && basis == IdentificationBasis.Port ? $"{name}?" : name;
}
