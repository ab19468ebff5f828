namespace PortAudit.Audit.Scans;

/// <summary>What a flow is as a probe of a port scan.</summary>
internal enum ProbeKind
{
    /// <summary>None: an ordinary flow.</summary>
    None,

    /// <summary>One that other programs send as well (traceroute, discovery): it belongs to a scan that others show,
    /// and shows none by itself.</summary>
    Vague,

    /// <summary>An attempt that came to nothing: refused, rejected, unanswered, undecided; or segments that belong to
    /// no connection, which only a probe sends.</summary>
    Failed,

    /// <summary>Something answered, and nothing was said: a connection that one side at least left without a word, an
    /// echo that came back.</summary>
    Opened,
}
