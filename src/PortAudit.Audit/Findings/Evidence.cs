using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>The packets that prove a finding.</summary>
/// <param name="Filter">Wireshark display filter that selects all packets of the finding's flows; empty without
/// flows.</param>
/// <param name="Frames">Proving frames by capture, in the order of paths, and of captures of one path as the report
/// lists them.</param>
/// <param name="FramesNotListed">Proving frames that were left out for the limits of design §2.</param>
public sealed record Evidence(string Filter, ImmutableArray<EvidenceFrames> Frames, long FramesNotListed)
{
    /// <summary>Evidence of something that did not happen.</summary>
    public static readonly Evidence None = new("", [], 0);
}

/// <summary>Proving frames of one capture file.</summary>
/// <param name="Capture">Path of the file.</param>
/// <param name="Numbers">Frame numbers, ascending.</param>
/// <param name="Filter">Wireshark display filter that selects exactly these frames of the file.</param>
public sealed record EvidenceFrames(string Capture, ImmutableArray<long> Numbers, string Filter)
{
    /// <summary>Proving rows of a flow log, by line; empty for a capture. A log has no frames.</summary>
    public ImmutableArray<EvidenceRow> Rows { get; init; } = [];
}

/// <summary>A proving row of a flow log.</summary>
/// <param name="Line">Line of the file, from 1, or number of the datagram.</param>
/// <param name="Identifier">The log's own identifier of the flow; empty for a row that has none.</param>
/// <param name="RowName">What <paramref name="Line"/> counts: <see cref="LogSource.RowName"/>.</param>
public sealed record EvidenceRow(long Line, string Identifier, string RowName);
