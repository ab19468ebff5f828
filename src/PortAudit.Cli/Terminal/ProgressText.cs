using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;

namespace PortAudit.Cli.Terminal;

/// <summary>The words of a line of progress, as many as fit.</summary>
internal static class ProgressText
{
    private const int ShortestBar = 8;
    private const int LongestBar = 30;

    /// <summary>Columns that the other parts mostly take. The bar has half of the rest, whatever they take now: it does
    /// not breathe.</summary>
    private const int WithoutBar = 64;

    private const int PacketRateWidth = 11;
    private const int ByteRateWidth = 10;
    private const string Gap = "  ";

    /// <summary>The parts, those first that are left out last.</summary>
    private static readonly ImmutableArray<Part> ByWeight =
        [Part.Title, Part.Share, Part.Time, Part.Packets, Part.Bar, Part.ByteRate, Part.PacketRate];

    /// <summary>What a line shows, from left to right.</summary>
    private enum Part
    {
        Title,
        Bar,
        Share,
        Packets,
        PacketRate,
        ByteRate,
        Time,
    }

    /// <summary>The line. It is shorter than the terminal is wide: a full line makes some of them begin
    /// another.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="isUnicode">True for a terminal that shows more than ASCII.</param>
    public static string Of(ProgressFigures figures, int width, bool isUnicode)
    {
        var room = Math.Max(0, width - 1);
        var bar = Math.Clamp((width - WithoutBar) / 2, ShortestBar, LongestBar);
        var shown = new SortedDictionary<Part, string>();
        foreach (var part in ByWeight)
        {
            var text = part switch
            {
                Part.Title => figures.Title,
                Part.Bar => Bar(figures.Share, bar, isUnicode),
                Part.Share => Share(figures.Share),
                Part.Packets => figures.Packets == 0 ? "" : Quantity.Of(figures.Packets, "packet"),
                Part.PacketRate => PacketRate(figures),
                Part.ByteRate => ByteRate(figures),
                Part.Time => Time(figures),
            };
            var needed = text.Length + (shown.Count == 0 ? 0 : Gap.Length);
            if (text.Length == 0 || needed > room)
                continue;
            shown.Add(part, text);
            room -= needed;
        }

        return string.Join(Gap, shown.Values);
    }

    private static string Share(double? share) =>
        share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(known * 100),3} %") : "";

    private static string PacketRate(ProgressFigures figures) => figures.Packets == 0
        ? ""
        : $"({Quantity.Rounded((long)Math.Round(figures.PacketsPerSecond))}/s)".PadRight(PacketRateWidth);

    private static string ByteRate(ProgressFigures figures) => figures.Bytes == 0
        ? ""
        : $"{Quantity.Bytes((long)Math.Round(figures.BytesPerSecond))}/s".PadLeft(ByteRateWidth);

    private static string Time(ProgressFigures figures) => figures switch
    {
        { Left: { } left } => $"{Clock(TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds)))} left",
        { Share: < 1 } => "",
        { Share: null } => $"{Clock(figures.Elapsed)} elapsed",
        _ => $"finishing, {Clock(figures.Elapsed)} elapsed",
    };

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture,
            $"{Math.Floor(time.TotalHours):0}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    private static string Bar(double? share, int length, bool isUnicode)
    {
        if (share is not { } done)
            return "";
        var (full, open) = isUnicode ? ('█', '░') : ('#', '-');
        var filled = (int)(done * length);
        return new string(full, filled) + new string(open, length - filled);
    }
}
