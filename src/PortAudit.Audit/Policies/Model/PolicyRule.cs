using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Model;

/// <summary>What a rule does with a packet that it matches.</summary>
public enum PolicyAction
{
    /// <summary>Lets it pass; the list ends.</summary>
    Permit,

    /// <summary>Discards it silently; the list ends.</summary>
    Drop,

    /// <summary>Discards it with an answer (reset or ICMP); the list ends.</summary>
    Reject,

    /// <summary>Nothing that decides, such as a log entry or a counter; the next rule follows.</summary>
    Continue,

    /// <summary>Goes on with the list <see cref="PolicyRule.Target"/> and comes back when that does not
    /// decide.</summary>
    Jump,

    /// <summary>Goes on with the list <see cref="PolicyRule.Target"/> and does not come back.</summary>
    Goto,

    /// <summary>Goes back to the rule behind the jump.</summary>
    Return,
}

/// <summary>How the zones of a packet's two sides have to relate.</summary>
public enum ZoneRelation
{
    /// <summary>In any way.</summary>
    Any,

    /// <summary>They are the same (PAN-OS <c>intrazone</c>).</summary>
    Same,

    /// <summary>They differ (PAN-OS <c>interzone</c>).</summary>
    Different,
}

/// <summary>What a condition depends on that packets of a network do not show, or that is not evaluated.</summary>
public enum ConditionKind
{
    /// <summary>An application, as the device recognises it.</summary>
    Application,

    /// <summary>A user, group or computer account.</summary>
    User,

    /// <summary>A program on the host.</summary>
    Program,

    /// <summary>A service of the operating system.</summary>
    SystemService,

    /// <summary>Ports that the RPC run-time system of Windows assigned.</summary>
    RpcPort,

    /// <summary>Days or times of day.</summary>
    Schedule,

    /// <summary>A network profile of Windows.</summary>
    Profile,

    /// <summary>IPsec protection.</summary>
    Ipsec,

    /// <summary>A rate or a number of connections.</summary>
    Rate,

    /// <summary>A mark of an earlier rule or list.</summary>
    Mark,

    /// <summary>TCP flags, options or other parts of a header.</summary>
    Header,

    /// <summary>Anything else; its text says what.</summary>
    Other,
}

/// <summary>Something a rule asks for beyond zones, addresses, services and states.</summary>
/// <param name="Kind">What it depends on.</param>
/// <param name="Text">The condition as the configuration says it, shortened.</param>
public sealed record PolicyCondition(ConditionKind Kind, string Text)
{
    /// <summary>The network profiles of Windows. The text of a <see cref="ConditionKind.Profile"/> condition names
    /// those for which it holds, comma-separated.</summary>
    public static ImmutableArray<string> Profiles { get; } = ["Domain", "Private", "Public"];

    /// <summary>Whether it holds for a packet.</summary>
    public Certainty Holds(in PolicyProbe probe) => Kind switch
    {
        ConditionKind.RpcPort => Of(probe.IsRpcPort),
        ConditionKind.Profile => Of(probe.Profile is { } profile
            ? Text.Contains(profile, StringComparison.OrdinalIgnoreCase) : null),
        ConditionKind.Application or ConditionKind.User or ConditionKind.Program or ConditionKind.SystemService
            or ConditionKind.Schedule or ConditionKind.Ipsec or ConditionKind.Rate or ConditionKind.Mark
            or ConditionKind.Header or ConditionKind.Other => Certainty.Maybe,
    };

    private static Certainty Of(bool? isSo) => isSo switch
    {
        true => Certainty.Yes,
        false => Certainty.No,
        null => Certainty.Maybe,
    };
}

/// <summary>A line of a file.</summary>
/// <param name="File">Path of the file as the user wrote it.</param>
/// <param name="Line">Line, the first is 1.</param>
public readonly record struct PolicyLine(string File, int Line)
{
    /// <summary><c>FILE:LINE</c>.</summary>
    public override string ToString() => $"{File}:{Line}";
}

/// <summary>A rule of a firewall.</summary>
public sealed record PolicyRule
{
    /// <summary>Its name in the configuration, or the list's name and its number: <c>outside_in 3</c>. Unique in its
    /// list.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required PolicyLine Line { get; init; }

