namespace PortAudit.Reports.Baseline;

/// <summary>What became of a finding between two reports.</summary>
public enum FindingChange
{
    /// <summary>In this report only.</summary>
    New,

    /// <summary>In both, with another severity.</summary>
    Changed,

    /// <summary>In the earlier report only.</summary>
    Gone,

    /// <summary>In both, as grave as before.</summary>
    Unchanged,
}

/// <summary>Basis of a change between two reports (docs/decisions/019-baseline.md).</summary>
public enum ChangeBasis
{
    /// <summary>Both captures could show it, and hosts did other things.</summary>
    Behaviour,

    /// <summary>One of the captures could not have shown it.</summary>
    Visibility,

    /// <summary>The site or a catalog says other things than before.</summary>
    Configuration,
}

/// <summary>The names of both in output.</summary>
public static class ChangeText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this FindingChange change) => change switch
    {
        FindingChange.New => "new",
        FindingChange.Changed => "changed",
        FindingChange.Gone => "gone",
        FindingChange.Unchanged => "unchanged",
    };

    /// <summary>The name in output.</summary>
    public static string ToText(this ChangeBasis basis) => basis switch
    {
        ChangeBasis.Behaviour => "behaviour",
        ChangeBasis.Visibility => "visibility",
        ChangeBasis.Configuration => "configuration",
    };
}
