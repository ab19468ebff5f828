namespace PortAudit.Traffic.Records;

/// <summary>
/// The TCP reset that stopped an attempt, or that ended a connection before both sides had finished it. Who sent it is
/// known by the hop limit that it came with, beside those of the packets that the host has sent for certain:
/// docs/decisions/014-whose-reset.md.
/// </summary>
/// <param name="Origin">Who sent it.</param>
/// <param name="ByOriginator">True when it bears the originator's address, false for the responder's.</param>
/// <param name="HopLimit">Time to live (IPv4) or hop limit (IPv6) that it came with; 0 when it was not noted.</param>
/// <param name="UsualHopLimit">The hop limit of the nearest of the host's other packets; for
/// <see cref="ResetOrigin.Host"/> the same as <paramref name="HopLimit"/>; 0 when none was seen.</param>
public readonly record struct FlowReset(ResetOrigin Origin, bool ByOriginator, byte HopLimit, byte UsualHopLimit)
{
    /// <summary>The reset, weighed against the hop limits of the host's other packets.</summary>
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

    /// <summary>In words, for example <c>TCP RST with TTL 64 against the host's usual 61</c>.</summary>
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
