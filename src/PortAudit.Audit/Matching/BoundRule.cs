using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Matching;

/// <summary>A rule with the site's choices filled in.</summary>
/// <param name="Index">Its index among all rules of the audit.</param>
/// <param name="Rule">The rule as the catalog or the site writes it.</param>
/// <param name="CatalogOrder">Index of its catalog in the site's list; the site's own rules come last.</param>
/// <param name="Ports">Its responder ports with the parameter filled in; empty when it covers every port, or has no
/// ports.</param>
/// <param name="WhyOff">Why it does not apply in this site, one sentence; null when it applies.</param>
internal sealed record BoundRule(int Index, Rule Rule, int CatalogOrder, ImmutableArray<PortRange> Ports,
    string? WhyOff)
{
    /// <summary>First index of the catalogs' cautions, which forbid as rules do.</summary>
    public const int FirstCaution = 1 << 30;

    /// <summary>First index of the site's conduits, below those of cautions.</summary>
    public const int FirstConduit = 1 << 29;

    public bool IsCaution => Index >= FirstCaution;

    /// <summary>True for what a conduit of the site says of traffic that no rule covers.</summary>
    public bool IsConduit => Index is >= FirstConduit and < FirstCaution;

    public bool IsOn => WhyOff is null;

    /// <summary>True when a control protocol has to announce the port of its flows.</summary>
    public bool IsDynamic => !Rule.AnnouncedBy.IsEmpty;

    public bool Allows => Rule.Verdict == RuleVerdict.Allowed;

    /// <summary>True when the site needs its flow: required, or conditional on a switch that is on.</summary>
    public bool IsNeeded => IsOn && Allows
        && (Rule.Need == Need.Required || (Rule.Need == Need.Conditional && !Rule.When.Conditions.IsEmpty));

    /// <summary>Its transports as a reader writes them, separated by commas.</summary>
    public string TransportText => string.Join(',', Rule.Transports.Order());

    /// <summary>Its ports as a reader writes them, separated by commas; empty when it covers every port, or has no
    /// ports.</summary>
    public string PortText => string.Join(',', Ports.Order());
}
