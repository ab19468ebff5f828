using System.Collections.Immutable;

namespace PortAudit.Audit.Passages;

/// <summary>What a device did, by the captures on both of its sides.</summary>
public sealed record PassageReport
{
    /// <summary>Name of the first point.</summary>
    public required string First { get; init; }

    /// <summary>Name of the second point.</summary>
    public required string Second { get; init; }

    /// <summary>How their clocks differ.</summary>
    public required PointClock Clock { get; init; }

    /// <summary>Each connection once, by start.</summary>
    public required ImmutableArray<Passage> Passages { get; init; }

    /// <summary>Connections by fate and transport, in the order of the fates.</summary>
    public required ImmutableArray<FateRow> Fates { get; init; }

    /// <summary>Translations, each as one rule, the most frequent first.</summary>
    public required ImmutableArray<TranslationRow> Translations { get; init; }

    /// <summary>What else the device changed, the most frequent first.</summary>
    public required ImmutableArray<ChangeRow> Changes { get; init; }

    /// <summary>Time that packets took from the originators' side to the other; null if the clocks do not give
    /// it.</summary>
    public PassageDelay? DelayOut { get; init; }

    /// <summary>Time that answers took on their way back; null if the clocks do not give it.</summary>
    public PassageDelay? DelayIn { get; init; }

    /// <summary>What can not be said, in sentences.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Numbers of the flows of one point alone of which it is proved that a device dropped them.</summary>
    internal static IReadOnlySet<ulong> Dropped(ImmutableArray<PassageReport> reports) => reports
        .SelectMany(report => report.Passages)
        .Where(passage => passage is { Fate: Fate.Dropped, Basis: null }).Select(passage => passage.Flow.Id)
        .ToHashSet();
}

/// <summary>Connections with the same fate.</summary>
/// <param name="Fate">The fate.</param>
/// <param name="Transport">The transport, as in the list of flows.</param>
/// <param name="Connections">How many.</param>
/// <param name="Syns">SYNs of them, retries included; 0 for other transports.</param>
public sealed record FateRow(Fate Fate, string Transport, int Connections, long Syns);

/// <summary>A translation of addresses, as the rule of a device.</summary>
/// <param name="IsSource">True where it changes the originator's address, false for the responder's.</param>
/// <param name="From">Address on the originators' side; with its port, where the destination is translated.</param>
/// <param name="To">The same on the other side.</param>
/// <param name="Connections">How many connections it changed.</param>
/// <param name="KeptPort">Of how many the port stayed the same.</param>
public sealed record TranslationRow(bool IsSource, string From, string To, int Connections, int KeptPort);

/// <summary>A change and how often it was made.</summary>
/// <param name="Change">The change.</param>
/// <param name="Connections">In how many connections.</param>
public sealed record ChangeRow(PassageChange Change, int Connections);

/// <summary>Time that packets took between two points.</summary>
/// <param name="MedianNs">Median, in nanoseconds.</param>
/// <param name="P95Ns">95 % took less, in nanoseconds.</param>
/// <param name="HalfWidthNs">Uncertainty of the clocks: what is less says nothing.</param>
/// <param name="Packets">Packets that were compared.</param>
public sealed record PassageDelay(long MedianNs, long P95Ns, long HalfWidthNs, int Packets)
{
    /// <summary>True when the median is within the uncertainty of the clocks.</summary>
    public bool IsBelowClock => MedianNs <= HalfWidthNs;
}
