namespace PortAudit.Traffic.Capture;

/// <summary>Finds the next valid block after a damaged one: of a known type, with equal lengths at both ends, followed
/// by another block or the end of the capture. Tries every byte: what was lost or inserted need not be a multiple of
/// 4.</summary>
internal static class PcapngBlockSearch
{
    /// <summary>Bytes searched for a valid block after damage: the longest block.</summary>
    public const long MaximumBytes = PcapngBlock.MaximumLength;

    /// <summary>Longest block accepted by the search: any packet that libpcap captures, with options.</summary>
    public const uint MaximumLength = 2 * RecordSearch.MaximumCapturedLength;

    /// <summary>Consumes bytes up to a valid block. False when none was found within the bound or before the
    /// end.</summary>
    /// <param name="buffer">After the first byte of the damaged block.</param>
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

    /// <summary>Reads the length of a possible block.</summary>
    /// <param name="lead">Type, length and, in a section header, the byte-order magic.</param>
    /// <param name="order">Byte order of the previous section.</param>
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
