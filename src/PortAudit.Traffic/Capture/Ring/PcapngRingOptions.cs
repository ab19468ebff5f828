namespace PortAudit.Traffic.Capture.Ring;

/// <summary>Where captured packets go, and when a new file begins.</summary>
public sealed record PcapngRingOptions
{
    /// <summary>
    /// The file. With <see cref="MaximumBytes"/> or <see cref="Period"/> a number and the time in UTC stand before its
    /// extension (<c>name_00001_20261122163000.pcapng</c>), as dumpcap names them.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// Bytes of a file at most, positive; null for no limit. A packet that does not fit begins a new one, so a file is
    /// longer only for a single packet, or for the statistics at its end.
    /// </summary>
    public long? MaximumBytes { get; init; }

    /// <summary>How far a packet's time may lie from that of the file's first, positive; one beyond begins a new file.
    /// Null for no limit.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>Numbered files that are kept at most, positive, those of earlier runs of the same name counted; the
    /// oldest is removed before a new one begins. Null for all.</summary>
    public int? MaximumFiles { get; init; }

    /// <summary>What each file says of its writer.</summary>
    public CaptureWriter Writer { get; init; } = new(null, null, null);

    /// <summary>Takes what the user has to know, when it happens, on the thread that writes.</summary>
    public Action<RingNotice> Tell { get; init; } = _ => { };

    /// <summary>The clock of names, notices and new attempts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Makes a file that is not there yet.</summary>
    internal Func<string, Stream> Create { get; init; } = RingFileWriter.Create;
}
