using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Rows;

/// <summary>How an engine writes what GROUP BY needs.</summary>
/// <param name="Sum">The sum of a column of numbers.</param>
/// <param name="One">A column of numbers of that row of a group which has the lowest identifier.</param>
/// <param name="NoBytes">No bytes, of the type of a column of bytes.</param>
internal sealed record GroupSql(Func<string, string> Sum, Func<string, string> One, string NoBytes);

/// <summary>
/// The queries of flows of which alike ones are counted together by the engine, so that groups travel and not rows. By
/// what flows are grouped follows from <see cref="FlowLikenesses"/> and <see cref="FlowGrouping"/>: every column that
/// is neither added up nor taken from one of the flows. Texts of one flow are left out, as such sums take much memory;
/// they are looked up where they are shown (<see cref="FlowStore.Find"/>).
/// </summary>
/// <param name="sql">The engine's words.</param>
/// <param name="grouping">What tells flows apart besides columns.</param>
/// <param name="repeats">The time within which flows are compared one by one, in nanoseconds; null for none.</param>
internal sealed class GroupedRows(GroupSql sql, FlowGrouping grouping, (long FirstNs, long LastNs)? repeats)
{
    private static readonly ImmutableHashSet<string> Sums =
    [
        "packets_out", "bytes_out", "payload_out", "packets_in", "bytes_in", "payload_in",
    ];

    /// <summary>Columns of one of the flows: which one does not matter to the report.</summary>
    private static readonly ImmutableHashSet<string> Ones =
    [
        Columns.Import, "flow_id", "capture", "timestamp_digits", "originator_port", "answer", "protocol_capture",
        "protocol_frame", "log_row",
    ];

    /// <summary>Columns of one of the flows that are left out.</summary>
    private static readonly ImmutableHashSet<string> LeftOut = [Columns.Course, "log_identifier"];

    private static readonly string WithinImport = string.Create(CultureInfo.InvariantCulture,
        $"CASE WHEN {Columns.Likeness} = {(int)FlowLikeness.OfObservation} THEN {Columns.Import} ELSE 0 END");

    /// <summary>The queries of a reading; null when each flow is wanted.</summary>
    /// <param name="sql">The engine's words.</param>
    /// <param name="reading">The reading.</param>
    public static GroupedRows? Of(GroupSql sql, FlowReading reading) => reading.Options.Grouping is { } grouping
        ? new GroupedRows(sql, grouping, reading.Repeats)
        : null;

    /// <summary>Receives when hosts answered the flows that are counted together.</summary>
    public FlowGrouping Grouping => grouping;

    /// <summary>True for the flows that are counted together.</summary>
    public string AreGrouped => $"{Columns.Likeness} <> {(int)FlowLikeness.None}" + (repeats is not { } time
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $" AND ({Columns.Start} < {time.FirstNs} OR {Columns.Start} > {time.LastNs})"));

    /// <summary>The query of groups: the columns of a flow in their order, then the number of flows.</summary>
    /// <param name="table">The table of flows.</param>
    /// <param name="condition">Which flows; empty for all.</param>
    public string Groups(string table, string condition) =>
        $"SELECT {string.Join(", ", Columns.OfReading.Select(Taken))}, count(*) FROM {table} "
        + $"WHERE {And(AreGrouped, condition)} GROUP BY {string.Join(", ", Keys)}";

    /// <summary>The query of about how many groups there are.</summary>
    /// <param name="table">The table of flows.</param>
    /// <param name="condition">Which flows; empty for all.</param>
    /// <param name="estimate">The engine's estimate of different values.</param>
    /// <param name="hash">The engine's hash of several values.</param>
    public string EstimateOfGroups(string table, string condition, string estimate, string hash) =>
        $"SELECT {estimate}({hash}({string.Join(", ", Keys)})) FROM {table} WHERE {And(AreGrouped, condition)}";

    /// <summary>The query of all flows, one by one.</summary>
    public static string All(string table, string condition) =>
        $"SELECT {Columns.Names} FROM {table}{(condition.Length == 0 ? "" : $" WHERE {condition}")}";

    /// <summary>The query of the flows that stand alone.</summary>
    public string Singles(string table, string condition) =>
        All(table, And($"NOT ({AreGrouped})", condition));

    /// <summary>The query of when hosts answered: the host, and a start rounded down.</summary>
    public string Answers(string table, string condition)
    {
        var start = string.Create(CultureInfo.InvariantCulture,
            $"{Columns.Start} - {Columns.Start} % {FlowGrouping.AnswerWidthNs}");
        return $"SELECT DISTINCT {start}, responder FROM {table} WHERE {And(AreGrouped, condition)}";
    }

    /// <summary>Both conditions; either may be empty.</summary>
    public static string And(string one, string other) =>
        one.Length == 0 ? other : other.Length == 0 ? one : $"({one}) AND ({other})";

    private IEnumerable<string> Keys =>
    [
        .. Columns.OfReading.Select(column => column.Name)
            .Where(name => !Sums.Contains(name) && !Ones.Contains(name) && !LeftOut.Contains(name)
                && name is not (Columns.Start or Columns.End)),
        WithinImport,
        string.Create(CultureInfo.InvariantCulture, $"payload_out + payload_in > {FlowGrouping.PayloadBound}"),
        PortClass,
    ];

    private string PortClass => string.Create(CultureInfo.InvariantCulture,
        $"CASE WHEN originator_port < {FlowGrouping.FirstGroupedPort} THEN originator_port ELSE {ushort.MaxValue}")
        + string.Concat(grouping.PortBounds.Select(bound => string.Create(CultureInfo.InvariantCulture,
            $" + CASE WHEN originator_port >= {bound} THEN 1 ELSE 0 END")))
        + " END";

    private string Taken(Column column) => column.Name switch
    {
        Columns.Start => $"min({Columns.Start})",
        Columns.End => $"max({Columns.End})",
        var name when Sums.Contains(name) => sql.Sum(name),
        var name when Ones.Contains(name) => sql.One(name),
        var name when LeftOut.Contains(name) => column.Kind == ColumnKind.BytesOrNull ? sql.NoBytes : "''",
        var name => name,
    };
}
