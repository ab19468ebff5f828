using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Knows a packet that was recorded before: a mirror port that copies both directions of two ports, interface
/// <c>any</c>, or one capture point on both sides of a router records one packet twice. It keeps digests of the latest
/// packets in a table of constant size.
/// </summary>
/// <remarks>
/// The digest covers what no device on the way changes and no sender repeats: flow, direction, Identification, sequence
/// and acknowledgment numbers, control bits, window, checksum and lengths. It leaves out the link header and the time
/// to live, so that a packet before and behind a router is the same. docs/decisions/008-tcp-sequence.md has the
/// measurements.
/// </remarks>
internal sealed class DuplicateFilter
{
    /// <summary>
    /// How long a packet with an Identification of its own is remembered, in nanoseconds: 50 ms. A copy is milliseconds
    /// late at most, and no stack retransmits so soon with the same Identification: the least retransmission timeout in
    /// use is 200 ms (Linux; RFC 6298 §2.4 asks for 1 s).
    /// </summary>
    public const long StrongWindowNs = 50_000_000;

    /// <summary>
    /// How long a packet without one is remembered, in nanoseconds: 1 ms. IPv6, and senders that write 0 where
    /// fragmentation is forbidden (RFC 6864 §4.1), give two identical packets nothing that tells them apart but time.
    /// </summary>
    public const long WeakWindowNs = 1_000_000;

    /// <summary>Payload bytes that are compared where the numbers do not tell packets apart: they hold the header of
    /// whatever is inside.</summary>
    private const int ComparedPayload = 64;

    /// <summary>The same of a packet that carries another one, which begins with headers that are alike in each: room
    /// for those of three tunnels inside each other, of about 50 bytes, and for the numbers of TCP in the
    /// innermost.</summary>
    private const int ComparedInTunnel = 256;

    /// <summary>Packets that are remembered at most. A later packet takes the place of an earlier one.</summary>
    private const int EntryCount = 1 << EntryBits;

    private const int EntryBits = 13;
    private const ulong Multiplier = 0x9E37_79B1_85EB_CA87;
    private const ulong OtherMultiplier = 0xC2B2_AE3D_27D4_EB4F;

    /// <summary>The low bits of each entry's digest: 16 KiB, which stay in a core's cache where the 128 KiB of the
    /// entries do not, as all captured bytes pass through it. Most packets read these alone.</summary>
    private readonly ushort[] _marks = new ushort[EntryCount];

    private readonly Entry[] _entries = new Entry[EntryCount];

    /// <summary>Forgets all packets.</summary>
    public void Forget()
    {
        Array.Clear(_marks);
        Array.Clear(_entries);
    }

    /// <summary>True when the packet at which a walk stands repeats one that was recorded shortly before.</summary>
    public bool Repeats(in PacketWalk walk, ushort point, long timestampNs)
    {
        if (!walk.Packet.HasTransport)
            return false;
        var key = FlowKey.Of(walk.Packet, point, out var sender);
        return Repeats(walk, key, sender, timestampNs);
    }

    /// <summary>The same where the key of its flow is known. What came as a fragment is known by itself, whatever it
    /// was joined to.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Repeats(in PacketWalk walk, in FlowKey key, Side sender, long timestampNs)
    {
        if (walk.CameAsFragment)
            return walk.IsCopy;
        ref readonly var packet = ref walk.Packet;
        var digest = DigestOf(key.Digest(), sender, packet);
        return packet.Identification != 0 && packet.Protocol == IpProtocol.Tcp
            ? Repeats(digest, StrongWindowNs, timestampNs)
            : RepeatsByPayload(digest, packet, walk.Payload, timestampNs);
    }

    /// <summary>True when the packet repeats one that was recorded shortly before; else it is remembered
    /// itself.</summary>
    /// <param name="flowDigest">Digest of its flow's key.</param>
    /// <param name="sender">The side that sent it.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="payload">Its transport payload as far as it was captured; of a fragment its data.</param>
    /// <param name="timestampNs">Its time in nanoseconds.</param>
    public bool Repeats(ulong flowDigest, Side sender, in DecodedPacket packet, ReadOnlySpan<byte> payload,
        long timestampNs) =>
        RepeatsByPayload(DigestOf(flowDigest, sender, packet), packet, payload, timestampNs);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RepeatsByPayload(ulong digest, in DecodedPacket packet, ReadOnlySpan<byte> payload, long timestampNs)
    {
        var isStrong = packet.Identification != 0 || packet.Fragment.Identification != 0;
        // What was captured is too little to tell it from others.
        if (!isStrong && payload.IsEmpty && packet.StopReason == DecodeReason.CutByCapture)
            return false;

        // The sequence numbers of TCP tell its segments apart; other payloads speak for themselves.
        var compared = packet.Inner.Kind == TunnelKind.None ? ComparedPayload : ComparedInTunnel;
        if (!isStrong || packet.Protocol != IpProtocol.Tcp || packet.IsFragment)
            digest = Mix(digest, DigestOf(payload[..Math.Min(payload.Length, compared)]));

        // Fragments behind the first have nothing but their place in the datagram.
        if (packet.IsFragment)
            digest = Mix(digest, ((ulong)packet.Fragment.Identification << 32) | (uint)packet.Fragment.Position);

        return Repeats(digest, isStrong ? StrongWindowNs : WeakWindowNs, timestampNs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Repeats(ulong digest, long windowNs, long timestampNs)
    {
        var place = digest >> (64 - EntryBits);
        ref var entry = ref _entries[place];
        if (_marks[place] == (ushort)digest && entry.Digest == digest
            && IsWithin(windowNs, timestampNs, entry.TimestampNs))
            return true;
        _marks[place] = (ushort)digest;
        entry = new Entry(digest, timestampNs);
        return false;
    }

    /// <summary>True for two times that are no farther apart. Unsigned, so that any two can be compared.</summary>
    private static bool IsWithin(long windowNs, long oneNs, long otherNs) =>
        (oneNs > otherNs ? (ulong)oneNs - (ulong)otherNs : (ulong)otherNs - (ulong)oneNs) <= (ulong)windowNs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DigestOf(ulong flowDigest, Side sender, in DecodedPacket packet)
    {
        var identity = flowDigest ^ ((ulong)packet.Identification << 16) ^ packet.TransportChecksum;
        var numbers = ((ulong)packet.SequenceNumber << 32) | packet.AcknowledgmentNumber;
        var rest = ((ulong)(uint)packet.OriginalPayloadLength << 32) | ((ulong)packet.Window << 16)
            | ((ulong)packet.TcpFlags << 8) | (sender == Side.Low ? 1u : 0u);
        return Mix(Mix(identity, numbers), rest);
    }

    private static ulong DigestOf(ReadOnlySpan<byte> payload)
    {
        // Two halves that do not wait for each other.
        var (one, other) = ((ulong)payload.Length, Multiplier);
        while (payload.Length >= 2 * sizeof(ulong))
        {
            one = Mix(one, BinaryPrimitives.ReadUInt64LittleEndian(payload));
            other = Mix(other, BinaryPrimitives.ReadUInt64LittleEndian(payload[sizeof(ulong)..]));
            payload = payload[(2 * sizeof(ulong))..];
        }

        foreach (var single in payload)
            one = (one ^ single) * Multiplier;
        return Mix(one, other);
    }

    /// <summary>Takes a word into a digest as xxHash64 does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong digest, ulong word) =>
        BitOperations.RotateLeft(digest + (word * OtherMultiplier), 31) * Multiplier;

    private readonly record struct Entry(ulong Digest, long TimestampNs);
}
