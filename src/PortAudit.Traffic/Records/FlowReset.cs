namespace PortAudit.Traffic.Records;

/// <summary>The TCP reset that stopped an attempt, or ended a connection before both sides had closed. Its sender is
/// determined by comparing hop limits with the host's other packets: docs/decisions/014-whose-reset.md.</summary>
/// <param name="Origin">Who sent it.</param>
/// <param name="ByOriginator">True when it has the originator's address, false for the responder's.</param>
/// <param name="HopLimit">Its time to live (IPv4) or hop limit (IPv6); 0 when not recorded.</param>
/// <param name="UsualHopLimit">Hop limit of the host's packet from the shortest path; for
/// <see cref="ResetOrigin.Host"/> the same as <paramref name="HopLimit"/>; 0 when none was seen.</param>
public readonly record struct FlowReset(ResetOrigin Origin, bool ByOriginator, byte HopLimit, byte UsualHopLimit)
{
    /// <summary>Compares a reset with the hop limits of the host's other packets.</summary>
    internal static FlowReset Of(bool byOriginator, byte hopLimit, HopLimitSet usual)
    {
        if (hopLimit == 0 || usual.IsEmpty)
            return new FlowReset(ResetOrigin.Unknown, byOriginator, hopLimit, usual.Nearest);
        if (usual.Contains(hopLimit))
            return new FlowReset(ResetOrigin.Host, byOriginator, hopLimit, hopLimit);
        var isOthers = !usual.IsFull && HopCount.IsNearer(hopLimit, usual.Nearest);
        return new FlowReset(isOthers ? ResetOrigin.AnotherDevice : ResetOrigin.Unknown, byOriginator, hopLimit,
            usual.Nearest);
    }

    /// <summary>Text, for example <c>TCP RST with TTL 64 against the host's usual 61</c>.</summary>
    internal string ToText(bool isIpv4)
    {
        var term = isIpv4 ? "TTL" : "hop limit";
        return (Origin, HopLimit, UsualHopLimit) switch
        {
            (_, 0, _) => "TCP RST",
            (ResetOrigin.Host, _, _) => $"TCP RST with the host's usual {term} {HopLimit}",
            (_, _, 0) => $"TCP RST with {term} {HopLimit}",
            _ => $"TCP RST with {term} {HopLimit} against the host's usual {UsualHopLimit}",
        };
    }
}
