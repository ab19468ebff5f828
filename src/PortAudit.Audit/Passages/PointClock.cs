using System.Collections.Immutable;

namespace PortAudit.Audit.Passages;

/// <summary>How well the clocks of two capture points are set against each other.</summary>
public enum ClockFit
{
    /// <summary>Nothing passed both points in either direction.</summary>
    None,

    /// <summary>Packets of one direction only passed: the difference has one bound, and delays are not known.</summary>
    OneBound,

    /// <summary>One difference fits all the time.</summary>
    Constant,

    /// <summary>The difference grows evenly.</summary>
    Drift,

    /// <summary>Each five minutes have a difference of their own.</summary>
    Windows,
}

/// <summary>The words of <see cref="ClockFit"/>.</summary>
public static class ClockFitText
{
    /// <summary>The word in machine-readable output.</summary>
    public static string ToText(this ClockFit fit) => fit switch
    {
        ClockFit.None => "none",
        ClockFit.OneBound => "one-bound",
        ClockFit.Constant => "constant",
        ClockFit.Drift => "drift",
        ClockFit.Windows => "windows",
    };
}

/// <summary>
/// How much later the clock of the second capture point reads than that of the first. No packet arrives before it was
/// sent: what goes from the first point to the second bounds the difference from above, what comes back from below
/// (Paxson, On Calibrating Measurements of Packet Transit Times, 1998).
/// </summary>
/// <param name="Fit">How it is known.</param>
/// <param name="Windows">Bounds of each time: one for <see cref="ClockFit.Constant"/>.</param>
/// <param name="DriftPerSecond">Nanoseconds by which the difference grows in a second; 0 unless it drifts.</param>
public sealed record PointClock(ClockFit Fit, ImmutableArray<ClockWindow> Windows, double DriftPerSecond)
{
    /// <summary>Time for which one difference is sought when none fits for longer, in nanoseconds.</summary>
    public const long WindowNs = 300_000_000_000;

    /// <summary>A clock of which nothing is known.</summary>
    public static readonly PointClock Unknown = new(ClockFit.None, [], 0);

    /// <summary>The difference at a time of the first point's clock, in nanoseconds, with how far it may be off; null
    /// when it is not known.</summary>
    public (long OffsetNs, long HalfWidthNs)? At(long timestampNs)
    {
        if (Fit is ClockFit.None or ClockFit.OneBound)
            return null;
        var window = Fit == ClockFit.Windows
            ? Windows.FirstOrDefault(window => timestampNs >= window.FromNs && timestampNs < window.FromNs + WindowNs)
            : Windows[0];
        if (window is null || window.LowestNs > window.HighestNs)
            return null;
        var drift = (long)(DriftPerSecond * ((timestampNs - window.FromNs) / 1e9));
        return (((window.LowestNs + window.HighestNs) / 2) + drift, (window.HighestNs - window.LowestNs) / 2);
    }
}

/// <summary>Bounds of the difference of two clocks.</summary>
/// <param name="FromNs">From when on, by the first clock, in nanoseconds since the Unix epoch.</param>
/// <param name="LowestNs">The difference is at least this, in nanoseconds.</param>
/// <param name="HighestNs">It is at most this. Below <paramref name="LowestNs"/> where a clock was set
/// meanwhile.</param>
public sealed record ClockWindow(long FromNs, long LowestNs, long HighestNs);
