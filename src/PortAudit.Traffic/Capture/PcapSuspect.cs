using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>A pcap record with an implausible header, accepted when valid records follow: clocks are changed and
/// writers err, but damage leads to no further header.</summary>
/// <param name="TimestampNs">Its time in nanoseconds since the Unix epoch.</param>
/// <param name="Fraction">The fraction of a second in that time.</param>
/// <param name="Captured">Captured length in bytes, at most <see cref="PcapReader.MaximumCapturedLength"/>.</param>
/// <param name="Original">Original length in bytes.</param>
internal readonly record struct PcapSuspect(long TimestampNs, uint Fraction, uint Captured, uint Original)
{
    /// <summary>Headers that must follow if none is near the current time. One that is near suffices: by chance one in
    /// a billion is.</summary>
    private const int Followers = 2;

    /// <summary>Examines what follows the record.</summary>
    /// <param name="buffer">At the record.</param>
    /// <param name="layout">Layout of headers.</param>
    /// <param name="nearNs">The current time; null without one.</param>
    /// <param name="longest">Largest captured length of the followers.</param>
    public PcapConfirmation Confirm(BlockBuffer buffer, PcapRecordLayout layout, long? nearNs, uint longest)
    {
        var confirmation = ConfirmByFollowers(buffer, layout, nearNs, longest);
        if (confirmation != PcapConfirmation.OfItsTime || nearNs is not { } near
            || RecordSearch.AreNear(TimestampNs, near))
            return confirmation;

        // Four lost bytes leave a chain too, with each record's fraction as its time. The true records are near the
        // current time.
        var length = layout.RecordHeaderLength + (int)Captured;
        return RecordSearch.IsWithin(buffer, length, layout, near) ? PcapConfirmation.None : confirmation;
    }

    /// <summary>What is wrong with its header, a clause whose subject is the record.</summary>
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

    /// <summary>True when only its time is implausible, so that it may be the last record of a cut capture.</summary>
    public bool MayBeCut(PcapRecordLayout layout) => Captured > 0 && Captured <= Original
        && Captured <= RecordSearch.MaximumCapturedLength && Fraction < layout.FractionsPerSecond;

    private PcapConfirmation ConfirmByFollowers(BlockBuffer buffer, PcapRecordLayout layout, long? nearNs, uint longest)
    {
        var length = layout.RecordHeaderLength + (int)Captured;
        if (!buffer.TryPeek(layout.RecordHeaderLength, out var own) || PcapRecordLayout.IsZero(own))
            return PcapConfirmation.None;
        for (var follower = 0; follower < Followers; follower++)
        {
            // At the end of the capture, or after a read error, only complete records are available.
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
