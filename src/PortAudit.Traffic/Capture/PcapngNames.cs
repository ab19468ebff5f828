namespace PortAudit.Traffic.Capture;

/// <summary>Reads Name Resolution Blocks (draft-ietf-opsawg-pcapng §4.5).</summary>
internal static class PcapngNames
{
    private const int LeadLength = 4;
    private const ushort EndOfRecords = 0;
    private const ushort Ipv4Record = 1;
    private const ushort Ipv6Record = 2;
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;

    /// <summary>Adds the names in a block, up to a record that extends beyond it. Skips other address types.</summary>
    public static void Note(in PcapngBlock block, int section, CaptureLedger ledger)
    {
        var rest = block.Body;
        while (rest.Length >= LeadLength)
        {
            var type = block.Order.ReadUInt16(rest);
            var length = block.Order.ReadUInt16(rest[2..]);
            var padded = LeadLength + ((length + 3) & ~3);
            if (padded > rest.Length)
            {
                ledger.AddDamagedBlock(block.Offset);
                return;
            }

            var value = rest.Slice(LeadLength, length);
            rest = rest[padded..];
            if (type == EndOfRecords)
                break;
            if (type == Ipv4Record && length > Ipv4Length)
                NoteNames(value[..Ipv4Length], value[Ipv4Length..], ledger);
            else if (type == Ipv6Record && length > Ipv6Length)
                NoteNames(value[..Ipv6Length], value[Ipv6Length..], ledger);
        }

        var options = new PcapngOptions(rest, block.Order);
        while (options.MoveNext())
        {
            if (options.Code == PcapngBlock.CommentOption)
                ledger.AddComment(CommentSubject.Section, section, options.Value);
        }

        if (options.IsDamaged)
            ledger.AddDamagedBlock(block.Offset);
    }

    /// <summary>One or more zero-terminated names.</summary>
    private static void NoteNames(ReadOnlySpan<byte> address, ReadOnlySpan<byte> names, CaptureLedger ledger)
    {
        foreach (var range in names.Split((byte)0))
        {
            var name = names[range];
            if (!name.IsEmpty)
                ledger.AddName(address, name);
        }
    }
}
