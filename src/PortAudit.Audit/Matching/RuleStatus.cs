namespace PortAudit.Audit.Matching;

/// <summary>What a capture says of a rule for a pair of roles. The best comes first.</summary>
public enum RuleStatus
{
    /// <summary>An established flow exercised it, protocol proved.</summary>
    Seen,

    /// <summary>An established flow exercised it, protocol not proved.</summary>
    SeenByPort,

    /// <summary>Only one direction was visible.</summary>
    OneWay,

    /// <summary>Tried; the responder itself said no.</summary>
    Refused,

    /// <summary>Tried; rejected on the way, or unanswered.</summary>
    Blocked,

    /// <summary>Both roles were active and observable here, and none tried.</summary>
    NotTried,

    /// <summary>The capture is shorter than the rule's period.</summary>
    WindowTooShort,

    /// <summary>This capture could not have shown it.</summary>
    NotObservable,

    /// <summary>Its condition is off, or the site has no host in the role.</summary>
    NotApplicable,
}

/// <summary>The names of <see cref="RuleStatus"/> in output.</summary>
public static class RuleStatusText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this RuleStatus status) => status switch
    {
        RuleStatus.Seen => "seen",
        RuleStatus.SeenByPort => "seen-by-port",
        RuleStatus.OneWay => "one-way",
        RuleStatus.Refused => "refused",
        RuleStatus.Blocked => "blocked",
        RuleStatus.NotTried => "not-tried",
        RuleStatus.WindowTooShort => "window-too-short",
        RuleStatus.NotObservable => "not-observable",
        RuleStatus.NotApplicable => "not-applicable",
    };
}
