namespace PortAudit.Reports.Pictures;

/// <summary>Formats of the files of plots.</summary>
public enum PlotFormat
{
    /// <summary>Portable Network Graphics, 1,600 pixels across or a multiple.</summary>
    Png,

    /// <summary>Scalable Vector Graphics, text as outlines.</summary>
    Svg,
}

/// <summary>The names of <see cref="PlotFormat"/>.</summary>
public static class PlotFormatText
{
    /// <summary>The name, which is also how files end.</summary>
    public static string ToText(this PlotFormat format) => format switch
    {
        PlotFormat.Png => "png",
        PlotFormat.Svg => "svg",
    };
}
