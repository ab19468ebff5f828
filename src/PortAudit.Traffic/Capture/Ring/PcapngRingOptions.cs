namespace PortAudit.Traffic.Capture.Ring;

/// <summary>Destination of captured packets, and limits of its files.</summary>
public sealed record PcapngRingOptions
{
    /// <summary>The file. With <see cref="MaximumBytes"/> or <see cref="Period"/>, a number and the UTC time precede
    /// its extension (<c>name_00001_20261122163000.pcapng</c>), as in dumpcap.</summary>
    public required string Path { get; init; }

    /// <summary>Largest file in bytes, positive; null for no limit. A packet that does not fit begins a new file, so a
    /// file exceeds the limit only by a single packet or its final statistics.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>Longest time from a file's first packet, positive; a later or earlier packet begins a new file. Null
    /// for no limit.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>Numbered files kept at most, positive, including those of earlier runs with the same name; the oldest
    /// is removed before a new one begins. Null for all.</summary>
    public int? MaximumFiles { get; init; }

    /// <summary>Writer recorded in each file.</summary>
    public CaptureWriter Writer { get; init; } = new(null, null, null);

    /// <summary>Receives notices for the user, on the writing thread.</summary>
    public Action<RingNotice> Report { get; init; } = _ => { };

    /// <summary>Clock of names, notices and retries.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Creates a new file.</summary>
    internal Func<string, Stream> Create { get; init; } = RingFileWriter.Create;
}
