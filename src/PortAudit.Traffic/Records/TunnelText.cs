using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>Reads <see cref="FlowRecord.Tunnel"/>: encapsulations, outermost first, separated by slashes, each with its
/// number, if any, after a colon.</summary>
public static class TunnelText
{
    private const char Inside = '/';
    private const char Number = ':';

    /// <summary>Encapsulations that transport mirrored packets to the capture.</summary>
    private static readonly string[] Mirrors = [TunnelKind.Erspan.ToText(), TunnelKind.Tzsp.ToText()];

    /// <summary>The encapsulations inside the innermost mirror, or all without a mirror; empty when there is
    /// none.</summary>
    public static string WithoutMirrors(string tunnel)
    {
        ArgumentNullException.ThrowIfNull(tunnel);
        var kinds = tunnel.Split(Inside);
        var mirror = Array.FindLastIndex(kinds, kind => Mirrors.Contains(kind.Split(Number)[0]));
        return string.Join(Inside, kinds[(mirror + 1)..]);
    }
}
