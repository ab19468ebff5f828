using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.PolicyReview;

/// <summary>How far a proposed rule set may go beyond the hosts that documents and site name.</summary>
public enum ProposalWidth
{
    /// <summary>The addresses of the roles, and no others.</summary>
    Exact,

    /// <summary>The segments in which these addresses are: fewer rules, which allow more.</summary>
    Segments,
}

/// <summary>A rule that a firewall would need.</summary>
/// <param name="From">Originators.</param>
/// <param name="To">Responders.</param>
/// <param name="Services">Transports with responder ports; no other part of a service is set.</param>
/// <param name="Basis">Why: the rules of documents and site that ask for it, in their order.</param>
public sealed record ProposedRule(IntervalSet<UInt128> From, IntervalSet<UInt128> To,
    ImmutableArray<ServiceMatch> Services, ImmutableArray<ProposalBasis> Basis)
{
    /// <summary>True when it lets a connection pass.</summary>
    public bool Permits(in PolicyProbe probe)
    {
        if (!From.Contains(AddressSet.Number(probe.Source)) || !To.Contains(AddressSet.Number(probe.Destination)))
            return false;
        foreach (var service in Services)
        {
            if (service.Matches(probe) == Certainty.Yes)
                return true;
        }

        return false;
    }
}

/// <summary>Why a rule is proposed.</summary>
/// <param name="Rule">The rule of a document or of the site.</param>
/// <param name="Flows">Flows that exercised it.</param>
public sealed record ProposalBasis(Rule Rule, long Flows);