    /// <summary>The line as the configuration has it, shortened; control characters are escaped.</summary>
    public required string Text { get; init; }

    /// <summary>What it does.</summary>
    public required PolicyAction Action { get; init; }

    /// <summary>Name of the list that <see cref="PolicyAction.Jump"/> or <see cref="PolicyAction.Goto"/> goes to.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>Zones or interfaces that the packet comes from.</summary>
    public ZoneMatch From { get; init; } = ZoneMatch.Any;

    /// <summary>Zones or interfaces that the packet leaves by.</summary>
    public ZoneMatch To { get; init; } = ZoneMatch.Any;

    /// <summary>How the two zones have to relate.</summary>
    public ZoneRelation Zones { get; init; }

    /// <summary>Addresses of the sender.</summary>
    public AddressMatch Source { get; init; } = AddressMatch.Any;

    /// <summary>Addresses of the receiver.</summary>
    public AddressMatch Destination { get; init; } = AddressMatch.Any;

    /// <summary>Services, any of which has to match; never empty.</summary>
    public ImmutableArray<ServiceMatch> Services { get; init; } = [ServiceMatch.Any];

    /// <summary>States of the connection.</summary>
    public ConnectionStates States { get; init; } = ConnectionStates.All;

    /// <summary>Further conditions, all of which have to hold.</summary>
    public ImmutableArray<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>True when it permits even what another rule drops: authenticated bypass of Windows Firewall, in a list
    /// of <see cref="PolicyOrder.BlockFirst"/>.</summary>
    public bool OverridesBlocks { get; init; }

    /// <summary>False when the configuration has it switched off.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>True when no line states it: the default of a list, or a default of the product.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>A comment or description; null without one.</summary>
    public string? Comment { get; init; }

    /// <summary>Packets or connections that the device counted; null when the file has no counter.</summary>
    public long? Hits { get; init; }

    /// <summary>True when it decides: permits, drops or rejects.</summary>
    public bool IsDecision => Action is PolicyAction.Permit or PolicyAction.Drop or PolicyAction.Reject;

    /// <summary>Whether a packet matches, conditions included: one that cannot be evaluated makes it open.</summary>
    public Certainty Matches(in PolicyProbe probe)
    {
        if (!IsEnabled || (States & probe.State) == 0)
            return Certainty.No;
        var least = Source.Matches(AddressSet.Number(probe.Source));
        if (least == Certainty.No)
            return Certainty.No;
        least = Least(least, Destination.Matches(AddressSet.Number(probe.Destination)));
        if (least == Certainty.No)
            return Certainty.No;
        least = Least(least, MatchesService(probe));
        if (least == Certainty.No)
            return Certainty.No;
        least = Least(least, Least(From.Matches(probe.FromZone), To.Matches(probe.ToZone)));
        least = Least(least, Relates(probe));
        foreach (var condition in Conditions)
            least = Least(least, condition.Holds(probe));
        return least;
    }

    private Certainty MatchesService(in PolicyProbe probe)
    {
        var best = Certainty.No;
        var isRpc = probe.IsRpcPort == true && Conditions.Any(condition => condition.Kind == ConditionKind.RpcPort);
        foreach (var service in Services)
        {
            // The ports of an RPC rule are those that Windows assigns by itself. An announced port is meant wherever
            // the host put it.
            var meant = isRpc ? service with { DestinationPorts = IntervalSet.All<ushort>() } : service;
            var match = meant.Matches(probe);
            if (match == Certainty.Yes)
                return match;
            best = match > best ? match : best;
        }

        return best;
    }

    private Certainty Relates(in PolicyProbe probe)
    {
        if (Zones == ZoneRelation.Any)
            return Certainty.Yes;
        bool? isSame = probe is { FromZone: { } from, ToZone: { } to }
            ? string.Equals(from, to, StringComparison.OrdinalIgnoreCase)
            : probe.CrossesZones ? false : null;
        if (isSame is null)
            return Certainty.Maybe;
        return isSame == (Zones == ZoneRelation.Same) ? Certainty.Yes : Certainty.No;
    }

    private static Certainty Least(Certainty first, Certainty second) => first < second ? first : second;
}
