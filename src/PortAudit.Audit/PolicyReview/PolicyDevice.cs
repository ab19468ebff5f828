using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>A connection as a firewall meets it.</summary>
/// <param name="From">Who opens it.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Transport">IP protocol.</param>
/// <param name="SourcePort">Port of the originator.</param>
/// <param name="Port">Port of the responder; for ICMP its type.</param>
/// <param name="IsAnnounced">True when an RPC endpoint mapper announced the port; null when not known.</param>
internal readonly record struct PolicyConnection(HostIdentity From, HostIdentity To, IpProtocol Transport,
    ushort SourcePort, ushort Port, bool? IsAnnounced)
{
    /// <summary>True for a port that RPC announced; null otherwise, as an announcement may have been missed.</summary>
    public static bool? IsRpc(string? announcedBy) =>
        ProtocolRegistry.Find(announcedBy) is { HasInterfaces: true } ? true : null;
}

/// <summary>A firewall with the connections that meet it.</summary>
internal sealed class PolicyDevice
{
    private readonly PolicyEvaluation _evaluation;
    private readonly string? _profile;

    /// <summary>Prepares the evaluation of a policy.</summary>
    public PolicyDevice(BoundPolicy policy, SiteFile site, HostDirectory directory)
    {
        (Name, Policy, _profile) = (policy.Name, policy.Policy, policy.Site.Profile);
        Path = new PolicyPath(policy, site, directory);
        _evaluation = new PolicyEvaluation(Policy);
    }

    /// <summary>Name of the firewall.</summary>
    public string Name { get; }

    /// <summary>Its rules.</summary>
    public Policy Policy { get; }

    /// <summary>Which connections meet it.</summary>
    public PolicyPath Path { get; }

    /// <summary>What it does with the first packet of a connection; null when the connection does not meet
    /// it.</summary>
    public DeviceAnswer? Answer(PolicyConnection connection)
    {
        if (Path.Between(connection.From, connection.To) is not var (hook, from, to))
            return null;
        var hasPorts = connection.Transport.HasPorts;
        return _evaluation.Evaluate(new PolicyProbe(connection.From.Address, connection.To.Address,
            connection.Transport, hasPorts ? connection.SourcePort : null, hasPorts ? connection.Port : null)
        {
            Hook = hook,
            FromZone = from,
            ToZone = to,
            CrossesZones = hook == PolicyHook.Forward,
            Profile = _profile,
            IsRpcPort = connection.IsAnnounced,
            IcmpType = connection.Transport.IsIcmp ? (byte)connection.Port : null,
        });
    }
}
