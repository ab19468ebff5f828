namespace PortAudit.Store.Rows;

/// <summary>
/// A row of flows, column by column. Every call names a column, takes the value as it is and returns the value as it
/// shall be: the same when a row is written, the stored one when it is read. So a column is named once, in
/// <see cref="FlowRow"/>, for all engines and both directions.
/// </summary>
internal abstract class StoreRow
{
    /// <summary>Added to the numbers of captures: 0 when a row is written.</summary>
    public int CapturesBefore { get; protected set; }

    public abstract long Number(string column, long value);

    public abstract ulong Unsigned(string column, ulong value);

    public abstract ushort Port(string column, ushort value);

    public abstract string Text(string column, string value);

    public abstract string? TextOrNull(string column, string? value);

    /// <summary>A value that is written as a text.</summary>
    public virtual T Word<T>(string column, T value, TextCode<T> code)
        where T : notnull =>
        code.ValueOf(column, Text(column, code.TextOf(value)));

    /// <summary>A small number that is not negative.</summary>
    public int Count(string column, int value) => (int)Math.Clamp(Number(column, value), 0, int.MaxValue);
}
