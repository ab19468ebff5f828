using System.Collections.Immutable;
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

    private static readonly ImmutableArray<Verdict> AllVerdicts = [.. Enum.GetValues<Verdict>()];
    private static readonly ImmutableArray<Disposition> AllDispositions = [.. Enum.GetValues<Disposition>()];
    private static readonly ImmutableArray<Outcome> AllOutcomes = [.. Enum.GetValues<Outcome>()];

    private readonly long[] _outcomes = new long[AllOutcomes.Length];
    private readonly long[,] _flows = new long[AllVerdicts.Length, AllDispositions.Length];
    private readonly BottomKSet<string> _services = new(MaximumServices, StringComparer.Ordinal);
    private long _bytes;

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        _flows[(int)judgement.Verdict, (int)Silence.DispositionOf(judgement)]++;
        _outcomes[(int)flow.Outcome]++;
        _bytes += flow.Out.Bytes + flow.In.Bytes;
        if (NameOf(flow) is { } name)
            _services.Add(name);
    }

    public void UnionWith(RolePairTally other, Verdict? verdict)
    {
        foreach (var own in AllVerdicts)
        {
            foreach (var passage in AllDispositions)
                _flows[(int)(verdict ?? own), (int)passage] += other._flows[(int)own, (int)passage];
        }

        foreach (var outcome in AllOutcomes)
            _outcomes[(int)outcome] += other._outcomes[(int)outcome];
        _bytes += other._bytes;
        _services.UnionWith(other._services);
    }

    public void Persist(StateArchive archive)
    {
        foreach (var verdict in AllVerdicts)
        {
            foreach (var passage in AllDispositions)
                _flows[(int)verdict, (int)passage] = archive.Number(_flows[(int)verdict, (int)passage]);
        }

        archive.Numbers(_outcomes);
        _bytes = archive.Number(_bytes);
        _services.Persist(archive, StateValues.Text);
    }

    public RolePair ToRow(string from, string to)
    {
        var verdicts = AllVerdicts.Select(verdict =>
            KeyValuePair.Create(verdict, AllDispositions.Sum(passage => _flows[(int)verdict, (int)passage])));
        var outcomes = AllOutcomes.Select(outcome => KeyValuePair.Create(outcome, _outcomes[(int)outcome]));
        var words = new DispositionCounts(
            Permitted: FlowsOf(FlowWord.Permitted),
            Escaped: FlowsOf(FlowWord.Escaped),
            Blocked: FlowsOf(FlowWord.Blocked),
            Misdropped: FlowsOf(FlowWord.Misdropped),
            Unanswered: FlowsOf(FlowWord.Unanswered));
        return new RolePair(
            from, to, _outcomes.Sum(), _bytes,
            [.. verdicts.Where(entry => entry.Value > 0)], [.. outcomes.Where(entry => entry.Value > 0)], words,
            [.. _services.Kept]);
    }

    private static string? NameOf(FlowRecord flow)
    {
        var protocol = Marked(flow.Protocol, flow.ProtocolBasis);
        var service = Marked(flow.Service, flow.ServiceBasis);
        var name = protocol is not null && service is not null ? $"{protocol}/{service}" : protocol ?? service;
        return flow.Proxy() is { } proxy ? $"{name} via {proxy}" : name;
    }

    private static string? Marked(string? name, IdentificationBasis basis) =>
        name is not null && basis == IdentificationBasis.Port ? $"{name}?" : name;

    private long FlowsOf(FlowWord word) => AllVerdicts.Sum(verdict => AllDispositions
        .Where(passage => FlowWords.Of(verdict, passage) == word).Sum(passage => _flows[(int)verdict, (int)passage]));
}
