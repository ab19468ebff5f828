using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Which of several matching rules decides.</summary>
public enum PolicyOrder
{
    /// <summary>The first that matches.</summary>
    FirstMatch,

    /// <summary>One that drops or rejects before one that permits, whatever their order (Windows Firewall).</summary>
    BlockFirst,
}

/// <summary>A list of rules: an access list, a chain, a rulebase.</summary>
public sealed record PolicyList
{
    /// <summary>Its name, unique in the policy.</summary>
    public required string Name { get; init; }

    /// <summary>Its rules in their order. The last one of a list that is not only jumped to is implicit and matches
    /// everything: the default.</summary>
    public required ImmutableArray<PolicyRule> Rules { get; init; }

    /// <summary>Which matching rule decides.</summary>
    public PolicyOrder Order { get; init; }

    /// <summary>Where the device applies it; empty for a list that is only jumped to, or that no line
    /// applies.</summary>
    public ImmutableArray<PolicyBinding> Bindings { get; init; } = [];
}

/// <summary>Where a device applies a list.</summary>
/// <param name="Hook">To which packets.</param>
/// <param name="From">Zones or interfaces that the packet comes from.</param>
/// <param name="To">Zones or interfaces that the packet leaves by.</param>
public sealed record PolicyBinding(PolicyHook Hook, ZoneMatch From, ZoneMatch To);

/// <summary>A zone or interface of a device, with the networks that the configuration puts behind it.</summary>
/// <param name="Name">Its name in rules and bindings.</param>
/// <param name="Networks">Networks of its addresses and of static routes through it; empty when the configuration has
/// none.</param>
/// <param name="Line">Where it is configured.</param>
public sealed record PolicyZone(string Name, IntervalSet<UInt128> Networks, PolicyLine Line);

/// <summary>An address translation.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Text">The line, shortened.</param>
/// <param name="Real">Addresses as the host has them; null when not known.</param>
/// <param name="Mapped">Addresses as the other side sees them; null when not known. For a static translation the two
/// sets have the same size and order.</param>
/// <param name="IsStatic">True when hosts on the other side reach <paramref name="Real"/> by
/// <paramref name="Mapped"/>.</param>
public sealed record PolicyTranslation(PolicyLine Line, string Text, IntervalSet<UInt128>? Real,
    IntervalSet<UInt128>? Mapped, bool IsStatic)
{
    /// <summary>True when it translates ports as well, which are not evaluated.</summary>
    public bool ChangesPorts { get; init; }
}

/// <summary>A line of policy that is not evaluated.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Text">The line, shortened; control characters are escaped.</param>
/// <param name="Reason">Why, in a clause: "unknown keyword 'foo'".</param>
public sealed record UnevaluatedLine(PolicyLine Line, string Text, string Reason);

/// <summary>How many lines of the files were policy, and how many of those were understood.</summary>
/// <param name="Total">Lines that are neither blank nor comments.</param>
/// <param name="Understood">Lines of policy that are evaluated.</param>
/// <param name="NotEvaluable">Lines of policy that are not evaluated; all of them are listed.</param>
/// <param name="Other">Lines about something other than what the firewall lets pass.</param>
public readonly record struct PolicyLineCounts(long Total, long Understood, long NotEvaluable, long Other)
{
    /// <summary>The sums of two.</summary>
    public static PolicyLineCounts operator +(PolicyLineCounts first, PolicyLineCounts second) => new(
        first.Total + second.Total, first.Understood + second.Understood, first.NotEvaluable + second.NotEvaluable,
        first.Other + second.Other);
}

/// <summary>A configuration file that was read.</summary>
/// <param name="Path">Its path as the user wrote it.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record PolicyFile(string Path, string Sha256);

/// <summary>The rules of one firewall, read from its configuration.</summary>
public sealed record Policy
{
    /// <summary>Name of the device: its host name, or the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The format (<c>cisco-asa</c>).</summary>
    public required string Format { get; init; }

    /// <summary>The files it was read from.</summary>
    public required ImmutableArray<PolicyFile> Files { get; init; }

    /// <summary>Its lists.</summary>
    public required ImmutableArray<PolicyList> Lists { get; init; }

    /// <summary>Its zones or interfaces.</summary>
    public ImmutableArray<PolicyZone> Zones { get; init; } = [];

    /// <summary>Its address translations.</summary>
    public ImmutableArray<PolicyTranslation> Translations { get; init; } = [];

    /// <summary>True when rules name the mapped addresses of translated destinations, as the client sends them (PAN-OS,
    /// ASA before 8.3); false when they name the real ones.</summary>
    public bool MatchesMappedAddresses { get; init; }

    /// <summary>True when replies of a permitted connection pass without a rule of their own.</summary>
    public bool IsStateful { get; init; } = true;

    /// <summary>Lines that are not evaluated, in the order of the files.</summary>
    public ImmutableArray<UnevaluatedLine> NotEvaluable { get; init; } = [];

    /// <summary>How many lines were understood.</summary>
    public PolicyLineCounts Lines { get; init; }

    /// <summary>The list of a name; null without one.</summary>
    public PolicyList? Find(string name) =>
        Lists.FirstOrDefault(list => string.Equals(list.Name, name, StringComparison.Ordinal));
}
