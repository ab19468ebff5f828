using ScottPlot;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>The fonts of pictures, which are in the program: what the machine has is never asked for.</summary>
internal sealed class PictureFonts : IFontResolver
{
    /// <summary>The family.</summary>
    public const string Family = "Open Sans";

    private static readonly Lazy<PictureFonts> Loaded = new(static () => new PictureFonts());

    private PictureFonts()
    {
        (Regular, Bold) = (Load("OpenSans-Regular.ttf"), Load("OpenSans-Bold.ttf"));
        Fonts.FontResolvers.Clear();
        Fonts.FontResolvers.Add(this);
        Fonts.Default = Family;
    }

    /// <summary>The fonts, known to ScottPlot as its only ones.</summary>
    public static PictureFonts All => Loaded.Value;

    public SKTypeface Regular { get; }

    public SKTypeface Bold { get; }

    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing width) =>
        weight >= FontWeight.SemiBold ? Bold : Regular;

    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => bold ? Bold : Regular;

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(PictureFonts).Assembly.GetManifestResourceStream(name)!;
        using var bytes = SKData.Create(stream);
        return SKTypeface.FromData(bytes);
    }
}
