using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Capture;

namespace PortAudit.Reports;

/// <summary>The frames that prove a report's findings, each finding's first frame with a comment that names
/// it.</summary>
public sealed class EvidenceComments
{
    /// <summary>Findings named in the comments of one frame.</summary>
    public const int MaximumComments = 100;

    private readonly ImmutableArray<string> _paths;
    private readonly Dictionary<FrameReference, List<Finding>> _findings = [];
    private readonly HashSet<Finding> _begun = new(ReferenceEqualityComparer.Instance);

    /// <summary>Collects the frames.</summary>
    public EvidenceComments(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _paths = [.. report.Observation.Captures.Select(capture => capture.Path)];
        foreach (var finding in report.Findings)
        {
            foreach (var frames in finding.Evidence.Frames)
                Add(finding, _paths.IndexOf(frames.Capture), frames.Numbers);
        }
    }

    /// <summary>The frames, each once, in no order.</summary>
    public IReadOnlyCollection<FrameReference> Frames => _findings.Keys;

    /// <summary>The comments of a frame: one for each finding whose first frame it is. Ask for frames in the order in
    /// which they are written.</summary>
    public IEnumerable<string> Of(FrameReference frame)
    {
        var begins = _findings.GetValueOrDefault(frame, []).Where(_begun.Add).ToList();
        var where = string.Create(CultureInfo.InvariantCulture, $"{_paths[frame.Capture]} frame {frame.Number}");
        var comments = begins.Take(MaximumComments).Select(finding => Comment(finding, where));
        return begins.Count <= MaximumComments
            ? comments
            : comments.Append($"and {Quantity.Of(begins.Count - MaximumComments, "more finding")}; {where}");
    }

    private static string Comment(Finding finding, string where)
    {
        var roles =
            finding.FromRole.Length + finding.ToRole.Length == 0 ? "" : $", {finding.FromRole} -> {finding.ToRole}";
        var rule = finding.Rule is null ? "" : $", rule {finding.Rule.Id}";
        return VisibleText.Escape(
            $"finding {finding.Id}: {finding.Severity.ToText()} {finding.Kind.ToText()}{roles}{rule}; {where}");
    }

    private void Add(Finding finding, int capture, ImmutableArray<long> numbers)
    {
        foreach (var number in numbers)
        {
            var frame = new FrameReference(capture, number);
            if (!_findings.TryGetValue(frame, out var findings))
                _findings.Add(frame, findings = []);
            findings.Add(finding);
        }
    }
}
