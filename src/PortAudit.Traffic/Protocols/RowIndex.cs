using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols;

/// <summary>Finds registry rows by a number. If two rows have it, the first wins.</summary>
internal sealed class RowIndex
{
    /// <summary>By number, up to the highest of any row: most client ports are higher and need no memory
    /// access.</summary>
    private readonly byte[] _places;

    /// <summary>Indexes rows, 254 at most.</summary>
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

    /// <summary>Index of the row with the number; -1 without one.</summary>
    public int PlaceOf(ushort number) => number < _places.Length ? _places[number] - 1 : -1;
}
