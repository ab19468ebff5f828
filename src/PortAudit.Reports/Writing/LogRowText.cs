using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Writing;

/// <summary>Rows of a flow log that prove a finding, in words.</summary>
public static class LogRowText
{
    /// <summary>Rows named at most: more is for JSON.</summary>
    private const int Maximum = 8;

    private const string Frame = "frame";

    /// <summary>For example <c>line 17 (CuKFwp3bHq1VmPdSkl), line 20 (C7bG2a4k5)</c>.</summary>
    public static string Of(ImmutableArray<EvidenceRow> rows)
    {
        var named = string.Join(", ", rows.Take(Maximum).Select(Of));
        return rows.Length <= Maximum
            ? named
            : $"{named} and {Quantity.Of(rows.Length - Maximum, $"more {rows[0].RowName}")}";
    }

    /// <summary>What a finding lists of its evidence, in the singular: frames, lines or datagrams of logs, or
    /// several of these.</summary>
    public static string Unit(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var units = evidence.Frames.Select(frames => frames.Rows.IsEmpty ? Frame : frames.Rows[0].RowName)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return units.Length == 0 ? Frame : string.Join(" or ", units.OrderBy(unit => unit != Frame));
    }

    /// <summary>The heading of what a finding lists of its evidence.</summary>
    public static string Heading(Evidence evidence) => Unit(evidence) switch
    {
        Frame => "Frames",
        "line" => "Lines",
        _ => "Evidence",
    };

    private static string Of(EvidenceRow row) => row.Identifier.Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{row.RowName} {row.Line}")
        : string.Create(CultureInfo.InvariantCulture, $"{row.RowName} {row.Line} ({row.Identifier})");
}
