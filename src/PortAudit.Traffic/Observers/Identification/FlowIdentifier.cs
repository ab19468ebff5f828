using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>
/// Shows the payloads of undecided flows to the recognisers of the registry, and keeps what they find in the flow. TCP
/// is put in order first (<see cref="StreamIdentifier"/>); datagrams and ICMP echo messages are shown one by one
/// (<see cref="DatagramIdentifier"/>). A decided flow costs nothing more.
/// </summary>
internal sealed class FlowIdentifier
{
    /// <summary>
    /// Bytes kept of all TLS handshakes: room for 32,768 open connections with certificates, and many more without.
    /// </summary>
    public const long MaximumNoteBytes = 64L * 1024 * 1024;

    private readonly BufferPool? _notes;
    private readonly FlowDetailPool _details;
    private readonly StreamIdentifier _streams;
    private readonly DatagramIdentifier _datagrams;

    /// <summary>Makes an identifier.</summary>
    /// <param name="pool">Where it takes its buffers.</param>
    /// <param name="details">Where it keeps what it finds.</param>
    /// <param name="readHandshakes">True to keep TLS handshakes.</param>
    /// <param name="readNames">True to keep what names need.</param>
    public FlowIdentifier(BufferPool pool, FlowDetailPool details, bool readHandshakes, bool readNames)
    {
        _notes = readHandshakes ? new BufferPool(MaximumNoteBytes) : null;
        _details = details;
        var naming = new FlowNaming(details, readNames);
        _streams = new StreamIdentifier(pool, _notes, details, naming);
        _datagrams = new DatagramIdentifier(pool, _notes, details, naming);
    }

    /// <summary>Conversations that were not looked at, or whose handshake was not kept, because a bound of the buffers
    /// was reached.</summary>
    public long Skipped => _streams.Skipped + _datagrams.Skipped;

    /// <summary>Looks at one payload (<see cref="PacketWalk.Shown"/>) of a flow that is not
    /// <see cref="FlowFlags.IdentificationEnded"/>.</summary>
    public void Show(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        if (flow.Key.Transport == IpProtocol.Tcp)
            _streams.Show(ref flow, packet, payload, sent);
        else if (flow.Key.Transport == IpProtocol.Udp)
            _datagrams.Show(RecogniserSet.OverUdp, ref flow, packet, payload, sent);
        else if (flow.Key.Transport.IsIcmp && IcmpMessage.IsEcho(flow.Key.Transport, (byte)flow.Key.LowPort))
            ShowEcho(ref flow, packet, payload, sent);
        else
            flow.Flags |= FlowFlags.IdentificationEnded;
    }

    /// <summary>A fragment that is not put together yet shows nothing.</summary>
    private void ShowEcho(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> message, in SentPacket sent)
    {
        if (!message.IsEmpty)
            _datagrams.Show(RecogniserSet.OverIcmp, ref flow, packet, message, sent);
    }

    /// <summary>Ends the work on a flow: condenses what a handshake showed and gives the buffers back, but for streams
    /// that are still read for names.</summary>
    public void End(ref Flow flow)
    {
        if (flow.Has(FlowFlags.IdentificationEnded))
            return;
        if (StreamsOf(in flow) is not null)
            _streams.End(ref flow);
        else if (_details.Find(in flow)?.Datagrams is not null)
            _datagrams.End(ref flow);
        flow.Flags |= FlowFlags.IdentificationEnded;
    }

    /// <summary>The streams' starts of a connection, null when it has none.</summary>
    public StreamStart? StreamsOf(ref readonly Flow flow) => _details.Find(in flow)?.Streams;

    /// <summary>Goes on putting the streams of a decided connection in order, for names; false when the buffers' bound
    /// is reached.</summary>
    public bool TryExtend(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, Side sender,
        out bool grew) =>
        _streams.TryExtend(ref flow, packet, payload, sender, out grew);

    /// <summary>Gives the streams of a decided connection back.</summary>
    public void ReleaseStreams(ref Flow flow) => _streams.Release(ref flow);

    /// <summary>Gives a flow's notes back after they were read.</summary>
    public void ReleaseNotes(ref Flow flow)
    {
        if (_details.Find(in flow) is not { Notes: { } notes } detail)
            return;
        _notes!.Return(notes);
        detail.Notes = null;
    }
}
