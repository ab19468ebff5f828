using System.Collections.Immutable;
using PortAudit.Audit.Saving;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Rows;

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    Number,
    Unsigned,
    Port,
    Text,
    TextOrNull,
    BytesOrNull,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record Column(string Name, ColumnKind Kind);

/// <summary>The columns of the table of flows, in their order.</summary>
internal static class Columns
{
    /// <summary>The import that a flow is of.</summary>
    public const string Import = "import";

    /// <summary>With which flows it may be counted together: a number of <see cref="FlowLikeness"/>.</summary>
    public const string Likeness = "likeness";

    /// <summary>What has no column and is not of <see cref="Course"/>, as bytes; null when there is nothing.</summary>
    public const string Details = "details";

    /// <summary>How the flow went (<see cref="FlowCourse"/>), as bytes; null when nothing is known of it.</summary>
    public const string Course = "course";

    public const string Start = "start_ns";

    public const string End = "end_ns";

    /// <summary>Name of what wrote the log; null for a flow of a capture.</summary>
    public const string Log = "log";

    /// <summary>All of them. Bytes come early, as the others are read over them.</summary>
    public static readonly ImmutableArray<Column> OfFlows =
    [
        new(Likeness, ColumnKind.Number), new(Import, ColumnKind.Number), new(Details, ColumnKind.BytesOrNull),
        new(Course, ColumnKind.BytesOrNull), .. Collected(),
    ];

    /// <summary>Those that a flow is read from, in their order.</summary>
    public static readonly ImmutableArray<Column> OfReading = OfFlows.RemoveAt(0);

    /// <summary>The names of <see cref="OfReading"/>, parted by commas.</summary>
    public static string Names => string.Join(", ", OfReading.Select(column => column.Name));

    private static List<Column> Collected()
    {
        var collector = new Collector();
        FlowRow.Of(collector, FlowDetails.Nothing);
        return collector.Columns;
    }

    /// <summary>Notes which columns there are.</summary>
    private sealed class Collector : StoreRow
    {
        public List<Column> Columns { get; } = [];

        public override long Number(string column, long value) => Note(column, ColumnKind.Number, value);

        public override ulong Unsigned(string column, ulong value) => Note(column, ColumnKind.Unsigned, value);

        public override ushort Port(string column, ushort value) => Note(column, ColumnKind.Port, value);

        public override string Text(string column, string value) => Note(column, ColumnKind.Text, value);

        public override string? TextOrNull(string column, string? value) =>
            Note(column, ColumnKind.TextOrNull, value);

        private T Note<T>(string column, ColumnKind kind, T value)
        {
            Columns.Add(new Column(column, kind));
            return value;
        }
    }
}
