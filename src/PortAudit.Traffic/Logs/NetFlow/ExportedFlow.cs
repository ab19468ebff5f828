using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>One record as exporters send it: packets of one direction, and of both with the reverse counters of RFC
/// 5103.</summary>
internal struct ExportedFlow
{
    /// <summary>What wrote the log.</summary>
    public LogSource Source;

    /// <summary>The file and the datagram or line.</summary>
    public FrameReference Line;

    /// <summary>Number of the record in the datagram, from 1.</summary>
    public int Number;

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public long StartNs;

    /// <summary>Time of the last packet.</summary>
    public long EndNs;

    /// <summary>Decimal digits of a second in its times.</summary>
    public int Digits;

    /// <summary>Sender; the port of ICMP is the type.</summary>
    public Endpoint From;

    /// <summary>Receiver; the port of ICMP is the code.</summary>
    public Endpoint To;

    public IpProtocol Transport;

    public VlanTags Vlan;

    /// <summary>What was sent.</summary>
    public SentCounts Sent;

    /// <summary>What was received; no packets without reverse counters.</summary>
    public SentCounts Received;

    /// <summary>From the first packet sent to the first received, in nanoseconds; null when not said.</summary>
    public long? ReverseDelayNs;

    /// <summary>True when counters go on from one record to the next, false when each begins at zero.</summary>
    public bool IsTotal;

    /// <summary>Number of the domain: what one domain saw twice is counted twice by nobody else.</summary>
    public uint Domain;

    /// <summary>0 for packets that came in, 1 for those that went out (flowDirection).</summary>
    public byte Way;

    public uint Input;

    public uint Output;

    /// <summary>True when the exporter says that the sender opened the flow.</summary>
    public bool IsInitiator;

    /// <summary>How the exporter refused the packets, a clause; null when it did not.</summary>
    public string? Denied;

    /// <summary>As <see cref="ExportPlace.HidesAnswers"/>.</summary>
    public bool HidesAnswers;

    /// <summary>True when only some packets were looked at.</summary>
    public bool IsSampled;
}

/// <summary>What one side sent.</summary>
/// <param name="Packets">Number of packets.</param>
/// <param name="Bytes">Bytes from the IP header on.</param>
/// <param name="Flags">All TCP flags together; none when unknown.</param>
/// <param name="First">TCP flags of the first packet; none when unknown.</param>
internal readonly record struct SentCounts(long Packets, long Bytes, TcpFlags Flags, TcpFlags First);
