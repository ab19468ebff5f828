namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What is remembered of a datagram that went before.</summary>
public readonly ref struct EarlierDatagram
{
    /// <summary>Makes the view.</summary>
    internal EarlierDatagram(bool isFromOriginator, bool isWhole, int length, ReadOnlySpan<byte> head)
    {
        IsFromOriginator = isFromOriginator;
        IsWhole = isWhole;
        Length = length;
        Head = head;
    }

    /// <summary>True when the presumed originator sent it.</summary>
    public bool IsFromOriginator { get; }

    /// <summary>False when the capture cut it, or a fragment of it was all that was seen.</summary>
    public bool IsWhole { get; }

    /// <summary>Length of its payload as far as it was captured, in bytes.</summary>
    public int Length { get; }

    /// <summary>Its first bytes, at most <see cref="DatagramHistory.HeadLength"/>.</summary>
    public ReadOnlySpan<byte> Head { get; }
}
