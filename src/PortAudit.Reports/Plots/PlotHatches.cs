using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Matching;

namespace PortAudit.Reports.Plots;

/// <summary>A pattern that fills columns: lines or dots over a colour.</summary>
/// <param name="Id">What a fill names it by.</param>
/// <param name="Class">Style class of the colour.</param>
/// <param name="Size">Width and height of its tile, in pixels.</param>
/// <param name="Lines">What is drawn over the colour, as an SVG path.</param>
internal sealed record PlotHatch(string Id, string Class, int Size, string Lines);

/// <summary>The hatches, which distinguish allowed from not allowed, and lanes from each other, without
/// colour.</summary>
internal static class PlotHatches
{
    /// <summary>The names of the hatches.</summary>
    public const string Rising = "hatch-rising", Falling = "hatch-falling", Level = "hatch-level",
        Upright = "hatch-upright", Cross = "hatch-cross", Dots = "hatch-dots";

    private static readonly (string Name, int Size, string Lines)[] Kinds =
    [
        (Rising, 5, "M-1 1L1-1M0 5L5 0M4 6L6 4"),
        (Falling, 5, "M-1 4L1 6M0 0L5 5M4-1L6 1"),
        (Level, 4, "M0 2H4"),
        (Upright, 4, "M2 0V4"),
        (Cross, 6, "M0 0L6 6M6 0L0 6"),
        (Dots, 5, "M1.5 2.5H3.5M2.5 1.5V3.5"),
    ];

    public static ImmutableArray<PlotHatch> All { get; } =
    [
        .. from verdict in Enum.GetValues<Verdict>() where VerdictLook.HatchOf(verdict)
            is not null select Of(VerdictLook.HatchOf(verdict)!, VerdictLook.ClassOf(verdict)),
        .. from word in WordLook.All where WordLook.HatchOf(word)
            is not null select Of(WordLook.HatchOf(word)!, WordLook.ClassOf(word)),
        .. from lane in PairPlots.ProtocolHatches.Select((hatch, index) => (Hatch: hatch,
            Class: ProtocolClass(index))) where lane.Hatch is not null select Of(lane.Hatch!, lane.Class),
        Of(PairPlots.OtherHatch, PairPlots.OtherClass),
    ];

    /// <summary>The style class of a lane of protocols, counted from 0.</summary>
    public static string ProtocolClass(int index) => string.Create(CultureInfo.InvariantCulture, $"p{index}");

    /// <summary>Pixels after which a hatch repeats itself.</summary>
    public static int SizeOf(string name) => Array.Find(Kinds, kind => kind.Name == name).Size;

    /// <summary>The fill of a mark: its hatch in its colour; null for one that its style class fills.</summary>
    public static string? FillOf(PlotMark mark) =>
        mark.Hatch is null ? null : $"url(#{IdOf(mark.Hatch, mark.Class.Split(' ')[0])})";

    private static PlotHatch Of(string name, string styleClass)
    {
        var (_, size, lines) = Array.Find(Kinds, kind => kind.Name == name);
        return new PlotHatch(IdOf(name, styleClass), styleClass, size, lines);
    }

    private static string IdOf(string name, string styleClass) => $"{name}-{styleClass}";
}
