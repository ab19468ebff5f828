using System.Collections.Immutable;
using PortAudit.Reports.Plots;

namespace PortAudit.Reports.Pictures;

/// <summary>What a picture shows between its heading and its source line.</summary>
internal interface IPictureBody
{
    /// <summary>Its height without the legend, in pixels of a plot.</summary>
    double Height { get; }

    ImmutableArray<PlotKey> Legend { get; }

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="top">Its upper end, in pixels.</param>
    void Draw(PictureCanvas canvas, double top);
}
