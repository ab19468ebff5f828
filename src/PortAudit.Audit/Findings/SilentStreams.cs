using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>
/// Streams of datagrams that no answer came to, and of which nothing proves that they were stopped: they may have
/// arrived, whole. The order of flows changes nothing.
/// </summary>
internal sealed class SilentStreams : IArchived
{
    /// <summary>Unanswered datagrams from which on they are a stream: more than programs send that retry.</summary>
    public const int MinimumDatagrams = 20;

    /// <summary>The shortest stream: one second.</summary>
    private const long MinimumNs = 1_000_000_000;

    public long Flows { get; private set; }

    public long Datagrams { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Adds a flow; does nothing when it is none.</summary>
    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (judgement.Reach != Reach.Unknown || flow.Transport != IpProtocol.Udp || flow.In.Packets > 0
            || flow.Out.Packets < MinimumDatagrams || flow.EndNs - flow.StartNs < MinimumNs)
            return;
        Flows += flow.Count;
        Datagrams += flow.Out.Packets;
        Bytes += flow.Out.Bytes;
    }

    public void UnionWith(SilentStreams other)
    {
        Flows += other.Flows;
        Datagrams += other.Datagrams;
        Bytes += other.Bytes;
    }

    public void Persist(StateArchive archive)
    {
        Flows = archive.Number(Flows);
        Datagrams = archive.Number(Datagrams);
        Bytes = archive.Number(Bytes);
    }
}
