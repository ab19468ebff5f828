namespace PortAudit.Traffic.Capture;

/// <summary>Reads the writer of a section from its Section Header Block (draft-ietf-opsawg-pcapng §4.1).</summary>
internal static class PcapngSection
{
    private const ushort HardwareOption = 2;
    private const ushort SystemOption = 3;
    private const ushort ApplicationOption = 4;

    /// <summary>Adds writer and comments.</summary>
    public static void Note(in PcapngBlock block, int section, CaptureLedger ledger)
    {
        var writer = new CaptureWriter(null, null, null);
        var options = new PcapngOptions(block.Body[PcapngBlock.SectionFixedLength..], block.Order);
        while (options.MoveNext())
        {
            var value = options.Value;
            if (options.Code == PcapngBlock.CommentOption)
                ledger.AddComment(CommentSubject.Section, section, value);
            writer = options.Code switch
            {
                HardwareOption =>
                    writer with { Hardware = PcapngOptions.Text(value, CaptureAnnotations.MaximumCommentLength) },
                SystemOption => writer
                    with
                { OperatingSystem = PcapngOptions.Text(value, CaptureAnnotations.MaximumCommentLength) },
                ApplicationOption =>
                    writer with { Application = PcapngOptions.Text(value, CaptureAnnotations.MaximumCommentLength) },
                _ => writer,
            };
        }

        if (options.IsDamaged)
            ledger.AddDamagedBlock(block.Offset);
        if (writer != new CaptureWriter(null, null, null))
            ledger.AddWriter(writer);
    }
}
