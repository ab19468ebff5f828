using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>
/// Alerts in clear that ended TLS handshakes: what they ended is no service that works, though the connection stood.
/// Bounded by the two sides and the 256 alerts that there can be; independent of the order of flows and unions.
/// </summary>
internal sealed class AlertTally : IArchived
{
    /// <summary>Alerts that a sentence names at most: more would hide it.</summary>
    private const int MaximumNamed = 5;

    private readonly SortedDictionary<(string Sender, string Alert), long> _flowsByAlert = [];
    private long _flows;

    /// <summary>The sentence with a leading space; empty when no alert ended a handshake.</summary>
    public string Sentence
    {
        get
        {
            if (_flows == 0)
                return "";
            var named = _flowsByAlert.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key)
                .Take(MaximumNamed)
                .Select(entry => $"by the {entry.Key.Sender} with "
                    + $"{entry.Key.Alert}{(entry.Value == _flows ? "" : $" in {entry.Value}")}");
            var rest = _flowsByAlert.Count > MaximumNamed ? $" and {_flowsByAlert.Count - MaximumNamed} more" : "";
            return $" In {Quantity.Of(_flows, "flow")} an alert ended the TLS handshake: "
                + $"{string.Join(", ", named)}{rest}.";
        }
    }

    /// <summary>Adds the handshake of a number of flows.</summary>
    public void Add(TlsHandshake tls, long flows)
    {
        var endings = tls.Alerts.Where(alert => alert.Ends(tls.Version))
            .Select(alert => (alert.SenderText, alert.DescriptionText)).Distinct().ToList();
        _flows += endings.Count > 0 ? flows : 0;
        foreach (var ending in endings)
            Add(ending, flows);
    }

    public void UnionWith(AlertTally other)
    {
        _flows += other._flows;
        foreach (var (alert, flows) in other._flowsByAlert)
            Add(alert, flows);
    }

    public void Persist(StateArchive archive)
    {
        _flows = archive.Number(_flows);
        archive.Map(_flowsByAlert, StateValues.Names, static (archive, _, flows) => archive.Number(flows));
    }

    private void Add((string Sender, string Alert) alert, long flows) =>
        _flowsByAlert[alert] = _flowsByAlert.GetValueOrDefault(alert) + flows;
}
