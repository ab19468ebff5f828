using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Detects packets recorded twice: by a mirror port that copies both directions of two ports, by interface
/// <c>any</c>, or by one capture point on both sides of a router. Keeps digests of recent packets in a table of
/// constant size.</summary>
/// <remarks>The digest covers what devices do not change and senders do not repeat: flow, direction, Identification,
/// sequence and acknowledgment numbers, control bits, window, checksum and lengths; not the link header or the time to
/// live, which a router changes. Measurements: docs/decisions/008-tcp-sequence.md.</remarks>
internal sealed class DuplicateFilter
{
    /// <summary>Window for a packet with an Identification, in nanoseconds: 50 ms. A copy is milliseconds late at most;
    /// no stack retransmits so soon with the same Identification (least retransmission timeout: 200 ms in Linux, 1 s in
    /// RFC 6298 §2.4).</summary>
    public const long StrongWindowNs = 50_000_000;

    /// <summary>Window for a packet without Identification, in nanoseconds: 1 ms. In IPv6, and where 0 is sent because
    /// fragmentation is forbidden (RFC 6864 §4.1), only time distinguishes identical packets.</summary>
    public const long WeakWindowNs = 1_000_000;

    /// <summary>Payload bytes compared where the numbers do not distinguish packets: enough for the header of the
    /// payload.</summary>
    private const int ComparedPayload = 64;

    /// <summary>Payload bytes compared in a tunnel packet: headers of three nested tunnels of about 50 bytes, and the
    /// innermost TCP header.</summary>
    private const int ComparedInTunnel = 256;

    /// <summary>Size of the table; later packets overwrite earlier ones.</summary>
    private const int EntryCount = 1 << EntryBits;

    private const int EntryBits = 13;
    private const ulong Multiplier = 0x9E37_79B1_85EB_CA87;
    private const ulong OtherMultiplier = 0xC2B2_AE3D_27D4_EB4F;

    /// <summary>The low bits of each entry's digest: 16 KiB that stay in the core's cache, unlike the 128 KiB of
    /// entries. Most packets read only these.</summary>
    private readonly ushort[] _marks = new ushort[EntryCount];

    private readonly Entry[] _entries = new Entry[EntryCount];

    public void Forget()
    {
        Array.Clear(_marks);
        Array.Clear(_entries);
    }

    /// <summary>True when the walk's current packet repeats a recent one.</summary>
    public bool Repeats(in PacketWalk walk, ushort point, long timestampNs)
    {
        if (!walk.Packet.HasTransport)
            return false;
        var key = FlowKey.Of(walk.Packet, point, out var sender);
        return Repeats(walk, key, sender, timestampNs);
    }

    /// <summary>The same, with the key of its flow known. A fragment is compared as it came, before
    /// reassembly.</summary>
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

    /// <summary>True when the packet repeats a recent one; otherwise it is remembered.</summary>
    public bool Repeats(ulong flowDigest, Side sender, in DecodedPacket packet, ReadOnlySpan<byte> payload,
        long timestampNs) =>
        RepeatsByPayload(DigestOf(flowDigest, sender, packet), packet, payload, timestampNs);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RepeatsByPayload(ulong digest, in DecodedPacket packet, ReadOnlySpan<byte> payload, long timestampNs)
    {
        var isStrong = packet.Identification != 0 || packet.Fragment.Identification != 0;
        // Too little was captured to distinguish it.
        if (!isStrong && payload.IsEmpty && packet.StopReason == DecodeReason.CutByCapture)
            return false;

        // TCP segments are distinguished by sequence numbers, other payloads by their content.
        var compared = packet.Inner.Kind == TunnelKind.None ? ComparedPayload : ComparedInTunnel;
        if (!isStrong || packet.Protocol != IpProtocol.Tcp || packet.IsFragment)
            digest = Mix(digest, DigestOf(payload[..Math.Min(payload.Length, compared)]));

        // Later fragments are distinguished by their offset only.
        if (packet.IsFragment)
            digest = Mix(digest, ((ulong)packet.Fragment.Identification << 32) | (uint)packet.Fragment.Position);

        return Repeats(digest, isStrong ? StrongWindowNs : WeakWindowNs, timestampNs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Repeats(ulong digest, long windowNs, long timestampNs)
    {
        var index = digest >> (64 - EntryBits);
        ref var entry = ref _entries[index];
        if (_marks[index] == (ushort)digest && entry.Digest == digest
            && IsWithin(windowNs, timestampNs, entry.TimestampNs))
            return true;
        _marks[index] = (ushort)digest;
        entry = new Entry(digest, timestampNs);
        return false;
    }

    /// <summary>True when two times differ by at most the window. Unsigned, so that any two can be compared.</summary>
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
        // Two independent halves, for instruction-level parallelism.
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

    /// <summary>Mixes a word into a digest, as xxHash64 does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong digest, ulong word) =>
        BitOperations.RotateLeft(digest + (word * OtherMultiplier), 31) * Multiplier;

    private readonly record struct Entry(ulong Digest, long TimestampNs);
}
