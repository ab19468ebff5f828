using PortAudit.Reports.Rows;

namespace PortAudit.Tests.Reports.Rows;

/// <summary>Adds rows whose bytes are known to a list that wants them to be written where they are to stay.</summary>
internal static class AddedRows
{
    /// <summary>Adds a row.</summary>
    public static void Add(this RowSorter sorter, RowKey key, ReadOnlySpan<byte> row)
    {
        var text = new Utf8Row();
        sorter.Begin(text);
        text.Append(row);
        sorter.Add(key, text);
    }
}
