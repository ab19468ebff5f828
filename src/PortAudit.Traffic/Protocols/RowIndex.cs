using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols;

/// <summary>Finds rows of the registry by a number of theirs. Where a number stands with two rows, it is the first
/// one's.</summary>
internal sealed class RowIndex
{
    /// <summary>By number, up to the highest that a row has: most ports that clients take are higher, and cost no look
    /// into memory.</summary>
    private readonly byte[] _places;

    /// <summary>Indexes rows, 254 at most.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="numbersOf">A row's numbers.</param>
    public RowIndex(ImmutableArray<ProtocolRow> rows, Func<ProtocolRow, ImmutableArray<ushort>> numbersOf)
    {
        var highest = 0;
        foreach (var row in rows)
        {
            foreach (var number in numbersOf(row))
                highest = Math.Max(highest, number);
        }

        _places = new byte[highest + 1];
        for (var place = rows.Length - 1; place >= 0; place--)
        {
            foreach (var number in numbersOf(rows[place]))
                _places[number] = checked((byte)(place + 1));
        }
    }

    /// <summary>Index of the row that has the number, -1 when none has.</summary>
    public int PlaceOf(ushort number) => number < _places.Length ? _places[number] - 1 : -1;
}
