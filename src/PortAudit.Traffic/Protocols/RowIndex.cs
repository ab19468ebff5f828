using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols;

/// <summary>
/// Finds rows of the registry by a number of theirs. Where a number stands with two rows, it is the first one's. Nearly all numbers that are asked for are of no row; those
/// around them that are of none either share one page, so that the table stays in a core's cache.
/// </summary>
internal sealed class RowIndex
{
    private const int PageBits = 8;
    private const int PageLength = 1 << PageBits;

    private readonly byte[] _pages;
    private readonly byte[] _places;

    /// <summary>Indexes rows, 254 at most.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="numbersOf">A row's numbers.</param>
    /// <param name="largest">The largest number there can be.</param>
    public RowIndex(ImmutableArray<ProtocolRow> rows, Func<ProtocolRow, ImmutableArray<ushort>> numbersOf, int largest)
    {
        _pages = new byte[(largest >> PageBits) + 1];
        var taken = rows.SelectMany(row => numbersOf(row)).Select(number => number >> PageBits).Distinct().ToList();
        for (var index = 0; index < taken.Count; index++)
            _pages[taken[index]] = checked((byte)(index + 1));
        _places = new byte[(taken.Count + 1) * PageLength];
        for (var place = rows.Length - 1; place >= 0; place--)
        {
            foreach (var number in numbersOf(rows[place]))
                _places[IndexOf(number)] = checked((byte)(place + 1));
        }
    }

    /// <summary>Index of the row that has the number, -1 when none has.</summary>
    public int PlaceOf(ushort number) => _places[IndexOf(number)] - 1;

    private int IndexOf(ushort number) => (_pages[number >> PageBits] << PageBits) | (number & (PageLength - 1));
}
