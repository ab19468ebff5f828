using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Capture;

namespace PortAudit.Reports.Packets;

/// <summary>The proving packets that the page shows decoded, the gravest findings first: collected from the frames that
/// the findings list, then filled by reading the captures again.</summary>
public sealed class EvidencePackets
{
    /// <summary>Packets of a finding on the page.</summary>
    public const int MaximumPerFinding = 20;

    /// <summary>Packets of a finding that the page shows field by field.</summary>
    public const int MaximumTreesPerFinding = 3;

    /// <summary>Packets on the page.</summary>
    public const int MaximumPackets = 2_000;

    /// <summary>Packets that the page shows field by field.</summary>
    public const int MaximumTrees = 200;

    private readonly ImmutableArray<string> _paths;
    private readonly Dictionary<string, ImmutableArray<FrameReference>> _ofFindings = new(StringComparer.Ordinal);
    private readonly Dictionary<FrameReference, PacketView?> _views = [];
    private readonly HashSet<FrameReference> _trees = [];

    /// <summary>Chooses the frames.</summary>
    public EvidencePackets(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _paths = [.. report.Observation.Captures.Select(capture => capture.Path)];
        var rest = MaximumPackets;
        foreach (var finding in report.Findings)
        {
            var frames = Choose(finding.Evidence, Math.Min(MaximumPerFinding, rest));
            rest -= frames.Length;
            if (!_ofFindings.TryAdd(finding.Id, frames))
                continue;
            foreach (var frame in frames)
                _views.TryAdd(frame, null);
            _trees.UnionWith(frames.Take(Math.Min(MaximumTreesPerFinding, MaximumTrees - _trees.Count)));
        }
    }

    /// <summary>The frames to be read, each once, in no order.</summary>
    public IReadOnlyCollection<FrameReference> Frames => _views.Keys;

    /// <summary>Decodes a frame: a <see cref="Traffic.Observation.FrameVisitor"/>.</summary>
    public void Visit(FrameReference frame, in CapturedPacket packet, CaptureInterface described) =>
        _views[frame] = PacketView.Of(_paths[frame.Capture], packet, described, _trees.Contains(frame));

    /// <summary>The packets of a finding that are shown, by capture and number. Of those with layers the first
    /// <see cref="MaximumTreesPerFinding"/> are shown field by field.</summary>
    public ImmutableArray<PacketView> Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return [.. _ofFindings.GetValueOrDefault(finding.Id, [])
            .Select(frame => _views.GetValueOrDefault(frame)).OfType<PacketView>()];
    }

    /// <summary>The first frames of each capture, so that no point of a firewall pushes the other off the
    /// page.</summary>
    private ImmutableArray<FrameReference> Choose(Evidence evidence, int room)
    {
        var frames = ImmutableArray.CreateBuilder<FrameReference>();
        for (var index = 0; index < evidence.Frames.Length && frames.Count < room; index++)
        {
            var capture = _paths.IndexOf(evidence.Frames[index].Capture);
            if (capture < 0)
                continue;
            var share = (room - frames.Count + evidence.Frames.Length - index - 1) / (evidence.Frames.Length - index);
            frames.AddRange(evidence.Frames[index].Numbers.Take(share)
                .Select(number => new FrameReference(capture, number)));
        }

        return frames.ToImmutable();
    }
}
