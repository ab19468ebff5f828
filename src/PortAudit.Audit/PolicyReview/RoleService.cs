using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.PolicyReview;

/// <summary>A service that one role has of another.</summary>
/// <param name="From">Role of the originators.</param>
/// <param name="To">Role of the responders.</param>
/// <param name="Service">Protocol and service as identified, <c>tls/sip</c>; transport and port otherwise, <c>tcp
/// 8080</c>, where all dynamic ports are one.</param>
public readonly record struct RoleService(string From, string To, string Service)
{
    internal static Comparer<RoleService> Order { get; } = Comparer<RoleService>.Create((a, b) =>
    {
        var order = string.CompareOrdinal(a.From, b.From);
        order = order != 0 ? order : string.CompareOrdinal(a.To, b.To);
        return order != 0 ? order : string.CompareOrdinal(a.Service, b.Service);
    });

    /// <summary>The service of a connection; null for an attempt that proves none: nothing passed, and no bytes tell
    /// what it was. So a scan of ports makes no services.</summary>
    internal static RoleService? Of(Judgement judgement)
    {
        var flow = judgement.Flow;
        return flow.Outcome.Passed() || flow.ProtocolBasis > IdentificationBasis.Port
            ? new RoleService(judgement.FromRole, judgement.ToRole, Name(flow))
            : null;
    }

    /// <summary>A service, saved or loaded.</summary>
    internal static RoleService Persisted(StateArchive archive, RoleService own) =>
        new(archive.Text(own.From ?? ""), archive.Text(own.To ?? ""), archive.Text(own.Service ?? ""));

    private static string Name(FlowRecord flow) => (flow.Protocol, flow.Service) switch
    {
        ({ } protocol, { } service) => $"{protocol}/{service}",
        ({ } protocol, null) => protocol,
        (null, { } service) => service,
        _ when !flow.Transport.HasPorts => flow.Transport.ToString(),
        _ when flow.Responder.Port >= PortRange.FirstDynamic =>
            $"{flow.Transport} {PortRange.FirstDynamic}-{ushort.MaxValue}",
        _ => $"{flow.Transport} {flow.Responder.Port}",
    };
}
