using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols;

/// <summary>Finds registry rows by a number. If two rows have it, the first wins.</summary>
internal sealed class RowIndex
{
    /// <summary>By number, up to the highest of any row: most client ports are higher and need no memory
    /// access.</summary>
    private readonly byte[] _indexes;

    /// <summary>Indexes rows, 254 at most.</summary>
    public RowIndex(ImmutableArray<ProtocolRow> rows, Func<ProtocolRow, ImmutableArray<ushort>> numbersOf)
    {
        var highest = 0;
        foreach (var row in rows)
        {
            foreach (var number in numbersOf(row))
                highest = Math.Max(highest, number);
        }

        _indexes = new byte[highest + 1];
        for (var index = rows.Length - 1; index >= 0; index--)
        {
            foreach (var number in numbersOf(rows[index]))
                _indexes[number] = checked((byte)(index + 1));
        }
    }

    /// <summary>Index of the row with the number; -1 without one.</summary>
    public int IndexOf(ushort number) => number < _indexes.Length ? _indexes[number] - 1 : -1;
}
