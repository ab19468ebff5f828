namespace PortAudit.Audit.Site;

/// <summary>What holds from one segment to another where no rule covers the traffic: a conduit between two zones
/// (IEC 62443-3-2 §3.1).</summary>
/// <param name="From">Segment of the originators.</param>
/// <param name="To">Segment of the responders.</param>
/// <param name="Default">What is said of traffic that no rule covers.</param>
/// <param name="Reason">Why.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Line">Line of the site file in which it begins.</param>
public sealed record Conduit(string From, string To, ConduitDefault Default, string Reason, string Owner, int Line);

/// <summary>What a conduit says of traffic that no rule covers.</summary>
public enum ConduitDefault
{
    /// <summary>It is unexpected, as it is without a conduit.</summary>
    Unexpected,

    /// <summary>It is allowed.</summary>
    Permitted,

    /// <summary>It is forbidden.</summary>
    Forbidden,
}
