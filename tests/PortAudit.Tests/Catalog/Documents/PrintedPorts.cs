using System.Globalization;
using PortAudit.Audit.Catalog;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>Ports as a document prints them; the upper bound may be no port (65536 at two places of KB
/// 832017).</summary>
/// <param name="First">Lowest port.</param>
/// <param name="Last">Highest port.</param>
internal sealed record PrintedPorts(int First, int Last)
{
    /// <summary>Ports that the document leaves to an administrator without a number.</summary>
    public static readonly PrintedPorts Configured = new(0, 0);

    /// <summary>The whole range in which a host allocates ports by itself, as all its printed bounds are
    /// read.</summary>
    public static readonly PortRange Dynamic = new(1024, ushort.MaxValue);

    // "Higher than port 1024" is 1025; the documents end the same range at 65534, 65535 and 65536.
    private const int HighestLowerBound = 1025;
    private const int LowestUpperBound = 65534;

    /// <summary>True when the catalog's <paramref name="range"/> is this one, or the reading of all dynamic ranges as
    /// 1024-65535.</summary>
    public bool IsReadAs(PortRange range) =>
        (range.First == First && range.Last == Last)
        || (First >= Dynamic.First && First <= HighestLowerBound && Last >= LowestUpperBound && range == Dynamic);

    /// <inheritdoc />
    public override string ToString() => this == Configured ? "(no number)"
        : First == Last ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
