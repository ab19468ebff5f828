using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Identifies datagram flows: shows each datagram to all recognisers that its first byte allows, with the
/// starts of earlier ones where requested.</summary>
internal sealed class DatagramIdentifier
{
    /// <summary>Datagrams examined per flow.</summary>
    public const int MaximumDatagrams = 8;

    /// <summary>Datagrams examined per flow whose protocol is proved and may switch to another: ICE checks before
    /// media.</summary>
    public const int MaximumDatagramsBeforeAnother = 32;

    private readonly Stack<DatagramMemory> _free = new();
    private readonly BufferPool _pool;
    private readonly FlowDetailPool _details;
    private readonly FlowNaming _naming;
    private readonly QuicReading _quic;
    private long _skipped;

    public DatagramIdentifier(BufferPool pool, BufferPool? notes, FlowDetailPool details, FlowNaming naming)
    {
        _pool = pool;
        _quic = new QuicReading(notes, details, naming);
        _details = details;
        _naming = naming;
    }

    /// <summary>Flows abandoned because the buffer bound was reached.</summary>
    public long Skipped => _skipped + _quic.Skipped;

    /// <summary>Examines a payload with the recognisers of <paramref name="set"/>, the same for all payloads of a
    /// flow.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Show(RecogniserSet set, ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload,
        in SentPacket sent)
    {
        if (KeepsAlive(payload))
            return;
        flow.ProbedPackets++;
        if (_details.Find(in flow)?.Datagrams is { Quic: { } handshake })
        {
            if (_quic.Add(ref flow, handshake, payload, sent) || flow.ProbedPackets >= MaximumDatagramsBeforeAnother)
                End(ref flow);
            return;
        }

        if (Recognise(set, ref flow, packet, payload, sent)
            || !TryRemember(ref flow, payload, sent.Sender, IsWhole(packet)))
        {
            End(ref flow);
            return;
        }

        var isProved = _details.Find(in flow)?.Datagrams is { Matched: >= 0 };
        if (flow.ProbedPackets >= (isProved ? MaximumDatagramsBeforeAnother : MaximumDatagrams))
            End(ref flow);
    }

    /// <summary>Ends the identification of a flow: without proof, a match in shape decides.</summary>
    public void End(ref Flow flow)
    {
        flow.Flags |= FlowFlags.IdentificationEnded;
        if (_details.Find(in flow) is { Datagrams: { } memory } detail)
            Forget(ref flow, detail, memory);
    }

    /// <summary>Frees a flow's state, after the name that it may give.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget(ref Flow flow, FlowDetail detail, DatagramMemory memory)
    {
        if (memory.Quic is { } handshake)
            _quic.Finish(ref flow, handshake);
        if (memory is { Matched: < 0, Tentative: { } tentative })
            _naming.Decide(ref flow, tentative.Row, tentative.Recognition, tentative.Originator, tentative.Frame);
        if (memory.Asked is { Client: { } client } asked && flow.Of(client.Other()).Packets == 0)
            _naming.Decide(ref flow, asked.Row, asked.Recognition, asked.Originator, asked.Frame);
        memory.Clear(_pool);
        _free.Push(memory);
        detail.Datagrams = null;
        if (detail.IsBlank)
            _details.Return(ref flow);
    }

    /// <summary>True for NAT keep-alives, whatever the protocol: an octet 0xFF (RFC 3948 §2.3), the empty lines of SIP
    /// (RFC 5626 §3.5.1 and §4.4.1), with which many telephones begin, or four zeros (nathelper of Kamailio and
    /// OpenSIPS). They identify nothing and are not counted as datagrams examined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool KeepsAlive(ReadOnlySpan<byte> payload) =>
        payload is [0xFF] or [(byte)'\r', (byte)'\n'] or [(byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n']
            or [0, 0, 0, 0];

    private static bool IsWhole(in DecodedPacket packet) =>
        packet.PayloadLength == packet.OriginalPayloadLength && !packet.IsFragment;

    /// <summary>True when the flow is decided.</summary>
    private bool Recognise(RecogniserSet set, ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload,
        in SentPacket sent)
    {
        var originator = flow.Originator;
        var byOriginator = sent.Sender == originator;
        FlowConversation.Make(in flow, byOriginator ? payload : [], byOriginator ? [] : payload, IsWhole(packet),
            _details.Find(in flow)?.Datagrams, out var conversation);
        var candidates = set.Of(payload);
        var recognition = default(Recognition);
        var index = set.TryAll(conversation, ref candidates, ref recognition);
        if (index == Candidates.None)
        {
            if (!candidates.IsEmpty)
                MemoryOf(ref flow);
            return false;
        }

        if (recognition.Strength == MatchStrength.Proof)
            return Prove(ref flow, set.RowAt(index), recognition, originator, sent)
                && !BeginsQuic(ref flow, set.RowAt(index), payload, sent);
        Resemble(ref flow, set.RowAt(index), recognition, originator, sent.Frame);
        return false;
    }

    /// <summary>True when a proved protocol needs no more datagrams.</summary>
    private bool Prove(ref Flow flow, int row, in Recognition recognition, Side originator, in SentPacket sent)
    {
        if (!IsBeginningOf(in flow, row))
        {
            if (flow.ProtocolRow == 0 || flow.ProtocolRow == row + 1)
                _naming.Decide(ref flow, row, recognition, originator, sent.Frame);
            else if (!TrySwitch(ref flow, row, recognition, originator, sent))
                return false;
        }

        if (recognition.WantsMore)
            MemoryOf(ref flow).Matched = row;
        return !recognition.WantsMore;
    }

    /// <summary>Names the protocol to which the flow switches. A request counts only when the other side answers in
    /// that protocol; media need no answer.</summary>
    private bool TrySwitch(ref Flow flow, int row, in Recognition recognition, Side originator, in SentPacket sent)
    {
        var memory = MemoryOf(ref flow);
        if (memory.Asked is { } asked && asked.Row == row)
        {
            if (asked.Client == sent.Sender)
                return false;
            _naming.Decide(ref flow, row, asked.Recognition, asked.Originator, sent.Frame);
            return true;
        }

        var match = new TentativeMatch(row, recognition, originator, sent.Frame);
        if (match.Client == sent.Sender)
        {
            memory.Asked = match;
            return false;
        }

        _naming.Decide(ref flow, row, recognition, originator, sent.Frame);
        return true;
    }

    /// <summary>True when more hellos of the connection are to be read.</summary>
    private bool BeginsQuic(ref Flow flow, int row, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        if (row != QuicReading.Row || !QuicInitialPacket.IsInitial(payload, out _)
            || OpenSslLibrary.IsMissing)
            return false;
        var handshake = _quic.Rent();
        MemoryOf(ref flow).Quic = handshake;
        return !_quic.Add(ref flow, handshake, payload, sent);
    }

    /// <summary>Keeps the first match in shape.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Resemble(ref Flow flow, int row, in Recognition recognition, Side originator, FrameReference frame)
    {
        var memory = MemoryOf(ref flow);
        memory.Tentative ??= new TentativeMatch(row, recognition, originator, frame);
    }

    /// <summary>True for the protocol before the switch: ICE checks continue alongside media and do not take the name
    /// back.</summary>
    private bool IsBeginningOf(ref readonly Flow flow, int row) =>
        flow.ProtocolRow != 0 && _details.Find(in flow) is { StartedAsRow: > 0 } detail
        && detail.StartedAsRow == row + 1;

    /// <summary>False when the buffer bound was reached. Without interested recognisers nothing is kept.</summary>
    private bool TryRemember(ref Flow flow, ReadOnlySpan<byte> payload, Side sender, bool isWhole)
    {
        if (_details.Find(in flow)?.Datagrams is not { } memory || memory.TryRemember(payload, sender, _pool, isWhole))
            return true;
        _skipped++;
        return false;
    }

    private DatagramMemory MemoryOf(ref Flow flow) =>
        _details.Of(ref flow).Datagrams ??= _free.TryPop(out var free) ? free : new DatagramMemory();
}
