using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Addresses of one side of a requirement that no rule of a firewall tells apart.</summary>
/// <param name="Host">Who has the first of them, which stands for all.</param>
/// <param name="Text">The host, or the range.</param>
/// <param name="Party">Whose addresses they are: a host, a built-in role, or the range itself.</param>
internal sealed record AddressPiece(HostIdentity Host, string Text, string Party)
{
    /// <summary>The addresses of a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="first">Who has its first address.</param>
    /// <param name="names">The names by which a rule calls the side.</param>
    public static AddressPiece Of(Interval<UInt128> range, HostIdentity first, ImmutableArray<string> names)
    {
        var family = first.Address.IsIpv4 ? AddressSet.AnyIpv4 : AddressSet.AnyIpv6;
        var text = range.First == range.Last
            ? first.Text
            : AddressSet.Text(IntervalSet.Of(range.First, range.Last).Intersect(family));
        var party = names.Contains(BuiltInRoles.Any) ? BuiltInRoles.Any
            : !first.IsListed && names.Contains(first.PrimaryRole) ? first.PrimaryRole
            : text;
        return new AddressPiece(first, text, party);
    }
}
