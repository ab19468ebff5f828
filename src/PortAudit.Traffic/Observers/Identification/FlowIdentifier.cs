using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Shows payloads of undecided flows to the recognisers and stores the result in the flow. TCP is reassembled
/// first (<see cref="StreamIdentifier"/>); datagrams and ICMP echo messages are examined singly
/// (<see cref="DatagramIdentifier"/>). A decided flow costs nothing more.</summary>
internal sealed class FlowIdentifier
{
    /// <summary>Bytes for all TLS handshakes: 32,768 open connections with certificates, or many more
    /// without.</summary>
    public const long MaximumNoteBytes = 64L * 1024 * 1024;

    private readonly BufferPool? _notes;
    private readonly FlowDetailPool _details;
    private readonly StreamIdentifier _streams;
    private readonly DatagramIdentifier _datagrams;

    public FlowIdentifier(BufferPool pool, FlowDetailPool details, bool readHandshakes, bool readNames)
    {
        _notes = readHandshakes ? new BufferPool(MaximumNoteBytes) : null;
        _details = details;
        var naming = new FlowNaming(details, readNames);
        _streams = new StreamIdentifier(pool, _notes, details, naming);
        _datagrams = new DatagramIdentifier(pool, _notes, details, naming);
    }

    /// <summary>Conversations not identified, or handshakes not kept, because of a buffer bound.</summary>
    public long Skipped => _streams.Skipped + _datagrams.Skipped;

    /// <summary>Examines a payload (<see cref="PacketWalk.Shown"/>) of a flow that is not
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

    /// <summary>A fragment not yet reassembled shows nothing.</summary>
    private void ShowEcho(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> message, in SentPacket sent)
    {
        if (!message.IsEmpty)
            _datagrams.Show(RecogniserSet.OverIcmp, ref flow, packet, message, sent);
    }

    /// <summary>Ends the identification of a flow: condenses its handshake and frees the buffers, except streams still
    /// read for names.</summary>
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

    /// <summary>The starts of a connection's streams; null without.</summary>
    public StreamStart? StreamsOf(ref readonly Flow flow) => _details.Find(in flow)?.Streams;

    /// <summary>Continues to reassemble the streams of a decided connection, for names; false when the buffer bound is
    /// reached.</summary>
    public bool TryExtend(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, Side sender,
        out bool grew) =>
        _streams.TryExtend(ref flow, packet, payload, sender, out grew);

    public void ReleaseStreams(ref Flow flow) => _streams.Release(ref flow);

    /// <summary>Frees a flow's handshake notes after they were read.</summary>
    public void ReleaseNotes(ref Flow flow)
    {
        if (_details.Find(in flow) is not { Notes: { } notes } detail)
            return;
        _notes!.Return(notes);
        detail.Notes = null;
    }
}
