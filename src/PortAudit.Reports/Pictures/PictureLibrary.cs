using System.Runtime.InteropServices;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>The native library that draws pictures. It lies beside the program, and nothing else needs it.</summary>
public static class PictureLibrary
{
    private const string Name = "libSkiaSharp";

    /// <summary>Why no picture can be drawn; null when one can.</summary>
    public static string? WhyMissing()
    {
        try
        {
            NativeLibrary.Load(Name, typeof(SKPath).Assembly, null);
            return PictureFonts.All.Regular.GlyphCount > 0 ? null : $"{Name} reads no font";
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException
            or EntryPointNotFoundException or TypeInitializationException)
        {
            var reason = (exception.InnerException ?? exception).Message.ReplaceLineEndings("\n")
                .Split('\n')[0].Split(". ")[0];
            return $"{Name}, which belongs beside the program, cannot be loaded: {reason}";
        }
    }
}
