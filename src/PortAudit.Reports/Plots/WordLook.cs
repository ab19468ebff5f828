using System.Collections.Immutable;
using PortAudit.Audit.Matching;

namespace PortAudit.Reports.Plots;

/// <summary>How the five words look in columns: a colour and, but for what is permitted, a hatch, so that no reader
/// needs the colour. Null stands for flows that get no word.</summary>
internal static class WordLook
{
    /// <summary>The words, from the bottom of a column upwards.</summary>
    public static readonly ImmutableArray<FlowWord?> All = [.. Enum.GetValues<FlowWord>().Cast<FlowWord?>(), null];

    public static string TextOf(FlowWord? word) => word?.ToText() ?? "not classified";

    public static string ClassOf(FlowWord? word) => word is { } given ? $"w-{given.ToText()}" : "w-none";

    /// <summary>The pattern that is laid over a column; null for plain colour.</summary>
    public static string? HatchOf(FlowWord? word) => word switch
    {
        FlowWord.Permitted or null => null,
        FlowWord.Escaped => PlotHatches.Rising,
        FlowWord.Blocked => PlotHatches.Level,
        FlowWord.Misdropped => PlotHatches.Cross,
        FlowWord.Unanswered => PlotHatches.Dots,
    };

    public static string MeaningOf(FlowWord? word) => word switch
    {
        FlowWord.Permitted => ": allowed, arrived",
        FlowWord.Escaped => ": not allowed, arrived",
        FlowWord.Blocked => ": not allowed, stopped",
        FlowWord.Misdropped => ": allowed, stopped",
        FlowWord.Unanswered => ": nothing proves either",
        null => ": background, out of scope",
    };
}
