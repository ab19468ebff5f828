namespace PortAudit.Traffic.Wire;

/// <summary>Finds a source route among the options of an IPv4 header (RFC 791 §3.1).</summary>
internal static class Ipv4SourceRoute
{
    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte LooseRoute = 131;
    private const byte StrictRoute = 137;

    /// <summary>Type, length and pointer.</summary>
    private const int RouteHeaderLength = 3;

    private const int AddressLength = 4;

    /// <summary>The last address of an unfinished route; null without one, or when options before it are
    /// malformed.</summary>
    /// <param name="options">The options: at most 40 bytes, which bounds the search.</param>
    public static IpAddress? LastOf(ReadOnlySpan<byte> options)
    {
        while (options.Length >= RouteHeaderLength && options[0] != EndOfOptions)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }

            var length = options[1];
            if (length < RouteHeaderLength - 1 || length > options.Length)
                return null;
            if (options[0] is LooseRoute or StrictRoute)
                return LastOfRoute(options[..length]);
            options = options[length..];
        }

        return null;
    }

    /// <summary>The pointer counts from 1 at the option's first byte; beyond its length the route is
    /// finished.</summary>
    private static IpAddress? LastOfRoute(ReadOnlySpan<byte> route) =>
        route.Length >= RouteHeaderLength + AddressLength && route[2] + AddressLength - 1 <= route.Length
            ? IpAddress.FromIpv4(route[^AddressLength..])
            : null;
}
