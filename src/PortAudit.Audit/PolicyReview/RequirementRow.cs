using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.PolicyReview;

/// <summary>What a firewall does with traffic that a document asks for.</summary>
public enum RequirementStatus
{
    /// <summary>It lets it pass: for each host and port, or for some of a party that is no list of hosts.</summary>
    Open,

    /// <summary>It stops a part of it.</summary>
    PartlyClosed,

    /// <summary>It stops all of it.</summary>
    Closed,

    /// <summary>The configuration does not say enough.</summary>
    Undecided,
}

/// <summary>Traffic that a document or the site asks for, put to the rules of a firewall.</summary>
/// <param name="Rule">The rule of the document or the site.</param>
/// <param name="Status">What the firewall does with it.</param>
/// <param name="Needed">True when the site needs it, false when it is merely allowed.</param>
/// <param name="Probes">Combinations of hosts and ports that were tried.</param>
/// <param name="Stopped">Those of them that the firewall stops.</param>
/// <param name="Examples">Some of those that it stops, or cannot be decided, with the rule that decides.</param>
public sealed record RequirementRow(Rule Rule, RequirementStatus Status, bool Needed, int Probes, int Stopped,
    ImmutableArray<RequirementExample> Examples)
{
    /// <summary>Addresses of the originators that the rule stands for in this site.</summary>
    public IntervalSet<UInt128> From { get; init; } = IntervalSet.Empty<UInt128>();

    /// <summary>Addresses of the responders.</summary>
    public IntervalSet<UInt128> To { get; init; } = IntervalSet.Empty<UInt128>();
}

/// <summary>A combination of hosts and port, and the rule of the firewall that decides.</summary>
/// <param name="From">Originator: name, address, or a range of addresses.</param>
/// <param name="To">Responder.</param>
/// <param name="Service">Transport and port.</param>
/// <param name="Outcome">What the firewall does.</param>
/// <param name="Decider">The rule; of an undecided combination one that may permit it; null when the lists leave it
/// open.</param>
public sealed record RequirementExample(string From, string To, string Service, PolicyOutcome Outcome,
    PolicyRule? Decider)
{
    /// <summary>True when the firewall does not let it pass.</summary>
    internal bool IsStopped => Outcome is PolicyOutcome.Dropped or PolicyOutcome.Rejected;
}

/// <summary>The words of requirements in output.</summary>
public static class RequirementWords
{
    /// <summary>The word of a status.</summary>
    public static string ToText(this RequirementStatus status) => status switch
    {
        RequirementStatus.Open => "open",
        RequirementStatus.PartlyClosed => "partly-closed",
        RequirementStatus.Closed => "closed",
        RequirementStatus.Undecided => "undecided",
    };
}
