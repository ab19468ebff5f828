using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols;

/// <summary>Finds rows of the registry by a number of theirs. Where a number stands with two rows, it is the first one's.</summary>
internal sealed class RowIndex
{
    private readonly byte[] _places;

    /// <summary>Indexes rows, 254 at most.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="numbersOf">A row's numbers.</param>
    /// <param name="largest">The largest number there can be.</param>
    public RowIndex(ImmutableArray<ProtocolRow> rows, Func<ProtocolRow, ImmutableArray<ushort>> numbersOf, int largest)
    {
        _places = new byte[largest + 1];
        for (var place = rows.Length - 1; place >= 0; place--)
        {
            foreach (var number in numbersOf(rows[place]))
                _places[number] = checked((byte)(place + 1));
        }
    }

    /// <summary>Index of the row that has the number, -1 when none has.</summary>
    public int PlaceOf(ushort number) => _places[number] - 1;
}
