using System.Runtime.InteropServices;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>The native library that draws pictures, next to the program.</summary>
public static class PictureLibrary
{
    private const string Name = "libSkiaSharp";

    /// <summary>Why no picture can be drawn; null when one can.</summary>
    public static string? WhyMissing() => WhyMissing(Name, AppContext.BaseDirectory);

    /// <summary>Why no picture can be drawn by some library; null when one can.</summary>
    /// <param name="name">What it is loaded by: its name without ending, or a path.</param>
    /// <param name="folder">Where it belongs.</param>
    internal static string? WhyMissing(string name, string folder)
    {
        try
        {
            NativeLibrary.Load(name, typeof(SKPath).Assembly, null);
            return PictureFonts.All.Regular.GlyphCount > 0 ? null : $"{name} reads no font";
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException
            or EntryPointNotFoundException or TypeInitializationException)
        {
            var file = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(name)}{Ending}");
            return File.Exists(file)
                ? $"{file} cannot be loaded: it is damaged, or of another system or version"
                : $"{Path.GetFileName(file)} is missing: it belongs next to the program, in "
                    + Path.GetDirectoryName(file);
        }
    }

    private static string Ending =>
        OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
}
