using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Matching;

/// <summary>A rule with the site's choices filled in.</summary>
/// <param name="Place">Its place among all rules of the audit, the first is 0.</param>
/// <param name="Rule">The rule as the catalog or the site writes it.</param>
/// <param name="CatalogOrder">Place of its catalog in the site's list; the site's own rules come last.</param>
/// <param name="Ports">Its responder ports with the parameter filled in; empty when it covers every port, or has no
/// ports.</param>
/// <param name="WhyOff">Why it does not apply in this site, one sentence; null when it applies.</param>
internal sealed record BoundRule(int Place, Rule Rule, int CatalogOrder, ImmutableArray<PortRange> Ports,
    string? WhyOff)
{
    /// <summary>Places from this one on belong to cautions of the catalogs, which forbid as rules do.</summary>
    public const int FirstCaution = 1 << 30;

    /// <summary>Places from this one on, below those of cautions, belong to conduits of the site.</summary>
    public const int FirstConduit = 1 << 29;

    /// <summary>True for a caution of a catalog.</summary>
    public bool IsCaution => Place >= FirstCaution;

    /// <summary>True for what a conduit of the site says of traffic that no rule covers.</summary>
    public bool IsConduit => Place is >= FirstConduit and < FirstCaution;

    /// <summary>True when the rule applies in this site.</summary>
    public bool IsOn => WhyOff is null;

    /// <summary>True when a control protocol has to announce the port of its flows.</summary>
    public bool IsDynamic => !Rule.AnnouncedBy.IsEmpty;

    /// <summary>True when the rule lets traffic pass.</summary>
    public bool Allows => Rule.Verdict == RuleVerdict.Allowed;

    /// <summary>True when the site needs its flow: required, or conditional on a switch that is on.</summary>
    public bool IsNeeded => IsOn && Allows
        && (Rule.Need == Need.Required || (Rule.Need == Need.Conditional && !Rule.When.Conditions.IsEmpty));

    /// <summary>Its transports as a reader writes them, parted by commas.</summary>
    public string TransportText => string.Join(',', Rule.Transports.Order());

    /// <summary>Its ports as a reader writes them, parted by commas; empty when it covers every port, or has no
    /// ports.</summary>
    public string PortText => string.Join(',', Ports.Order());
}
