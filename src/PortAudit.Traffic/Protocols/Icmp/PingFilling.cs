namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>Filler data of pings: a repeated byte, ascending numbers (Linux, BSD), or the alphabet up to w repeated
/// (Windows), after a timestamp or counter of at most sixteen bytes. It carries nothing.</summary>
internal static class PingFilling
{
    /// <summary>Longest prefix before the filler, in bytes: 64-bit Linux' timestamp.</summary>
    private const int HeadLength = 16;

    /// <summary>Shorter data must be filler from its first byte.</summary>
    private const int LeastWithHead = 2 * HeadLength;

    /// <summary>Bytes within which one may restart the sequence: the alphabet does after 23.</summary>
    private const int RowLength = 16;

    /// <summary>True for filler data; the loop is bounded by the message.</summary>
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
