using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.PolicyReview;

/// <summary>What the captures say of a rule of a firewall.</summary>
public enum PolicyUse
{
    /// <summary>Connections needed it, and all that it allows is in use as far as can be counted.</summary>
    Used,

    /// <summary>Connections needed a part of what it allows.</summary>
    PartUsed,

    /// <summary>Connections may have needed it: the configuration or the captures do not say enough.</summary>
    PossiblyUsed,

    /// <summary>The captures watched long enough, and no connection needed it.</summary>
    Unused,

    /// <summary>No connection needed it, in a window too short to call it unused.</summary>
    NotSeen,

    /// <summary>It is switched off, or nothing applies its list.</summary>
    Inactive,
}

/// <summary>What the documents and the site's own rules say of a rule of a firewall.</summary>
public enum PolicyNeed
{
    /// <summary>They ask for all that it allows.</summary>
    Documented,

    /// <summary>They ask for a part of what it allows.</summary>
    Wider,

    /// <summary>They ask for nothing of what it allows.</summary>
    Undocumented,

    /// <summary>There is nothing to ask for: it allows nothing, or only what IP itself needs.</summary>
    NotCompared,
}

/// <summary>What to do with a rule.</summary>
public enum PolicyAdvice
{
    /// <summary>Leave it as it is.</summary>
    Keep,

    /// <summary>Narrow it to what is documented or used.</summary>
    Tighten,

    /// <summary>Ask its owner, then remove it.</summary>
    Close,

    /// <summary>Ask its owner: what is known does not decide.</summary>
    Review,

    /// <summary>Add a rule that the documents ask for.</summary>
    Add,
}

/// <summary>A rule of a firewall as document, configuration and traffic show it.</summary>
public sealed record PolicyRuleRow
{
    /// <summary>The list that holds it.</summary>
    public required string List { get; init; }

    /// <summary>The rule.</summary>
    public required PolicyRule Rule { get; init; }

    /// <summary>What the captures say.</summary>
    public required PolicyUse Use { get; init; }

    /// <summary>Why, one sentence or two.</summary>
    public required string UseReason { get; init; }

    /// <summary>What the documents say.</summary>
    public required PolicyNeed Need { get; init; }

    /// <summary>Why, one sentence; empty where there is nothing to say.</summary>
    public required string NeedReason { get; init; }

    /// <summary>Rules of documents and site that ask for something that it allows, in their order; at most
    /// ten.</summary>
    public required ImmutableArray<Rule> Documents { get; init; }

    /// <summary>Connections that it decided.</summary>
    public required long Connections { get; init; }

    /// <summary>Sum of original frame lengths of these connections, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Originators of these connections; 100 stands for 100 or more.</summary>
    public required int Originators { get; init; }

    /// <summary>Responders of these connections; 100 stands for 100 or more.</summary>
    public required int Responders { get; init; }

    /// <summary>Responder ports of these connections as ranges; the lowest 256 ports.</summary>
    public required string Ports { get; init; }

    /// <summary>Start of the first of them, in nanoseconds since the Unix epoch; null without any.</summary>
    public required long? FirstNs { get; init; }

    /// <summary>End of the last of them; null without any.</summary>
    public required long? LastNs { get; init; }

    /// <summary>Capture points that could have shown its connections, by name; where the site does not say what they
    /// see, all.</summary>
    public ImmutableArray<string> CapturePoints { get; init; } = [];

    /// <summary>Earlier rules that leave it nothing to decide; empty where some traffic can come to it.</summary>
    public ImmutableArray<PolicyRule> CoveredBy { get; init; } = [];

    /// <summary>What to do.</summary>
    public required PolicyAdvice Advice { get; init; }

    /// <summary>Why, one sentence or two.</summary>
    public required string AdviceReason { get; init; }
}

/// <summary>The names of these in output.</summary>
public static class PolicyWords
{
    /// <summary>The word of a use.</summary>
    public static string ToText(this PolicyUse use) => use switch
    {
        PolicyUse.Used => "used",
        PolicyUse.PartUsed => "part-used",
        PolicyUse.PossiblyUsed => "possibly-used",
        PolicyUse.Unused => "unused",
        PolicyUse.NotSeen => "not-seen",
        PolicyUse.Inactive => "inactive",
    };

    /// <summary>The word of a need.</summary>
    public static string ToText(this PolicyNeed need) => need switch
    {
        PolicyNeed.Documented => "documented",
        PolicyNeed.Wider => "wider",
        PolicyNeed.Undocumented => "undocumented",
        PolicyNeed.NotCompared => "not-compared",
    };

    /// <summary>The word of an advice.</summary>
    public static string ToText(this PolicyAdvice advice) => advice switch
    {
        PolicyAdvice.Keep => "keep",
        PolicyAdvice.Tighten => "tighten",
        PolicyAdvice.Close => "close",
        PolicyAdvice.Review => "review",
        PolicyAdvice.Add => "add",
    };

    /// <summary>The word of an action.</summary>
    public static string ToText(this PolicyAction action) => action switch
    {
        PolicyAction.Permit => "permit",
        PolicyAction.Drop => "drop",
        PolicyAction.Reject => "reject",
        PolicyAction.Continue => "continue",
        PolicyAction.Jump => "jump",
        PolicyAction.Goto => "goto",
        PolicyAction.Return => "return",
    };

    /// <summary>The word of an outcome.</summary>
    public static string ToText(this PolicyOutcome outcome) => outcome switch
    {
        PolicyOutcome.Permitted => "permitted",
        PolicyOutcome.Dropped => "dropped",
        PolicyOutcome.Rejected => "rejected",
        PolicyOutcome.Undecided => "undecided",
    };
}
