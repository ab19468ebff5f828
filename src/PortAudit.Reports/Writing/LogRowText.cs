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

    /// <summary>For example <c>line 17 (CuKFwp3bHq1VmPdSkl), line 20 (C7bG2a4k5)</c>.</summary>
    public static string Of(ImmutableArray<EvidenceRow> rows)
    {
        var named = string.Join(", ", rows.Take(Maximum).Select(Of));
        return rows.Length <= Maximum ? named : $"{named} and {Quantity.Of(rows.Length - Maximum, "more line")}";
    }

    /// <summary>What a finding lists of its evidence, in the plural or not: frames, lines of logs, or both.</summary>
    public static string Unit(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.Frames.All(frames => frames.Rows.IsEmpty) ? "frame"
            : evidence.Frames.All(frames => !frames.Rows.IsEmpty) ? "line"
            : "frame or line";
    }

    /// <summary>The heading of what a finding lists of its evidence.</summary>
    public static string Heading(Evidence evidence) => Unit(evidence) switch
    {
        "frame" => "Frames",
        "line" => "Lines",
        _ => "Evidence",
    };

    private static string Of(EvidenceRow row) => row.Identifier.Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"line {row.Line}")
        : string.Create(CultureInfo.InvariantCulture, $"line {row.Line} ({row.Identifier})");
}
