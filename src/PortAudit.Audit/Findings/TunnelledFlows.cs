using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>
/// How many flows were within other packets. A rule for the ports of such a flow does nothing at a device that sees the
/// outer packets alone.
/// </summary>
internal sealed class TunnelledFlows : IArchived
{
    /// <summary>Encapsulations named at most.</summary>
    public const int MaximumNames = 3;

    private readonly BottomKSet<string> _names = new(MaximumNames, StringComparer.Ordinal);
    private long _flows;

    public void Add(FlowRecord flow)
    {
        if (flow.Tunnel is not { } tunnel || TunnelText.WithoutMirrors(tunnel) is not { Length: > 0 } own)
            return;
        _flows += flow.Count;
        _names.Add(own);
    }

    public void UnionWith(TunnelledFlows other)
    {
        _flows += other._flows;
        _names.UnionWith(other._names);
    }

    public void Persist(StateArchive archive)
    {
        _flows = archive.Number(_flows);
        _names.Persist(archive, StateValues.Text);
    }

    /// <summary>A sentence with a leading space; empty without such a flow.</summary>
    /// <param name="flows">Number of all flows.</param>
    public string Sentence(long flows)
    {
        if (_flows == 0)
            return "";
        var names = string.Join(", ", _names.Kept) + (_names.IsOverflown ? " and more" : "");
        var which = _flows < flows ? $"{Quantity.Of(_flows, "flow")} of {flows} went"
            : flows == 1 ? "The flow went" : "All of them went";
        return $" {which} within a tunnel ({names}): a firewall acts on the inner ports only if it inspects the "
            + "tunnel.";
    }
}
