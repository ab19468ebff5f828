namespace PortAudit.Audit.Matching;

/// <summary>What the rules say of a flow.</summary>
public enum Verdict
{
    /// <summary>A rule covers it and the protocol is proved.</summary>
    Expected,

    /// <summary>A rule covers it, nothing contradicts it, the payload could not prove it.</summary>
    ExpectedByPort,

    /// <summary>In a rule's dynamic range, and a control channel announced it.</summary>
    ExpectedDynamic,

    /// <summary>In a rule's dynamic range, and not announced.</summary>
    UnexplainedDynamic,

    /// <summary>A rule covers the port, the payload proves another protocol.</summary>
    WrongProtocol,

    /// <summary>Only the reverse is covered.</summary>
    WrongDirection,

    /// <summary>The rule demands TLS, the flow is plain.</summary>
    Cleartext,

    /// <summary>A site rule or a caution of the catalog prohibits it.</summary>
    Forbidden,

    /// <summary>No rule covers it.</summary>
    Unexpected,

    /// <summary>A dated, owned exception covers it.</summary>
    Excepted,

    /// <summary>Link housekeeping.</summary>
    Background,

    /// <summary>Neither host has a role, no border lies between them, no rule of the site covers it, and no sensitive
    /// operation is in it.</summary>
    OutOfScope,

    /// <summary>A rule covers the port, and the client asked there for something that the server does not
    /// serve.</summary>
    Declined,

    /// <summary>In a rule's dynamic range, or perhaps an answer from another port than was asked, and its source cannot
    /// tell whether the port was announced.</summary>
    UnobservableDynamic,
}

/// <summary>The names of <see cref="Verdict"/> in output.</summary>
public static class VerdictText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this Verdict verdict) => verdict switch
    {
        Verdict.Expected => "expected",
        Verdict.ExpectedByPort => "expected-by-port",
        Verdict.ExpectedDynamic => "expected-dynamic",
        Verdict.UnexplainedDynamic => "unexplained-dynamic",
        Verdict.WrongProtocol => "wrong-protocol",
        Verdict.WrongDirection => "wrong-direction",
        Verdict.Cleartext => "cleartext",
        Verdict.Forbidden => "forbidden",
        Verdict.Unexpected => "unexpected",
        Verdict.Excepted => "excepted",
        Verdict.Background => "background",
        Verdict.OutOfScope => "out-of-scope",
        Verdict.Declined => "declined",
        Verdict.UnobservableDynamic => "unobservable-dynamic",
    };
}

/// <summary>What follows from a <see cref="Verdict"/>.</summary>
internal static class Verdicts
{
    /// <summary>True when the rules, or an exception, let the flow pass.</summary>
    public static bool IsAllowed(this Verdict verdict) => verdict is Verdict.Expected or Verdict.ExpectedByPort
        or Verdict.ExpectedDynamic or Verdict.Excepted or Verdict.Declined;

    public static bool IsEscape(this Verdict verdict) => verdict.IsReported() && !verdict.IsAllowed();

    /// <summary>True when a flow of this verdict is a finding.</summary>
    public static bool IsReported(this Verdict verdict) => verdict switch
    {
        Verdict.Unexpected or Verdict.WrongProtocol or Verdict.WrongDirection or Verdict.Cleartext or
            Verdict.UnexplainedDynamic or Verdict.Forbidden or Verdict.Declined => true,
        Verdict.Expected or Verdict.ExpectedByPort or Verdict.ExpectedDynamic or Verdict.Excepted or
            Verdict.Background or Verdict.OutOfScope or Verdict.UnobservableDynamic => false,
    };
}
