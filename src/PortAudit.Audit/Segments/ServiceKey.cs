using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Segments;

/// <summary>What makes flows between two segments one service.</summary>
/// <param name="Transport">IP protocol.</param>
/// <param name="Port">Port of the responder; <see cref="PortRange.FirstDynamic"/> for all dynamic ones; 0 for
/// none.</param>
/// <param name="Name">Protocol and service; empty when not known.</param>
/// <param name="IsAttempts">True for attempts that tell no service.</param>
internal readonly record struct ServiceKey(IpProtocol Transport, ushort Port, string Name, bool IsAttempts)
{
    /// <summary>Services before attempts, then by transport, port and name.</summary>
    public static Comparer<ServiceKey> Order { get; } = Comparer<ServiceKey>.Create((a, b) =>
    {
        var order = a.IsAttempts.CompareTo(b.IsAttempts);
        order = order != 0 ? order : a.Transport.Value.CompareTo(b.Transport.Value);
        order = order != 0 ? order : a.Port.CompareTo(b.Port);
        return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
    });

    /// <summary>The ports as text.</summary>
    public string Ports => Port switch
    {
        0 => "",
        PortRange.FirstDynamic => $"{PortRange.FirstDynamic}-{ushort.MaxValue}",
        _ => Port.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The service of a flow.</summary>
    public static ServiceKey Of(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (!flow.Outcome.Passed() && flow.ProtocolBasis <= IdentificationBasis.Port && judgement.Rules.IsEmpty)
            return new ServiceKey(flow.Transport, 0, "", IsAttempts: true);
        var port = flow.Transport.HasPorts ? Math.Min(flow.Responder.Port, PortRange.FirstDynamic) : (ushort)0;
        return new ServiceKey(flow.Transport, port, RolePairTally.NameOf(flow) ?? "", IsAttempts: false);
    }

    /// <summary>A key, saved or loaded.</summary>
    public static ServiceKey Persisted(StateArchive archive, ServiceKey key) =>
        new(archive.Transport(key.Transport), archive.Port(key.Port), archive.Text(key.Name ?? ""),
            archive.Flag(key.IsAttempts));
}
