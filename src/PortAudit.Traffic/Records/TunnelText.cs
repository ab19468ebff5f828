using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>Reads <see cref="FlowRecord.Tunnel"/>: kinds of encapsulation, each with its number behind a colon where it
/// has one, outermost first, parted by slashes.</summary>
public static class TunnelText
{
    private const char Inside = '/';
    private const char Number = ':';

    /// <summary>What carries a copy of packets to where they are captured.</summary>
    private static readonly string[] Mirrors = [TunnelKind.Erspan.ToText(), TunnelKind.Tzsp.ToText()];

    /// <summary>The encapsulations in which the packets themselves went: those inside the innermost mirror, or all of
    /// them; empty when there is none.</summary>
    /// <param name="tunnel">The encapsulations around a flow.</param>
    public static string WithoutMirrors(string tunnel)
    {
        ArgumentNullException.ThrowIfNull(tunnel);
        var kinds = tunnel.Split(Inside);
        var mirror = Array.FindLastIndex(kinds, kind => Mirrors.Contains(kind.Split(Number)[0]));
        return string.Join(Inside, kinds[(mirror + 1)..]);
    }
}
