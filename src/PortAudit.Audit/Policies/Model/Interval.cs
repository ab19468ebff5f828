using System.Numerics;

namespace PortAudit.Audit.Policies.Model;

/// <summary>A range of numbers, both ends included.</summary>
/// <param name="First">Lowest number.</param>
/// <param name="Last">Highest number, at least <paramref name="First"/>.</param>
public readonly record struct Interval<T>(T First, T Last)
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <summary>True when <paramref name="value"/> is in the range.</summary>
    public bool Contains(T value) => value >= First && value <= Last;
}
