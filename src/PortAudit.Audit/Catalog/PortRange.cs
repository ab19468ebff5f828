using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Audit.Catalog;

/// <summary>A range of ports, inclusive.</summary>
/// <param name="First">Lowest port.</param>
/// <param name="Last">Highest port, at least <paramref name="First"/>.</param>
public readonly record struct PortRange(ushort First, ushort Last) : IComparable<PortRange>
{
    /// <summary>The first port that systems give out for a time alone (RFC 6335 §6).</summary>
    internal const ushort FirstDynamic = 49_152;

    /// <summary>Number of ports in the range.</summary>
    public int Size => Last - First + 1;

    /// <summary>True when the range is one port.</summary>
    public bool IsSingle => First == Last;

    /// <summary>True when <paramref name="port"/> lies in the range.</summary>
    public bool Contains(ushort port) => port >= First && port <= Last;

    internal bool Overlaps(PortRange other) => First <= other.Last && other.First <= Last;

    /// <summary>The ranges that hold these ports and no others, ascending.</summary>
    internal static ImmutableArray<PortRange> Union(IEnumerable<ushort> ports)
    {
        var ranges = ImmutableArray.CreateBuilder<PortRange>();
        foreach (var port in ports.Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last + 1 >= port)
                ranges[^1] = ranges[^1] with { Last = port };
            else
                ranges.Add(new PortRange(port, port));
        }

        return ranges.ToImmutable();
    }

    /// <inheritdoc />
    public int CompareTo(PortRange other) =>
        First != other.First ? First.CompareTo(other.First) : Last.CompareTo(other.Last);

    /// <summary><c>N</c> or <c>A-B</c>.</summary>
    public override string ToString() => IsSingle
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
