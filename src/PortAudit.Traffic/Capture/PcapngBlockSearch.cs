namespace PortAudit.Traffic.Capture;

/// <summary>
/// Finds the next sound block behind a damaged one: of a known type, with equal lengths at both ends, and followed by
/// the begin of another block or the end of the capture. Every byte is tried: what was lost or put in need not be a
/// multiple of the 4 bytes to which blocks are aligned.
/// </summary>
internal static class PcapngBlockSearch
{
    /// <summary>Bytes searched for a sound block behind damage: the longest block.</summary>
    public const long MaximumBytes = PcapngBlock.MaximumLength;

    /// <summary>Length of a block that the search believes: any packet that libpcap captures, with room for
    /// options.</summary>
    public const uint MaximumLength = 2 * RecordSearch.MaximumCapturedLength;

    /// <summary>Consumes bytes until the buffer stands at a sound block. False when none was found within the bound or
    /// before the end.</summary>
    /// <param name="buffer">Stands behind the first byte of the damaged block.</param>
    /// <param name="order">Byte order of the section.</param>
    public static bool TryFind(BlockBuffer buffer, ByteOrder order)
    {
        for (long looked = 0; looked < MaximumBytes
            && buffer.TryPeek(PcapngBlock.MinimumLength, out var lead); looked++)
        {
            if (TryReadLength(lead, order, out var length, out var own) && IsSound(buffer, own, length))
                return true;
            buffer.Consume(1);
        }

        return false;
    }

    private static bool IsSound(BlockBuffer buffer, ByteOrder order, int length)
    {
        if (!buffer.TryPeek(length, out var block) || order.ReadUInt32(block[^sizeof(uint)..]) != length)
            return false;
        return buffer.TryPeek(length + PcapngBlock.MinimumLength, out var more)
            ? TryReadLength(more[length..], order, out _, out _)
            : buffer.Available - length < PcapngBlock.MinimumLength;
    }

    /// <summary>Reads the length of a block that may be none at all.</summary>
    /// <param name="lead">Type, length and, in a section header, the byte-order magic.</param>
    /// <param name="order">Byte order of the section before.</param>
    /// <param name="length">Length of the block in bytes.</param>
    /// <param name="own">Byte order of the block.</param>
    private static bool TryReadLength(ReadOnlySpan<byte> lead, ByteOrder order, out int length, out ByteOrder own)
    {
        (length, own) = (0, order);
        var type = order.ReadUInt32(lead);
        if (!PcapngBlock.IsKnown(type) || (type == PcapngBlock.SectionHeader
            && !PcapngBlock.TryReadOrder(lead[PcapngBlock.LeadLength..], out own)))
            return false;

        var written = own.ReadUInt32(lead[sizeof(uint)..]);
        if (written is < PcapngBlock.MinimumLength or > MaximumLength || written % sizeof(uint) != 0)
            return false;
        length = (int)written;
        return true;
    }
}
