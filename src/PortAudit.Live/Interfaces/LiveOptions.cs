using System.Collections.Immutable;

namespace PortAudit.Live.Interfaces;

/// <summary>What is captured, and how.</summary>
public sealed record LiveOptions
{
    /// <summary>Largest snap length in bytes that libpcap takes (<c>MAXIMUM_SNAPLEN</c>): more than any frame has,
    /// those of a network card that joins segments included.</summary>
    public const int MaximumSnapLength = 262_144;

    /// <summary>Default of <see cref="BufferBytes"/>: eight times libpcap's own. 16 MiB hold a gigabit link for an
    /// eighth of a second.</summary>
    public const int DefaultBufferBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Default of <see cref="HandOverMs"/>. On Linux the buffer has blocks of 256 KiB, and a period takes one however
    /// little is in it: 64 of them are full after 2.5 s of a reader that does something else, on any link that is not
    /// silent. With 10 ms it would be 0.6 s.
    /// </summary>
    public const int DefaultHandOverMs = 40;

    /// <summary>Largest <see cref="HandOverMs"/>.</summary>
    public const int MaximumHandOverMs = 1_000;

    /// <summary>Names of the interfaces, as <c>portaudit interfaces</c> lists them; on Linux <c>any</c> is all of them
    /// as one.</summary>
    public required ImmutableArray<string> Interfaces { get; init; }

    /// <summary>Bytes of a frame kept at most, 1 to <see cref="MaximumSnapLength"/>.</summary>
    public int SnapLength { get; init; } = MaximumSnapLength;

    /// <summary>Size in bytes of the system's buffer for each interface; where it is full, packets are dropped and
    /// counted.</summary>
    public int BufferBytes { get; init; } = DefaultBufferBytes;

    /// <summary>
    /// Milliseconds, 1 to <see cref="MaximumHandOverMs"/>, that the system may gather packets before it hands them over
    /// together. It bounds how late a packet is seen, not how long a read waits. Without effect under
    /// <see cref="IsImmediate"/>.
    /// </summary>
    public int HandOverMs { get; init; } = DefaultHandOverMs;

    /// <summary>
    /// True to have every packet at once. On Linux the buffer then has slots of one size, which is the snap length on
    /// an interface with offloads: the same buffer holds 64 whole frames, where gathered packets take their own length
    /// each. So it wants a short snap length.
    /// </summary>
    public bool IsImmediate { get; init; }

    /// <summary>True to see what is addressed to others, which a mirror port needs.</summary>
    public bool IsPromiscuous { get; init; } = true;

    /// <summary>True to ask for timestamps in nanoseconds; where the system has none they are in microseconds, and the
    /// capture says so.</summary>
    public bool WantsNanoseconds { get; init; } = true;

    /// <summary>True to retry a lost interface each second: it keeps its index and counters, and the capture ends only
    /// when stopped. False to continue without it, and to end when the last is lost.</summary>
    public bool Reopens { get; init; }

    /// <summary>Which packets, by direction.</summary>
    public LiveDirection Direction { get; init; }

    /// <summary>Capture filter in libpcap's language (pcap-filter(7)); empty for all packets. Names of hosts in it are
    /// looked up by libpcap.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The clock that packets are stamped by; another one is for tests. It puts packets of several interfaces
    /// in order and judges nothing.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>Which packets of an interface are captured, as seen from this machine (<c>pcap_direction_t</c>).</summary>
public enum LiveDirection
{
    /// <summary>Those that come and those that go.</summary>
    Both = 0,

    /// <summary>Those that come.</summary>
    In = 1,

    /// <summary>Those that this machine sends.</summary>
    Out = 2,
}
