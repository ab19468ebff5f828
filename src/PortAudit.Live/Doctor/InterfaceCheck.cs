using System.Collections.Immutable;
using PortAudit.Live.Host;

namespace PortAudit.Live.Doctor;

/// <summary>Judges the interfaces: whether they can be captured, and whether what is captured is what crosses the
/// wire.</summary>
internal static class InterfaceCheck
{
    /// <summary>Interfaces that a line names at most; the rest is counted.</summary>
    private const int MaximumNamed = 8;

    /// <summary>Which interfaces can be captured.</summary>
    /// <param name="devices">All interfaces.</param>
    /// <param name="unlisted">Why they could not be listed; null when they could.</param>
    public static CheckResult OfAccess(ImmutableArray<CheckedDevice> devices, LiveProblem? unlisted)
    {
        if (unlisted is not null)
            return new CheckResult("interfaces", CheckState.Problem, $"they cannot be listed: {unlisted.Text}",
                unlisted.Remedy);
        var tried = devices.Where(one => one.Access.WasTried).ToList();
        var open = tried.Where(one => one.Access.CanCapture).ToList();
        if (tried.Count == 0)
            return new CheckResult("interfaces", CheckState.Problem, "there is none",
                "give this machine, or this container, a network interface");
        if (open.Count == 0)
            return new CheckResult("interfaces", CheckState.Problem,
                $"none of {Named(tried.Select(one => one.Device.Name))} can be captured: "
                    + $"{tried[0].Access.Problem!.Text}", tried[0].Access.Problem!.Remedy);

        // One that is down is that by intent; one that is up and refuses is not.
        var refused = tried.Where(one => one is { Device.IsUp: true, Access.CanCapture: false }).ToList();
        return refused.Count == 0
            ? new CheckResult("interfaces", CheckState.Ok,
                $"{Named(open.Select(one => one.Device.Name))} can be captured")
            : new CheckResult("interfaces", CheckState.Warning, $"{Named(refused.Select(one => one.Device.Name))} "
                + $"cannot be captured: {refused[0].Access.Problem!.Text}", refused[0].Access.Problem!.Remedy);
    }

    /// <summary>Which interfaces join or cut frames where capture does not see it.</summary>
    /// <param name="devices">Interfaces that are up, without loopback, with the offloads that are on; null where that
    /// is not known.</param>
    public static CheckResult OfOffloads(ImmutableArray<(string Device, ImmutableArray<string>? On)> devices)
    {
        var on = devices.Where(one => one.On is { IsEmpty: false }).ToList();
        var unknown = devices.Where(one => one.On is null).Select(one => one.Device).ToList();
        var unknownText = unknown.Count == 0 ? "" : $"not known of {Named(unknown)}";
        if (on.Count == 0)
        {
            var none = devices.Length > unknown.Count || devices.IsEmpty
                ? "none that makes frames larger than on the wire"
                : "";
            return new CheckResult("offloads", CheckState.Ok,
                string.Join("; ", new[] { none, unknownText }.Where(text => text.Length > 0)));
        }

        var listed = Named(on.Select(one => $"{one.Device} ({string.Join(", ", one.On!.Value)})"));
        var text = $"frames may be larger in a capture than on the wire, and fewer: "
            + $"{listed}{(unknownText.Length > 0 ? $"; {unknownText}" : "")}";
        return new CheckResult("offloads", CheckState.Warning, text, $"where packets are counted, switch them off: "
            + $"sudo ethtool -K {on[0].Device} {string.Join(' ', on[0].On!.Value.Select(name => $"{name} off"))}");
    }

    private static string Named(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MaximumNamed))
            + (all.Count > MaximumNamed ? FormattableString.Invariant($" and {all.Count - MaximumNamed} more") : "");
    }
}
