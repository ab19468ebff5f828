namespace PortAudit.Traffic.Records;

/// <summary>Number of routers passed, estimated from the hop limit: senders start with 64 (RFC 1700), 128 or 255, and
/// each router subtracts one (RFC 1812 §5.3.1, RFC 8200 §3).</summary>
internal static class HopCount
{
    /// <summary>Result for a hop limit that allows no estimate.</summary>
    public const int Unknown = -1;

    /// <summary>Routers accepted at most, traceroute's default. A hop limit that would need more was chosen by an
    /// application, as by BGP (compare RFC 5082), and says nothing about the host's other packets.</summary>
    public const int Maximum = 30;

    /// <summary>The routers passed; <see cref="Unknown"/> without an estimate.</summary>
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

    /// <summary>True when a packet certainly took a shorter path than another: both counts are known, and its is lower.
    /// Equal counts with different initial values may come from one host.</summary>
    public static bool IsNearer(byte hopLimit, byte than) => Of(hopLimit) is >= 0 and var count && count < Of(than);
}
