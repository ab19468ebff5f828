namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>
/// The data with which programs fill their pings: zeros or another byte again and again, numbers that count up (Linux,
/// BSD), the alphabet up to w over and over (Windows), behind a time or a counter of at most sixteen bytes. Whatever
/// else it may be, it carries nothing.
/// </summary>
internal static class PingFilling
{
    /// <summary>Length of what may stand before the filling, in bytes: the time of Linux on 64 bits.</summary>
    private const int HeadLength = 16;

    /// <summary>Shorter data is filling from its first byte on, or is none.</summary>
    private const int LeastWithHead = 2 * HeadLength;

    /// <summary>Of so many bytes one may begin a row again: the alphabet does after 23.</summary>
    private const int RowLength = 16;

    /// <summary>True for data that is filling; the loop ends with the bytes of one message.</summary>
    public static bool Is(ReadOnlySpan<byte> data)
    {
        var filling = data.Length < LeastWithHead ? data : data[HeadLength..];
        var allowed = filling.Length / RowLength;
        for (var i = 1; i < filling.Length; i++)
        {
            if ((byte)(filling[i] - filling[i - 1]) > 1 && --allowed < 0)
                return false;
        }

        return true;
    }
}
