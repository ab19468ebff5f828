using System.Data.Common;

namespace PortAudit.Store.Duck;

/// <summary>Values of rows that may be absent, or take more than a call.</summary>
internal static class DuckValues
{
    public static long? NumberOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Bytes(this DbDataReader row, int column)
    {
        using var stream = row.GetStream(column);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static byte[]? BytesOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Bytes(column);
}
