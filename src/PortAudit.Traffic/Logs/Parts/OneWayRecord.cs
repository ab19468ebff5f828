using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>What a firewall said of packets.</summary>
internal enum FirewallWord : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They may pass.</summary>
    Accepted,

    /// <summary>They may not.</summary>
    Rejected,
}

/// <summary>TCP flags of all packets of a record, together.</summary>
[Flags]
internal enum SeenFlags : byte
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Rst = 4,

    /// <summary>Only with <see cref="Syn"/>: a SYN-ACK.</summary>
    Ack = 16,
}

/// <summary>Packets of one direction of a conversation in one interval, as a network interface saw them.</summary>
/// <param name="From">Who sent them; port 0 where the transport has none.</param>
/// <param name="To">To whom.</param>
/// <param name="Transport">Their transport.</param>
internal readonly record struct OneWayRecord(Endpoint From, Endpoint To, IpProtocol Transport)
{
    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public long StartNs { get; init; }

    /// <summary>Time of the last packet.</summary>
    public long EndNs { get; init; }

    /// <summary>Packets.</summary>
    public long Packets { get; init; }

    /// <summary>Bytes, as the log counts them.</summary>
    public long Bytes { get; init; }

    /// <summary>Payload at least, in bytes.</summary>
    public long PayloadBytes { get; init; }

    /// <summary>TCP flags; null where the log has none.</summary>
    public SeenFlags? Flags { get; init; }

    /// <summary>What the firewall said.</summary>
    public FirewallWord Word { get; init; }

    /// <summary>The firewall that said no, as a reader would call it; null without.</summary>
    public string? Stopper { get; init; }

    /// <summary>Number of the interface that saw them.</summary>
    public int Sensor { get; init; }

    /// <summary>True when the log says that their sender opened the conversation.</summary>
    public bool IsOpener { get; init; }

    /// <summary>True when the log would have the answers, too, so that none is none.</summary>
    public bool ShowsAnswers { get; init; }

    /// <summary>Identifier for evidence.</summary>
    public required string Identifier { get; init; }

    /// <summary>File and line.</summary>
    public FrameReference Line { get; init; }

    /// <summary>Payload of so many bytes at least, if headers are as long as usual at most: IP without options, TCP
    /// with the 20 bytes of options that a SYN has.</summary>
    /// <param name="bytes">Bytes with headers from IP on.</param>
    /// <param name="packets">Packets.</param>
    /// <param name="transport">Transport.</param>
    /// <param name="isIpv4">True for IPv4.</param>
    /// <param name="linkLength">Length of the link's header where it is counted.</param>
    public static long LeastPayload(long bytes, long packets, IpProtocol transport, bool isIpv4, int linkLength = 0)
    {
        var header = linkLength + (isIpv4 ? 20 : 40) + (transport == IpProtocol.Tcp ? 40 : 8);
        return packets > bytes / header ? 0 : bytes - (packets * header);
    }
}
