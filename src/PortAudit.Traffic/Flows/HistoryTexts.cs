using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Caches the texts of histories: most flows have one of a few.</summary>
internal sealed class HistoryTexts
{
    /// <summary>Size of the cache; later texts overwrite earlier ones.</summary>
    private const int Length = 256;

    private readonly Entry[] _entries = new Entry[Length];

    /// <summary><see cref="FlowHistory.ToText"/>, cached.</summary>
    public string Of(FlowHistory history, Side originator, bool flipped)
    {
        ref var entry =
            ref _entries[(history.Hash() + (originator == Side.Low ? 1u : 0u) + (flipped ? 2u : 0u)) % Length];
        if (entry.Text is null || entry.History != history || entry.Originator != originator
            || entry.Flipped != flipped)
            entry = new Entry(history, originator, flipped, history.ToText(originator, flipped));
        return entry.Text!;
    }

    private readonly record struct Entry(FlowHistory History, Side Originator, bool Flipped, string? Text);
}
