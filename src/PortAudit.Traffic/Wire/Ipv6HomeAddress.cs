namespace PortAudit.Traffic.Wire;

/// <summary>Finds a mobile node's home address in destination options (RFC 6275 §6.3): the conversation is with it,
/// wherever the node is.</summary>
internal static class Ipv6HomeAddress
{
    private const byte PadOne = 0;
    private const byte HomeAddress = 0xC9;
    private const int OptionsOffset = 2;
    private const int OptionHeaderLength = 2;
    private const int AddressLength = 16;

    /// <summary>The home address; null without one, or when options before it are malformed.</summary>
    /// <param name="header">A whole header of destination options: at most 2,048 bytes, which bounds the
    /// search.</param>
    public static IpAddress? In(ReadOnlySpan<byte> header)
    {
        var options = header[OptionsOffset..];
        while (options.Length >= OptionHeaderLength)
        {
            if (options[0] == PadOne)
            {
                options = options[1..];
                continue;
            }

            var length = OptionHeaderLength + options[1];
            if (length > options.Length)
                return null;
            if (options[0] == HomeAddress && options[1] == AddressLength)
                return IpAddress.FromIpv6Header(options[OptionHeaderLength..]);
            options = options[length..];
        }

        return null;
    }
}
