using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Messages of ICMP that IP itself needs, which no document of a product asks for: errors, and what finds
/// neighbours, routers and listeners of groups (RFC 1122 §3.2.2, RFC 4443 §3, RFC 4861 §4, RFC 2710 §3, RFC 3810
/// §5).</summary>
internal static class ControlMessages
{
    /// <summary>Why a rule for them is not compared.</summary>
    public const string Reason = "IP itself needs these messages (RFC 1122 section 3.2.2, RFC 4890 section 4.4.1).";

    private static readonly IntervalSet<byte> OfIpv4 = IntervalSet.Of<byte>(
        [new(3, 3), new(11, 12)]);

    private static readonly IntervalSet<byte> OfIpv6 = IntervalSet.Of<byte>(
        [new(1, 4), new(130, 136), new(143, 143)]);

    /// <summary>True when services are nothing else.</summary>
    public static bool AreAll(ImmutableArray<ServiceMatch> services) => services.All(service =>
        !service.IsOpen && service.Protocols.Ranges is [var only] && only.First == only.Last
        && (only.First == IpProtocol.Icmp.Value ? service.IcmpTypes.IsSubsetOf(OfIpv4)
            : only.First == IpProtocol.IcmpV6.Value && service.IcmpTypes.IsSubsetOf(OfIpv6)));
}
