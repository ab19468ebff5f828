namespace PortAudit.Traffic.Protocols.Socks;

/// <summary>Common form of SOCKS 5 requests and replies: version, command or result, a reserved 0, typed address, port
/// (RFC 1928 §4 to §6).</summary>
internal static class SocksAddress
{
    private const byte Ipv4 = 1;
    private const byte Name = 3;
    private const byte Ipv6 = 4;
    private const int FixedLength = 4;
    private const int PortLength = 2;

    /// <summary>Measures a request or reply. False for other bytes; <paramref name="length"/> is 0 while
    /// incomplete.</summary>
    /// <param name="bytes">The bytes from the version.</param>
    /// <param name="highestCode">Highest command or result.</param>
    /// <param name="length">Length in bytes.</param>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, byte highestCode, out int length)
    {
        length = 0;
        if ((bytes.Length > 1 && bytes[1] > highestCode) || (bytes.Length > 2 && bytes[2] != 0))
            return false;
        if (bytes.Length > 3 && bytes[3] is not (Ipv4 or Name or Ipv6))
            return false;
        if (bytes.Length <= FixedLength)
            return true;
        var addressLength = bytes[3] == Ipv4 ? 4 : bytes[3] == Ipv6 ? 16 : 1 + bytes[4];
        if (bytes.Length >= FixedLength + addressLength + PortLength)
            length = FixedLength + addressLength + PortLength;
        return true;
    }
}
