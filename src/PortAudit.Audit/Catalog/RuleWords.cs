using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>The closed vocabularies of a rule as files write them (design §4).</summary>
internal static class RuleWords
{
    /// <summary>Values of <c>need</c>.</summary>
    public static readonly WordList<Need> Needs = new(
        "value of 'need'", ("required", Need.Required), ("conditional", Need.Conditional), ("optional", Need.Optional),
        ("informational", Need.Informational));

    /// <summary>Values of <c>security</c>.</summary>
    public static readonly WordList<TransportSecurity> Securities = new(
        "value of 'security'", ("none", TransportSecurity.None), ("tls", TransportSecurity.Tls),
        ("mtls", TransportSecurity.Mtls), ("any", TransportSecurity.Any));

    /// <summary>Values of <c>replies</c>.</summary>
    public static readonly WordList<Replies> Replies = new(
        "value of 'replies'", ("expected", Catalog.Replies.Expected), ("none", Catalog.Replies.None),
        ("other-port", Catalog.Replies.OtherPort));

    /// <summary>Values of <c>period</c>.</summary>
    public static readonly WordList<Period> Periods = new(
        "value of 'period'",
        ("continuous", Period.Continuous),
        ("hourly", Period.Hourly),
        ("daily", Period.Daily),
        ("weekly", Period.Weekly),
        ("on-event", Period.OnEvent));

    /// <summary>Values of <c>means</c> of a caution.</summary>
    public static readonly WordList<CautionMeaning> CautionMeanings =
        new("value of 'means'", ("no-firewall", CautionMeaning.NoFirewall));

    /// <summary>Values of <c>confidence</c> of a sign.</summary>
    public static readonly WordList<Confidence> Confidences = new(
        "value of 'confidence'", ("high", Confidence.High), ("medium", Confidence.Medium), ("low", Confidence.Low));

    /// <summary>Values of <c>strength</c> of a dependency.</summary>
    public static readonly WordList<DependencyStrength> Strengths = new(
        "value of 'strength'",
        ("required", DependencyStrength.Required),
        ("conditional", DependencyStrength.Conditional),
        ("optional", DependencyStrength.Optional));

    /// <summary>Values of <c>verdict</c> in a site's own rules.</summary>
    public static readonly WordList<RuleVerdict> Verdicts = new(
        "value of 'verdict'", ("allowed", RuleVerdict.Allowed), ("forbidden", RuleVerdict.Forbidden));

    /// <summary>Values of a switch: the truth values of YAML 1.1 in lower case.</summary>
    public static readonly WordList<bool> Switches = new(
        "switch", ("on", true), ("off", false), ("true", true), ("false", false), ("yes", true), ("no", false));
}
