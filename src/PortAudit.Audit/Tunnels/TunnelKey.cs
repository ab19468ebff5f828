using PortAudit.Audit.State;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Tunnels;

/// <summary>What makes flows one possible tunnel.</summary>
/// <param name="Carrier">Protocol whose messages carry it.</param>
/// <param name="Domain">Domain below which its names lie, or the protocol that a WebSocket carries; empty where there
/// is none.</param>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
/// <param name="Client">Who asks.</param>
internal readonly record struct TunnelKey(string Carrier, string Domain, string From, string To, IpAddress Client)
{
    public static Comparer<TunnelKey> Order { get; } = Comparer<TunnelKey>.Create((a, b) =>
        CompareTexts(a, b) is not 0 and var order ? order : a.Client.CompareTo(b.Client));

    public static TunnelKey Persisted(StateArchive archive, TunnelKey key) => new(archive.Text(key.Carrier ?? ""),
        archive.Text(key.Domain ?? ""), archive.Text(key.From ?? ""), archive.Text(key.To ?? ""),
        archive.Address(key.Client));

    private static int CompareTexts(in TunnelKey a, in TunnelKey b)
    {
        var order = string.CompareOrdinal(a.Carrier, b.Carrier);
        if (order == 0)
            order = string.CompareOrdinal(a.Domain, b.Domain);
        if (order == 0)
            order = string.CompareOrdinal(a.From, b.From);
        return order == 0 ? string.CompareOrdinal(a.To, b.To) : order;
    }
}
