using System.Collections.Immutable;
using System.IO.Enumeration;

namespace PortAudit.Audit.Site;

/// <summary>
/// Says at which capture point of a site a file, or an interface within it, was recorded. A point that names the path
/// wins. A point that claims both the
/// file and the interface wins over one that claims the file, and that over one that claims the interface; among equals
/// the first of the site wins. What no point claims is one point for each interface name.
/// </summary>
/// <param name="points">The site's capture points; empty without a site.</param>
public sealed class CapturePointBinding(ImmutableArray<CapturePoint> points)
{
    private const int PathClaim = 4;
    private const int FileClaim = 2;
    private const int InterfaceClaim = 1;

    /// <summary>Name of the point: the site's, else the interface's, else empty.</summary>
    /// <param name="path">Path of the capture; its file name is compared with the patterns of the points (<c>*</c>,
    /// <c>?</c>), letter case ignored.</param>
    /// <param name="interfaceName">Name of the capture interface, compared exactly; null where the capture gives
    /// none.</param>
    public string PointOf(string path, string? interfaceName)
    {
        var fileName = Path.GetFileName(path);
        var best = points.MaxBy(point => Claim(point, path, fileName, interfaceName));
        return best is not null && Claim(best, path, fileName, interfaceName) > 0 ? best.Name : interfaceName ?? "";
    }

    private static int Claim(CapturePoint point, string path, string fileName, string? interfaceName)
    {
        if (point.Paths.Contains(path, StringComparer.Ordinal))
            return PathClaim;
        var claim = point.Files.Any(pattern =>
            FileSystemName.MatchesSimpleExpression(pattern, fileName, ignoreCase: true)) ? FileClaim : 0;
        return interfaceName is not null && point.Interface == interfaceName ? claim + InterfaceClaim : claim;
    }
}
