namespace PortAudit.Audit.Matching;

/// <summary>How a flow compares with one rule that covers its hosts, transport and port. The best comes first.</summary>
internal enum RuleFit
{
    /// <summary>The protocol is proved.</summary>
    Proved,

    /// <summary>Nothing contradicts the rule, nothing proves it.</summary>
    ByPort,

    /// <summary>The rule demands TLS, the flow is plain.</summary>
    Cleartext,

    /// <summary>The bytes prove another protocol.</summary>
    WrongProtocol,

    /// <summary>The rule's port has to be announced, and nobody announced it.</summary>
    Unannounced,
}

/// <summary>What a <see cref="RuleFit"/> means.</summary>
internal static class RuleFits
{
    /// <summary>True when the flow is what the rule is about.</summary>
    public static bool IsGood(this RuleFit fit) => fit is RuleFit.Proved or RuleFit.ByPort;

    /// <summary>The verdict of a flow for which this is the best.</summary>
    public static Verdict ToVerdict(this RuleFit fit) => fit switch
    {
        RuleFit.Proved => Verdict.Expected,
        RuleFit.ByPort => Verdict.ExpectedByPort,
        RuleFit.Cleartext => Verdict.Cleartext,
        RuleFit.WrongProtocol => Verdict.WrongProtocol,
        _ => Verdict.UnexplainedDynamic,
    };
}
