namespace PortAudit.Traffic.Capture;

/// <summary>Decides whether a packet is read. Called once for each packet of a reading; must not throw.</summary>
public delegate bool PacketTest(in CapturedPacket packet);

/// <summary>Which packets of captures are read. Those left out are counted and keep their frame numbers.</summary>
public sealed record PacketSelection
{
    /// <summary>All packets.</summary>
    public static readonly PacketSelection All = new();

    /// <summary>Time of the first packets read, in nanoseconds since the Unix epoch; null for no limit.</summary>
    public long? SinceNs { get; init; }

    /// <summary>Time from which on no packet is read; null for no limit.</summary>
    public long? UntilNs { get; init; }

    /// <summary>The filter expression behind <see cref="Test"/>; null without one.</summary>
    public string? Filter { get; init; }

    /// <summary>The filter, asked for packets within the time; null without one.</summary>
    public PacketTest? Test { get; init; }

    /// <summary>True when it leaves nothing out.</summary>
    public bool IsAll => SinceNs is null && UntilNs is null && Test is null;
}

/// <summary>Packets that a <see cref="PacketSelection"/> left out.</summary>
/// <param name="ByTime">Packets outside the time.</param>
/// <param name="ByFilter">Packets within it that the filter excluded.</param>
public readonly record struct PacketsLeftOut(long ByTime, long ByFilter)
{
    /// <summary>The sum of two.</summary>
    public static PacketsLeftOut operator +(PacketsLeftOut a, PacketsLeftOut b) => Add(a, b);

    /// <summary>The sum of two.</summary>
    public static PacketsLeftOut Add(PacketsLeftOut left, PacketsLeftOut right) =>
        new(left.ByTime + right.ByTime, left.ByFilter + right.ByFilter);
}
