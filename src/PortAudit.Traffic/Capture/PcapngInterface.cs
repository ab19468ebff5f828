namespace PortAudit.Traffic.Capture;

/// <summary>An Interface Description Block (draft-ietf-opsawg-pcapng §4.2), prepared for use with each
/// packet.</summary>
/// <param name="Interface">The interface for users.</param>
/// <param name="Clock">Converts its timestamps.</param>
internal sealed record PcapngInterface(CaptureInterface Interface, PcapngClock Clock)
{
    /// <summary>Bytes kept of a name and of a description: a file may describe many interfaces
    /// (<see cref="PcapngInterfaces.Maximum"/>), and Windows' names take a hundred.</summary>
    public const int MaximumTextLength = 255;

    /// <summary>Bytes kept of a capture filter.</summary>
    public const int MaximumFilterLength = 1024;

    private const int FixedLength = 8;
    private const ushort NameOption = 2;
    private const ushort DescriptionOption = 3;
    private const ushort ResolutionOption = 9;
    private const ushort FilterOption = 11;
    private const ushort OffsetOption = 14;

    /// <summary>First byte of <c>if_filter</c> for text in libpcap's syntax; 1 is compiled code.</summary>
    private const byte TextFilter = 0;

    /// <summary>Reads the block; false when it is too short, or an option extends beyond it or has an impossible
    /// length.</summary>
    public static bool TryParse(in PcapngBlock block, out PcapngInterface? result)
    {
        result = null;
        if (block.Body.Length < FixedLength)
            return false;

        string? name = null;
        string? description = null;
        string? filter = null;
        var resolution = PcapngClock.DefaultResolution;
        long offsetSeconds = 0;
        var options = new PcapngOptions(block.Body[FixedLength..], block.Order);
        while (options.MoveNext())
        {
            var value = options.Value;
            switch (options.Code)
            {
                case NameOption:
                    name = PcapngOptions.Text(value, MaximumTextLength);
                    break;
                case DescriptionOption:
                    description = PcapngOptions.Text(value, MaximumTextLength);
                    break;
                case FilterOption when value.Length > 1 && value[0] == TextFilter:
                    filter = PcapngOptions.Text(value[1..], MaximumFilterLength);
                    break;
                case ResolutionOption when value.Length == 1:
                    resolution = value[0];
                    break;
                case OffsetOption when value.Length == sizeof(long):
                    offsetSeconds = block.Order.ReadInt64(value);
                    break;
                case ResolutionOption or OffsetOption:
                    // Without them all times of this interface would silently be wrong.
                    return false;
            }
        }

        if (options.IsDamaged)
            return false;
        var clock = new PcapngClock(resolution, offsetSeconds);
        var linkType = new LinkType(block.Order.ReadUInt16(block.Body));
        result = new PcapngInterface(new CaptureInterface(name, linkType, block.Order.ReadUInt32(block.Body[4..]),
            filter, clock.Digits)
        { Description = description }, clock);
        return true;
    }

    /// <summary>Adds the comments of a block read by <see cref="TryParse"/>.</summary>
    public static void NoteComments(in PcapngBlock block, int interfaceIndex, CaptureLedger ledger)
    {
        var options = new PcapngOptions(block.Body[FixedLength..], block.Order);
        while (options.MoveNext())
        {
            if (options.Code == PcapngBlock.CommentOption)
                ledger.AddComment(CommentSubject.Interface, interfaceIndex, options.Value);
        }
    }
}
