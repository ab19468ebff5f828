using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PortAudit.Audit.Findings;

namespace PortAudit.Reports.Baseline;

/// <summary>The findings of a JSON report with the frames that prove them.</summary>
public sealed class ReportedEvidence
{
    /// <summary>Frames that a finding may list: as many as an audit writes (design §2).</summary>
    private const int MaximumFrames = 10_000;

    private ReportedEvidence(ReportNode document) =>
        Findings = [.. document["findings"].Items.Select(FindingOf).DistinctBy(finding => finding.Id)];

    /// <summary>The findings, in the order of the report.</summary>
    public ImmutableArray<ReportedFinding> Findings { get; }

    /// <summary>Reads a report.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="report">The report; null when it cannot be used.</param>
    /// <param name="problem">What is wrong and where, one sentence without the path.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out ReportedEvidence? report, out string problem) =>
        JsonReportFile.TryRead(path, (root, _) => new ReportedEvidence(root), out report, out problem);

    /// <summary>The findings whose identifier has this prefix: one, unless it is too short.</summary>
    public ImmutableArray<ReportedFinding> Find(string beginning) =>
    [
        .. Findings.Where(finding => finding.Id == beginning) is { } exact && exact.Any()
            ? exact
            : Findings.Where(finding => finding.Id.StartsWith(beginning, StringComparison.Ordinal)),
    ];

    private static ReportedFinding FindingOf(ReportNode finding) => new(
        finding["id"].Text,
        finding["severity"].Word(Enum.GetValues<Severity>(), FindingText.ToText),
        finding["headline"].TextOrNull ?? finding["kind"].Text,
        [.. finding["evidence"]["frames"].Items.Select(frames =>
            new ReportedFrames(frames["capture"].Text, Numbers(frames["numbers"])))],
        finding["evidence"]["frames_not_listed"].Number);

    private static ImmutableArray<long> Numbers(ReportNode list)
    {
        ImmutableArray<long> numbers = [.. list.Items.Take(MaximumFrames + 1).Select(number => number.Number)];
        return numbers.Length <= MaximumFrames && numbers.All(number => number > 0)
            ? numbers
            : throw new JsonException($"{list.Path} holds no frame numbers, or too many", list.Path, null, null);
    }
}

/// <summary>A finding of a JSON report.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Headline">What it is about in a line.</param>
/// <param name="Frames">Its proving frames by capture.</param>
/// <param name="FramesNotListed">Further frames, which the report counts only.</param>
public sealed record ReportedFinding(string Id, Severity Severity, string Headline,
    ImmutableArray<ReportedFrames> Frames, long FramesNotListed);

/// <summary>Proving frames in a capture.</summary>
/// <param name="Capture">Path of the capture as the audit was given it.</param>
/// <param name="Numbers">Frame numbers.</param>
public sealed record ReportedFrames(string Capture, ImmutableArray<long> Numbers);
