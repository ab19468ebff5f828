using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Dynamic;

/// <summary>How far announcements explain the flows between two roles on dynamic ports, and what a firewall needs for
/// them.</summary>
public sealed record DynamicPortRow
{
    /// <summary>Originating role.</summary>
    public required string From { get; init; }

    /// <summary>Responding role.</summary>
    public required string To { get; init; }

    /// <summary>The rule in whose range the ports lie; null when no rule covers them.</summary>
    public required Rule? Rule { get; init; }

    /// <summary>Transport name.</summary>
    public required string Transport { get; init; }

    /// <summary>The rule's ports with the site's parameter filled in; empty without a rule or without ports.</summary>
    public required string Range { get; init; }

    /// <summary>Flows to such ports.</summary>
    public required long Flows { get; init; }

    /// <summary>Flows by the grade of what explains them, best first, only those that occurred.</summary>
    public required ImmutableArray<KeyValuePair<AnnouncementGrade, long>> Explained { get; init; }

    /// <summary>Flows in the range that nothing explains.</summary>
    public required long Unexplained { get; init; }

    /// <summary>Flows in the range of logs that cannot tell what was announced.</summary>
    public long NotObservable => Flows - Unexplained - Explained.Sum(grade => grade.Value);

    /// <summary>Services that were announced or called there, by announcer and name.</summary>
    public required ImmutableArray<DynamicService> Services { get; init; }

    /// <summary>Services beyond <see cref="DynamicPortTally.MaximumServices"/>.</summary>
    public required bool HasMoreServices { get; init; }

    /// <summary>Ports that were announced between the two roles, used or not, and ports that explained flows used:
    /// ranges, ascending.</summary>
    public required ImmutableArray<PortRange> Announced { get; init; }

    /// <summary>The narrowest range that would have sufficed; null when no port was announced.</summary>
    public required PortRange? Narrowest { get; init; }

    /// <summary>A warning before narrowing the range, or null.</summary>
    public required string? Warning { get; init; }

    /// <summary>What the documents advise about the rules that cover these ports, by identifier.</summary>
    public required ImmutableArray<Advice> Advice { get; init; }

    /// <summary>What a firewall that opens these ports by itself needs, by announcer.</summary>
    public required ImmutableArray<Pinhole> Pinholes { get; init; }
}

/// <summary>A service on announced ports.</summary>
/// <param name="AnnouncedBy">Registry name of the protocol that announced it.</param>
/// <param name="IsOnPortItself">True when it was known only because it was called by its name on the port
/// itself.</param>
/// <param name="Protocol">Registry name of the protocol that is spoken there; null when it is left open.</param>
/// <param name="Name">Name of the service; null if none.</param>
/// <param name="Id">What identifies it to programs; null without anything.</param>
/// <param name="Flows">Flows that it explains.</param>
/// <param name="Ports">Their ports: ranges, ascending.</param>
/// <param name="FirstNs">Time of the earliest announcement that explains one of them, in nanoseconds since the Unix
/// epoch.</param>
/// <param name="Frame">The frame of that announcement.</param>
public sealed record DynamicService(
    string AnnouncedBy, bool IsOnPortItself, string? Protocol, string? Name, string? Id, long Flows,
    ImmutableArray<PortRange> Ports, long FirstNs, FrameReference Frame);

/// <summary>What a firewall that opens announced ports by itself needs: how long a pinhole waits for its use. A
/// firewall that does not follow the control channel has to open the whole range.</summary>
/// <param name="AnnouncedBy">Registry name of the control protocol to follow.</param>
/// <param name="Announcements">Announcements that were used.</param>
/// <param name="LongestWaitNs">The longest time from an announcement to its first use, in nanoseconds.</param>
/// <param name="LongestPauseNs">The longest silence between one use and the next, in nanoseconds; 0 when none was used
/// twice.</param>
public sealed record Pinhole(string AnnouncedBy, long Announcements, long LongestWaitNs, long LongestPauseNs);
