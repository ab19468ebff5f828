namespace PortAudit.Audit.Matching;

/// <summary>A rule whose transport and ports cover a flow.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Width">Number of ports in the range that covers it: 1 for an exact port, <see cref="EveryPort"/> when
/// the rule names none.</param>
internal readonly record struct RuleMatch(BoundRule Rule, int Width) : IComparable<RuleMatch>
{
    /// <summary>Width of a rule that names no ports.</summary>
    public const int EveryPort = ushort.MaxValue + 1;

    /// <summary>
    /// Preference for what is shown, best first: exact port over range, narrow over wide, announced ranges last
    /// (nearly every port lies in one); then the order of the catalogs, then the identifier.
    /// </summary>
    public int CompareTo(RuleMatch other)
    {
        var order = Rule.IsDynamic.CompareTo(other.Rule.IsDynamic);
        if (order == 0)
            order = Width.CompareTo(other.Width);
        if (order == 0)
            order = Rule.CatalogOrder.CompareTo(other.Rule.CatalogOrder);
        return order != 0 ? order : string.CompareOrdinal(Rule.Rule.Id, other.Rule.Rule.Id);
    }
}
