namespace PortAudit.Audit.Matching;

/// <summary>How a flow compares with one rule that covers its hosts, transport and port. The best comes
/// first.</summary>
internal enum RuleFit
{
    /// <summary>The protocol is proved.</summary>
    Proved,

    /// <summary>The rule's port has to be announced, it was, and the protocol is proved.</summary>
    AnnouncedProved,

    /// <summary>The rule's port has to be announced, and it was; nothing contradicts the rule.</summary>
    Announced,

    /// <summary>Nothing contradicts the rule, nothing proves it.</summary>
    ByPort,

    /// <summary>The rule's port has to be announced, and it was, but as a service that the rule is not about.</summary>
    AnnouncedElse,

    /// <summary>The client asked for something that the server does not serve on the port.</summary>
    Declined,

    /// <summary>The rule demands TLS, the flow is plain.</summary>
    Cleartext,

    /// <summary>The bytes prove another protocol.</summary>
    WrongProtocol,

    /// <summary>The rule's port has to be announced, and the source of the flow cannot tell whether it was.</summary>
    Unobservable,

    /// <summary>The rule's port has to be announced, and was not.</summary>
    Unannounced,
}

/// <summary>What a <see cref="RuleFit"/> means.</summary>
internal static class RuleFits
{
    /// <summary>True when the flow is what the rule is about.</summary>
    public static bool IsGood(this RuleFit fit) =>
        fit is RuleFit.Proved or RuleFit.AnnouncedProved or RuleFit.Announced or RuleFit.ByPort;

    /// <summary>True when bytes prove the protocol that the rule asks for.</summary>
    public static bool IsProved(this RuleFit fit) => fit is RuleFit.Proved or RuleFit.AnnouncedProved;

    /// <summary>True when no announcement shows whether the flow is what the rule is about.</summary>
    public static bool IsWithoutAnnouncement(this RuleFit fit) =>
        fit is RuleFit.Unobservable or RuleFit.Unannounced;

    /// <summary>The verdict of a flow for which this is the best.</summary>
    public static Verdict ToVerdict(this RuleFit fit) => fit switch
    {
        RuleFit.Proved => Verdict.Expected,
        RuleFit.AnnouncedProved or RuleFit.Announced or RuleFit.AnnouncedElse => Verdict.ExpectedDynamic,
        RuleFit.ByPort => Verdict.ExpectedByPort,
        RuleFit.Declined => Verdict.Declined,
        RuleFit.Cleartext => Verdict.Cleartext,
        RuleFit.WrongProtocol => Verdict.WrongProtocol,
        RuleFit.Unobservable => Verdict.UnobservableDynamic,
        RuleFit.Unannounced => Verdict.UnexplainedDynamic,
    };
}
