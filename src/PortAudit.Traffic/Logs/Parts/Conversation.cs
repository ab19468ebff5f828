using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>A conversation as far as its records are read.</summary>
/// <param name="key">Its key.</param>
/// <param name="first">Its first record.</param>
internal sealed class Conversation(ConversationKey key, OneWayRecord first) : Joined<ConversationKey, Conversation>
{
    /// <summary>By how much the times of records may be off: AWS counts from the time at which its service received a
    /// packet, up to 60 seconds after it was sent ("Flow log records", field <c>start</c>).</summary>
    private const long SlackNs = 60_000_000_000;

    private string? _stopper;
    private FrameReference _line = first.Line;
    private string _identifier = first.Identifier;

    /// <inheritdoc />
    public override ConversationKey Key => key;

    /// <summary>Time of the first packet.</summary>
    public long StartNs { get; private set; } = first.StartNs;

    /// <summary>Time of the last packet.</summary>
    public long EndNs { get; private set; } = first.EndNs;

    /// <summary>What the lower end sent.</summary>
    public SeenSide Low { get; } = new();

    /// <summary>What the higher end sent.</summary>
    public SeenSide High { get; } = new();

    /// <summary>True when its first record is of the lower end.</summary>
    public bool IsLowFirst { get; private set; } = ConversationKey.IsFromLow(first);

    /// <summary>True when the log says that the lower end opened it, false for the higher one; null when it does not
    /// say.</summary>
    public bool? IsLowOpener { get; private set; }

    /// <summary>True when its records have TCP flags.</summary>
    public bool HasFlags { get; private set; }

    /// <summary>True when the log would have answers.</summary>
    public bool ShowsAnswers { get; private set; }

    /// <summary>The interface of its first record.</summary>
    public int Sensor { get; } = first.Sensor;

    /// <summary>The record that proves it: of the firewall's no, else the first.</summary>
    public FrameReference Line => _line;

    /// <summary>Identifier of that record.</summary>
    public string Identifier => _identifier;

    /// <summary>The firewall that said no; null without.</summary>
    public string? Stopper => _stopper;

    /// <summary>Adds a record.</summary>
    public void Add(in OneWayRecord record)
    {
        var isLow = ConversationKey.IsFromLow(record);
        (isLow ? Low : High).Add(record);
        if (record.StartNs < StartNs)
            (StartNs, IsLowFirst) = (record.StartNs, isLow);
        EndNs = Math.Max(EndNs, record.EndNs);
        IsLowOpener ??= record.IsOpener ? isLow : null;
        HasFlags |= record.Flags is not null;
        ShowsAnswers |= record.ShowsAnswers;
        if (record.Word == FirewallWord.Rejected && _stopper is null)
            (_stopper, _line, _identifier) = (record.Stopper, record.Line, record.Identifier);
    }

    /// <summary>True when a record of the same ends is of another conversation: after a long silence, or with the SYN
    /// of a new connection.</summary>
    public bool IsOver(in OneWayRecord record) => IsIdle(record.StartNs)
        || (record.StartNs > EndNs && Reopens(record))
        || (record.EndNs < StartNs && (ulong)StartNs - (ulong)record.EndNs > IdleNs);

    /// <summary>True when it was silent for long before a time.</summary>
    public bool IsIdle(long timeNs) => timeNs > EndNs && (ulong)timeNs - (ulong)EndNs > IdleNs;

    private ulong IdleNs => (ulong)(IdleTimeouts.Of(ClassOf()) + SlackNs);

    private bool Reopens(in OneWayRecord record)
    {
        var (side, other) = ConversationKey.IsFromLow(record) ? (Low, High) : (High, Low);
        return (record.Flags ?? SeenFlags.None) is var flags && flags.HasFlag(SeenFlags.Syn)
            && !flags.HasFlag(SeenFlags.Ack) && side.Flags.HasFlag(SeenFlags.Syn)
            && ((side.Flags | other.Flags) & (SeenFlags.Fin | SeenFlags.Rst)) != 0;
    }

    private IdleClass ClassOf()
    {
        if (key.Transport.IsIcmp)
            return IdleClass.Icmp;
        if (key.Transport != IpProtocol.Tcp)
            return IdleClass.Datagram;
        return ((Low.Flags | High.Flags) & (SeenFlags.Fin | SeenFlags.Rst)) != 0
            ? IdleClass.TcpTransitory : IdleClass.TcpOpen;
    }
}
