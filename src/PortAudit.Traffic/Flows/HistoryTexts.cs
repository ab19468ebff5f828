using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>The texts of histories, kept to be used again: most flows have one of a few.</summary>
internal sealed class HistoryTexts
{
    /// <summary>Texts that are kept at most; a later one takes the place of an earlier one.</summary>
    private const int Length = 256;

    private readonly Entry[] _entries = new Entry[Length];

    /// <summary>What <see cref="FlowHistory.ToText"/> says.</summary>
    /// <param name="history">The history.</param>
    /// <param name="originator">The side whose letters are upper case.</param>
    /// <param name="flipped">True when the flow was flipped after its first packet.</param>
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
