using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Lists the frames that prove a finding, within the limits of design §2.</summary>
internal static class EvidenceList
{
    /// <summary>Flows of one datagram that are named at most.</summary>
    private const int MaximumIdentifiers = 5;

    /// <summary>The evidence of a finding.</summary>
    /// <param name="draft">The finding, with its flows.</param>
    /// <param name="frames">Frames by <see cref="FlowRecord.Id"/>, from a second pass; the frames that a flow kept
    /// itself serve where it has none.</param>
    /// <param name="captures">The captures in the order in which frames count them.</param>
    public static Evidence Of(FindingDraft draft, IReadOnlyDictionary<ulong, FlowFrames> frames,
        ImmutableArray<CaptureSummary> captures)
    {
        var listed = new SortedSet<FrameReference>();
        var notListed = draft.Flows is { } flows
            ? AddFrames(listed, flows, frames, FlowGroup.MaximumFrames - draft.Deciding.Length)
            : 0;
        notListed -= draft.Deciding.Count(listed.Add);
        listed.UnionWith(draft.Announcing);
        // Each watch run on an interface is a separate capture with frames from 1, so a path alone is ambiguous.
        var byCapture = listed.GroupBy(frame => frame.Capture)
            .OrderBy(group => captures[group.Key].Path, StringComparer.Ordinal).ThenBy(group => group.Key);
        var rows = draft.Flows is null ? [] : draft.Flows.Retained.Kept.Where(flow => flow.Log is not null)
            .Select(flow => (flow.Capture, Log: frames.GetValueOrDefault(flow.Id)?.Log ?? flow.Log!))
            .GroupBy(row => new FrameReference(row.Capture, row.Log.Line), row => row.Log.Identifier)
            .ToDictionary(row => row.Key, IdentifiersOf);
        return new Evidence(draft.Flows?.Tuples.Filter ?? "",
            [
                .. byCapture.Select(group => captures[group.Key].Log is null
                    ? OfCapture(captures[group.Key].Path, group)
                    : OfLog(captures[group.Key], group, rows)),
            ],
            notListed);
    }

    /// <summary>Adds frames of flows, and returns how many of theirs are left out.</summary>
    private static long AddFrames(SortedSet<FrameReference> listed, FlowGroup flows,
        IReadOnlyDictionary<ulong, FlowFrames> frames, int limit)
    {
        var notListed = flows.Packets;
        foreach (var flow in flows.Retained.Kept)
        {
            var packets = FlowGroup.ProofsOf(flow);
            var own = frames.GetValueOrDefault(flow.Id)
                ?? new FlowFrames(flow.Frames, Math.Max(0, packets - flow.Frames.Length));
            var room = Math.Min(FrameReference.MaximumPerFlow, limit - listed.Count);
            var shown = Math.Min(room, own.Frames.Length);
            listed.UnionWith(own.Frames.Take(shown));
            notListed += own.NotListed + (own.Frames.Length - shown) - packets;
        }

        return notListed;
    }

    private static EvidenceFrames OfLog(CaptureSummary log, IEnumerable<FrameReference> lines,
        Dictionary<FrameReference, string> identifiers) => new(log.Path, [], "")
        {
            Rows =
            [
                .. lines.Select(line => new EvidenceRow(line.Number, identifiers.GetValueOrDefault(line, ""),
                    log.Log!.RowName)),
            ],
        };

    /// <summary>A datagram holds several flows, a line one.</summary>
    private static string IdentifiersOf(IEnumerable<string> flows)
    {
        ImmutableArray<string> all = [.. flows.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return all.Length <= MaximumIdentifiers
            ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(MaximumIdentifiers))} and others";
    }

    private static EvidenceFrames OfCapture(string path, IEnumerable<FrameReference> frames)
    {
        ImmutableArray<long> numbers = [.. frames.Select(frame => frame.Number).Order()];
        return new EvidenceFrames(path, numbers, DisplayFilter.OfFrames(numbers));
    }
}
