using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Passages;

/// <summary>What a device between two capture points did with one connection, or one stream of datagrams.</summary>
public sealed record Passage
{
    /// <summary>What the point on the originator's side recorded; null when it recorded nothing.</summary>
    public FlowRecord? Near { get; init; }

    /// <summary>What the point on the responder's side recorded; null when it recorded nothing.</summary>
    public FlowRecord? Far { get; init; }

    /// <summary>By what both were recognised as one; null where one point alone recorded it.</summary>
    public PairingBasis? Basis { get; init; }

    /// <summary>What became of it.</summary>
    public required Fate Fate { get; init; }

    /// <summary>What proves it, or why it is not proved, as a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>What is different behind the device.</summary>
    public ImmutableArray<PassageChange> Changes { get; init; } = [];

    /// <summary>The flow that gives the start: that of the originator's side if there is one.</summary>
    public FlowRecord Flow => Near ?? Far!;
}
