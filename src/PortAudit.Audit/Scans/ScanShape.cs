using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Scans;

/// <summary>Decides by its targets whether an originator scans (measurements: docs/decisions/016-scans.md): many ports
/// of one host, one port of many hosts, or a grid. Only failed attempts that no rule allows count.</summary>
internal static class ScanShape
{
    /// <summary>Ports of one host. A client of a domain controller tries a dozen; a client of peer-to-peer networks was
    /// seen to try 6 of one peer.</summary>
    public const int PortsOfOneHost = 20;

    /// <summary>Hosts of the site, or of private addresses, on one port.</summary>
    public const int HostsOnOnePort = 20;

    /// <summary>Hosts of the Internet on one port: a client whose way to the web is closed, and one that looks for its
    /// peers, tries many as well.</summary>
    public const int DistantHostsOnOnePort = 1_000;

    /// <summary>Targets of a grid, inside.</summary>
    public const int TargetsOfGrid = 40;

    /// <summary>Targets of a grid for each host, or each port, of which there are fewer. A client of peer-to-peer
    /// networks has about as many ports as hosts, which gives 1.</summary>
    public const int DensityOfGrid = 4;

    /// <summary>Targets of segments with impossible flags. Only scanners send them, but a damaged frame may look like
    /// one.</summary>
    public const int TargetsOfFlags = 3;

    /// <summary>No shape of ordinary attempts has fewer targets than this, of one transport.</summary>
    private const int FewestTargets = PortsOfOneHost < HostsOnOnePort ? PortsOfOneHost : HostsOnOnePort;

    private const TargetMarks Alive = TargetMarks.Opened | TargetMarks.Spoke;

    /// <summary>True when these targets of one originator are those of a scan.</summary>
    public static bool IsScan(IEnumerable<TargetTally> targets) =>
        targets.GroupBy(tally => tally.Target.Transport).Any(group => IsScan(group.Key, [.. group]));

    private static bool IsScan(IpProtocol transport, List<TargetTally> targets)
    {
        if (targets.Count(tally => tally.Has(TargetMarks.Flags)) >= TargetsOfFlags)
            return true;
        var counted = targets.Where(Counts).ToList();
        if (counted.Count < FewestTargets)
            return false;
        if (transport.HasPorts
            && counted.GroupBy(tally => tally.Target.Address).Any(host => host.Count() >= PortsOfOneHost))
            return true;
        return targets.GroupBy(tally => tally.Target.Port).Any(IsHorizontal)
            || (IsMostlyDead(targets) && IsGrid([.. counted.Where(IsInside)]));
    }

    private static bool IsHorizontal(IEnumerable<TargetTally> onPort)
    {
        var targets = onPort.ToList();
        var counted = targets.Where(Counts).ToList();
        return (counted.Count(IsInside) >= HostsOnOnePort || counted.Count >= DistantHostsOnOnePort)
            && IsMostlyDead(targets);
    }

    private static bool IsGrid(List<TargetTally> counted)
    {
        var hosts = counted.Select(tally => tally.Target.Address).Distinct().Count();
        var ports = counted.Select(tally => tally.Target.Port).Distinct().Count();
        return counted.Count >= TargetsOfGrid && counted.Count >= DensityOfGrid * Math.Min(hosts, ports) && hosts > 1
            && ports > 1;
    }

    /// <summary>Who polls hosts finds most of them; who scans finds few.</summary>
    private static bool IsMostlyDead(List<TargetTally> targets) =>
        targets.Count(Counts) > targets.Count(tally => (tally.Marks & Alive) != 0);

    private static bool Counts(TargetTally tally) => tally.Has(TargetMarks.Counts) && !tally.Has(TargetMarks.Spoke);

    private static bool IsInside(TargetTally tally) => tally.Has(TargetMarks.Inside);
}
