using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Answers that refused established conversations: with a proxy or filter that answers for others, packets
/// pass but the service fails. Bounded by codes and bases; independent of the order of flows and unions.</summary>
internal sealed class RefusalTally : IArchived
{
    /// <summary>Kinds of answers that a sentence names at most.</summary>
    private const int MaximumNamed = 5;

    private readonly SortedDictionary<(string Protocol, int Code, RefusalBasis Ground),
        (RefusalReason Reason, long Flows)> _refusals = [];

    /// <summary>The sentences, each with a leading space; empty when nothing was refused.</summary>
    public string Sentences =>
        Sentence(isByIntermediary: true, "a proxy or gateway answered instead of the server")
        + Sentence(isByIntermediary: false, "the first answer was a refusal, by the server "
        + $"or by a proxy in its name");

    /// <summary>Adds the answer that refused a flow.</summary>
    public void Add(Refusal refusal) => Add((refusal.Protocol, refusal.Code, refusal.Basis), refusal.Reason, 1);

    public void UnionWith(RefusalTally other)
    {
        foreach (var (key, (reason, flows)) in other._refusals)
            Add(key, reason, flows);
    }

    public void Persist(StateArchive archive) => archive.Map(
        _refusals,
        static (archive, key) => (archive.Text(key.Protocol), archive.Count(key.Code), archive.Word(key.Ground)),
        static (archive, _, refusals) => (archive.Word(refusals.Reason), archive.Number(refusals.Flows)));

    private void Add((string Protocol, int Code, RefusalBasis Ground) key, RefusalReason reason, long flows) =>
        _refusals[key] = (reason, _refusals.GetValueOrDefault(key).Flows + flows);

    private string Sentence(bool isByIntermediary, string what)
    {
        var shown = _refusals.Where(entry => entry.Key.Ground > RefusalBasis.Via == isByIntermediary).ToList();
        if (shown.Count == 0)
            return "";
        var all = shown.Sum(entry => entry.Value.Flows);
        var named = shown.OrderByDescending(entry => entry.Value.Flows).ThenBy(entry => entry.Key).Take(MaximumNamed)
            .Select(entry => $"{entry.Key.Protocol} {entry.Key.Code} "
                + $"{entry.Value.Reason.ToText()}{Why(entry.Key.Ground)}"
                + $"{(entry.Value.Flows == all ? "" : $" in {entry.Value.Flows}")}");
        var rest = shown.Count > MaximumNamed ? $" and {shown.Count - MaximumNamed} more" : "";
        return $" In {Quantity.Of(all, "flow")} {what}: {string.Join(", ", named)}{rest}.";
    }

    private static string Why(RefusalBasis ground) => ground switch
    {
        RefusalBasis.ProxyStatus => " (its Proxy-Status field says so)",
        RefusalBasis.ProxyAuthentication => " (it asks for credentials of the proxy)",
        RefusalBasis.AskedProxy => " (a proxy was asked)",
        RefusalBasis.GatewayStatus => " (the sender had asked another server)",
        RefusalBasis.Via => " (it passed a proxy, by its Via field)",
        RefusalBasis.None => "",
    };
}
