using System.Collections.Immutable;
using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Coverage;

/// <summary>Why a host took no part in a rule that its role may or must exercise.</summary>
public enum IdleReason
{
    /// <summary>It was active where its flows would have been seen, and there was none.</summary>
    NotTried,

    /// <summary>The same, but the capture is shorter than the rule's period.</summary>
    WindowTooShort,

    /// <summary>Its flows on the rule's port were not of the protocol and security that the rule asks for.</summary>
    Misfit,

    /// <summary>It sent no packet.</summary>
    Silent,

    /// <summary>It was active, but its flows with the other role would not have been seen, or are ambiguous.</summary>
    NotObservable,
}

/// <summary>The names of <see cref="IdleReason"/> in output.</summary>
public static class IdleReasonText
{
    /// <summary>The name in output; those of <see cref="RuleStatus"/> where they mean the same.</summary>
    public static string ToText(this IdleReason reason) => reason switch
    {
        IdleReason.NotTried => RuleStatus.NotTried.ToText(),
        IdleReason.WindowTooShort => RuleStatus.WindowTooShort.ToText(),
        IdleReason.Misfit => "misfit",
        IdleReason.Silent => "silent",
        IdleReason.NotObservable => RuleStatus.NotObservable.ToText(),
    };
}

/// <summary>A host of the site that neither exercised nor tried a rule, though it has the role.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Why">Why.</param>
public sealed record IdleHost(string Name, IdleReason Why);

/// <summary>Those of one side of a rule that neither exercised nor tried it, though they have the role.</summary>
/// <param name="Hosts">Hosts of the site, by name, at most <see cref="MaximumListed"/>.</param>
/// <param name="NotListed">Hosts beyond them.</param>
/// <param name="Addresses">Addresses of networks that were active; null when they are not distinguished: a built-in
/// role, or more of them than are remembered.</param>
/// <param name="ActiveAddresses">Active addresses of networks in the role, those that took part among them; null
/// likewise.</param>
public sealed record NonParticipants(
    ImmutableArray<IdleHost> Hosts, int NotListed, long? Addresses, long? ActiveAddresses)
{
    /// <summary>Idle hosts listed on a side of a rule.</summary>
    public const int MaximumListed = 100;

    /// <summary>None expected: the role is built in.</summary>
    public static readonly NonParticipants None = new([], 0, null, null);

    /// <summary>The names of those that are idle for a reason.</summary>
    public ImmutableArray<string> Of(IdleReason why) =>
        [.. Hosts.Where(host => host.Why == why).Select(host => host.Name)];
}
