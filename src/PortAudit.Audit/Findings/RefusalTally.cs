using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>
/// The answers by which conversations were refused that had come about: a proxy or a filter that answers for others
/// lets the packets pass and the service fail. Bounded by the codes and grounds that there are; neither the order of
/// flows nor the way in which tallies are united changes what it says.
/// </summary>
internal sealed class RefusalTally : IArchived
{
    /// <summary>Kinds of answers that a sentence names at most.</summary>
    private const int MaximumNamed = 5;

    private readonly SortedDictionary<(string Protocol, int Code, RefusalBasis Ground),
        (RefusalReason Reason, long Flows)> _refusals = [];

    /// <summary>The sentences, each behind a space; empty when nothing was refused.</summary>
    public string Sentences =>
        Sentence(isByIntermediary: true, "a proxy or gateway answered in the server's place")
        + Sentence(isByIntermediary: false, "the first answer was a refusal, of which nothing tells whether the server "
        + "gave it or a proxy in its place");

    /// <summary>Adds the answer that refused a flow.</summary>
    public void Add(Refusal refusal) => Add((refusal.Protocol, refusal.Code, refusal.Basis), refusal.Reason, 1);

    /// <summary>Adds what <paramref name="other"/> holds, which stays as it is.</summary>
    public void UnionWith(RefusalTally other)
    {
        foreach (var (key, (reason, flows)) in other._refusals)
            Add(key, reason, flows);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive) => archive.Map(
        _refusals,
        static (archive, key) => (archive.Text(key.Protocol), archive.Count(key.Code), archive.Word(key.Ground)),
        static (archive, _, refusals) => (archive.Word(refusals.Reason), archive.Number(refusals.Flows)));

    private void Add((string Protocol, int Code, RefusalBasis Ground) key, RefusalReason reason, long flows) =>
        _refusals[key] = (reason, _refusals.GetValueOrDefault(key).Flows + flows);

    private string Sentence(bool isByIntermediary, string what)
    {
        var told = _refusals.Where(entry => entry.Key.Ground > RefusalBasis.Via == isByIntermediary).ToList();
        if (told.Count == 0)
            return "";
        var all = told.Sum(entry => entry.Value.Flows);
        var named = told.OrderByDescending(entry => entry.Value.Flows).ThenBy(entry => entry.Key).Take(MaximumNamed)
            .Select(entry => $"{entry.Key.Protocol} {entry.Key.Code} "
                + $"{entry.Value.Reason.ToText()}{Why(entry.Key.Ground)}"
                + $"{(entry.Value.Flows == all ? "" : $" in {entry.Value.Flows}")}");
        var rest = told.Count > MaximumNamed ? $" and {told.Count - MaximumNamed} more" : "";
        return $" In {Quantity.Of(all, "flow")} {what}: {string.Join(", ", named)}{rest}.";
    }

    private static string Why(RefusalBasis ground) => ground switch
    {
        RefusalBasis.ProxyStatus => " (its Proxy-Status field says so)",
        RefusalBasis.ProxyAuthentication => " (it asks for credentials of the proxy)",
        RefusalBasis.AskedProxy => " (a proxy was asked)",
        RefusalBasis.GatewayStatus => " (who says so has asked another server)",
        RefusalBasis.Via => " (it passed a proxy, by its Via field)",
        RefusalBasis.None => "",
    };
}
