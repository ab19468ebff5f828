namespace PortAudit.Traffic.Identification;

/// <summary>What is remembered of a datagram that went before.</summary>
public readonly ref struct EarlierDatagram
{
    /// <summary>Makes the view.</summary>
    internal EarlierDatagram(bool isFromOriginator, int length, ReadOnlySpan<byte> head)
    {
        IsFromOriginator = isFromOriginator;
        Length = length;
        Head = head;
    }

    /// <summary>True when the presumed originator sent it.</summary>
    public bool IsFromOriginator { get; }

    /// <summary>Length of its payload as far as it was captured, in bytes.</summary>
    public int Length { get; }

    /// <summary>Its first bytes, at most <see cref="DatagramHistory.HeadLength"/>.</summary>
    public ReadOnlySpan<byte> Head { get; }
}
