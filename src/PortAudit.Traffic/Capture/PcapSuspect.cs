using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// A pcap record whose header nobody should have written, and that is believed all the same where sound records follow:
/// clocks are set, and writers err, but damage leads to no further header.
/// </summary>
/// <param name="TimestampNs">Its time in nanoseconds since the Unix epoch.</param>
/// <param name="Fraction">The part of a second in that time.</param>
/// <param name="Captured">Captured length in bytes, at most <see cref="PcapReader.MaximumCapturedLength"/>.</param>
/// <param name="Original">Original length in bytes.</param>
internal readonly record struct PcapSuspect(long TimestampNs, uint Fraction, uint Captured, uint Original)
{
    /// <summary>
    /// Headers that have to follow where none of them is near the time so far. One that is near it suffices: at a place
    /// that damage made, one in a billion is.
    /// </summary>
    private const int Followers = 2;

    /// <summary>Looks at what follows the record.</summary>
    /// <param name="buffer">Stands at the record.</param>
    /// <param name="layout">How headers are read.</param>
    /// <param name="nearNs">The time so far; null when there is none.</param>
    /// <param name="longest">Captured length that the followers may have.</param>
    public PcapConfirmation Confirm(BlockBuffer buffer, PcapRecordLayout layout, long? nearNs, uint longest)
    {
        var confirmation = ConfirmByFollowers(buffer, layout, nearNs, longest);
        if (confirmation != PcapConfirmation.OfItsTime || nearNs is not { } near
            || RecordSearch.AreNear(TimestampNs, near))
            return confirmation;

        // Four bytes that are lost leave a chain, too: each record's fraction is taken for its time. The true records,
        // which go on with the time so far, are near.
        var length = layout.RecordHeaderLength + (int)Captured;
        return RecordSearch.IsWithin(buffer, length, layout, near) ? PcapConfirmation.None : confirmation;
    }

    /// <summary>What its header does wrong, a clause whose subject is the record.</summary>
    /// <param name="buffer">Stands at the record.</param>
    /// <param name="layout">How headers are read.</param>
    public string Contradiction(BlockBuffer buffer, PcapRecordLayout layout)
    {
        if (buffer.TryPeek(layout.RecordHeaderLength, out var own) && PcapRecordLayout.IsZero(own))
            return "is all zeros, as a hole in a file is";
        return this switch
        {
            { Captured: 0 } => "holds no byte of a frame, and no sound record follows where it ends",
            _ when Captured > Original => string.Create(CultureInfo.InvariantCulture,
                $"claims {Captured} captured bytes of a frame of {Original}, and no sound record follows where it "
                    + $"ends"),
            _ when Fraction >= layout.FractionsPerSecond =>
                Text($"gives {Fraction} as a part of a second, and no sound record follows where it ends"),
            _ => "has a time a day and more from those before it, and no sound record follows where it ends",
        };
    }

    /// <summary>True when nothing but its time speaks against it, so that it may be the record in which a capture was
    /// cut.</summary>
    /// <param name="layout">How headers are read.</param>
    public bool MayBeCut(PcapRecordLayout layout) => Captured > 0 && Captured <= Original
        && Captured <= RecordSearch.MaximumCapturedLength && Fraction < layout.FractionsPerSecond;

    private PcapConfirmation ConfirmByFollowers(BlockBuffer buffer, PcapRecordLayout layout, long? nearNs, uint longest)
    {
        var length = layout.RecordHeaderLength + (int)Captured;
        if (!buffer.TryPeek(layout.RecordHeaderLength, out var own) || PcapRecordLayout.IsZero(own))
            return PcapConfirmation.None;
        for (var follower = 0; follower < Followers; follower++)
        {
            // Where the capture ends, or reading fails, whole records are all that can be asked for.
            if (length + layout.RecordHeaderLength > BlockBuffer.MaximumLength
                || !buffer.TryPeek(length + layout.RecordHeaderLength, out var bytes))
                return follower > 0 || buffer.Available >= length ? PcapConfirmation.OfItsTime : PcapConfirmation.None;

            var header = bytes[length..];
            layout.Read(header, out var timestampNs, out _, out var captured, out _);
            if (captured > longest || PcapRecordLayout.IsZero(header))
                return PcapConfirmation.None;
            if (nearNs is { } near && RecordSearch.AreNear(timestampNs, near))
                return RecordSearch.AreNear(TimestampNs, near)
                    ? PcapConfirmation.OfItsTime
                    : PcapConfirmation.OfTheRecord;
            if (!RecordSearch.AreNear(timestampNs, TimestampNs) && !layout.TryRecogniseRecord(header, out _, out _))
                return PcapConfirmation.None;
            length += layout.RecordHeaderLength + (int)captured;
        }

        return PcapConfirmation.OfItsTime;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
