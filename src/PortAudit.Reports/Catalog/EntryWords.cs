using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Catalog;

/// <summary>Words of entries as catalogs write them (design §4).</summary>
internal static class EntryWords
{
    /// <summary>Value of <c>security</c>.</summary>
    public static string Of(TransportSecurity security) => security switch
    {
        TransportSecurity.None => "none",
        TransportSecurity.Tls => "tls",
        TransportSecurity.Mtls => "mtls",
        TransportSecurity.Any => "any",
    };

    /// <summary>Value of <c>period</c>.</summary>
    public static string Of(Period period) => period switch
    {
        Period.Hourly => "hourly",
        Period.Daily => "daily",
        Period.Weekly => "weekly",
        Period.OnEvent => "on-event",
        Period.Continuous => "continuous",
    };

    /// <summary>Value of <c>replies</c>.</summary>
    public static string Of(Replies replies) => replies switch
    {
        Replies.None => "none",
        Replies.OtherPort => "other-port",
        Replies.Expected => "expected",
    };

    /// <summary>Value of <c>means</c>.</summary>
    public static string Of(CautionMeaning meaning) => meaning switch
    {
        CautionMeaning.NoFirewall => "no-firewall",
    };

    /// <summary>Value of <c>strength</c>.</summary>
    public static string Of(DependencyStrength strength) => strength switch
    {
        DependencyStrength.Required => "required",
        DependencyStrength.Conditional => "conditional",
        DependencyStrength.Optional => "optional",
    };

    /// <summary>The conditions, separated by one space; <c>any-of:</c> stands before them when one suffices.</summary>
    public static string Of(Applicability when)
    {
        var conditions = string.Join(' ', when.Conditions);
        return when.AnyOf ? $"any-of: {conditions}" : conditions;
    }
}
