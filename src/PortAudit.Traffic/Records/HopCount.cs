namespace PortAudit.Traffic.Records;

/// <summary>
/// How many routers have forwarded a packet, as far as its hop limit tells: senders begin with 64 (RFC 1700), 128 or
/// 255, as systems in use do, and each router takes one (RFC 1812 §5.3.1, RFC 8200 §3).
/// </summary>
internal static class HopCount
{
    /// <summary>Stands for a hop limit that tells nothing.</summary>
    public const int Unknown = -1;

    /// <summary>
    /// Routers that are believed at most, as many as traceroute tries by default. A hop limit that would need more
    /// comes from an application that chose it, as BGP does for its neighbours (compare RFC 5082), and says nothing of
    /// what else its host sends.
    /// </summary>
    public const int Maximum = 30;

    /// <summary>The routers behind a hop limit, <see cref="Unknown"/> when it tells none.</summary>
    public static int Of(byte hopLimit)
    {
        var count = hopLimit switch
        {
            <= 64 => 64 - hopLimit,
            <= 128 => 128 - hopLimit,
            _ => 255 - hopLimit,
        };
        return count <= Maximum ? count : Unknown;
    }

    /// <summary>
    /// True when a packet certainly comes from nearer than another one: both counts are known, and its is lower. Hop
    /// limits of different beginnings and the same count may be one host's, which does not begin all of its packets
    /// with the same.
    /// </summary>
    public static bool IsNearer(byte hopLimit, byte than) => Of(hopLimit) is >= 0 and var count && count < Of(than);
}
