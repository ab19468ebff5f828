namespace PortAudit.Traffic.Capture;

/// <summary>Interface Statistics Blocks (draft-ietf-opsawg-pcapng §4.6): option codes and reading.</summary>
internal static class PcapngStatistics
{
    /// <summary>Bytes of the body before the options: interface number and timestamp.</summary>
    public const int FixedLength = 12;

    /// <summary><c>isb_starttime</c>.</summary>
    public const ushort StartOption = 2;

    /// <summary><c>isb_endtime</c>.</summary>
    public const ushort EndOption = 3;

    /// <summary><c>isb_ifrecv</c>.</summary>
    public const ushort ReceivedOption = 4;

    /// <summary><c>isb_ifdrop</c>.</summary>
    public const ushort InterfaceDropsOption = 5;

    /// <summary><c>isb_filteraccept</c>.</summary>
    public const ushort AcceptedOption = 6;

    /// <summary><c>isb_osdrop</c>.</summary>
    public const ushort SystemDropsOption = 7;

    /// <summary><c>isb_usrdeliv</c>.</summary>
    public const ushort DeliveredOption = 8;

    /// <summary>Adds the counters and comments of a block; one that is too short or names an unknown interface is
    /// damaged.</summary>
    public static void Note(in PcapngBlock block, PcapngInterfaces interfaces, CaptureLedger ledger)
    {
        if (block.Body.Length < FixedLength || !interfaces.TryFind(block.Order.ReadUInt32(block.Body), out var index))
        {
            ledger.AddDamagedBlock(block.Offset);
            return;
        }

        var statistics = new InterfaceStatistics(index, null);
        var options = new PcapngOptions(block.Body[FixedLength..], block.Order);
        while (options.MoveNext())
        {
            if (options.Code == PcapngBlock.CommentOption)
                ledger.AddComment(CommentSubject.Interface, index, options.Value);
            else if (options.Value.Length == sizeof(long))
                statistics = With(statistics, options.Code, Count(block.Order.ReadInt64(options.Value)));
        }

        if (options.IsDamaged)
            ledger.AddDamagedBlock(block.Offset);
        ledger.SetStatistics(statistics);
    }

    /// <summary>An unsigned count as a signed one, saturated.</summary>
    public static long Count(long unsigned) => unsigned < 0 ? long.MaxValue : unsigned;

    private static InterfaceStatistics With(InterfaceStatistics statistics, ushort option, long count) => option switch
    {
        ReceivedOption => statistics with { Received = count },
        InterfaceDropsOption => statistics with { DroppedByInterface = count },
        AcceptedOption => statistics with { Accepted = count },
        SystemDropsOption => statistics with { DroppedBySystem = count },
        DeliveredOption => statistics with { Delivered = count },
        _ => statistics,
    };
}
