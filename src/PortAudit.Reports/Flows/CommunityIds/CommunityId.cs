using System.Buffers.Binary;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows.CommunityIds;

/// <summary>
/// The Community ID flow hash, version 1 with seed 0 (the specification of Corelight's community-id-spec repository),
/// by which tools join their
/// records.
/// </summary>
internal static class CommunityId
{
    /// <summary>Length of the text, in characters: version, colon, and the base64 form of 20 bytes.</summary>
    public const int Length = 2 + 28;

    /// <summary>Identifiers that are worked out at a time.</summary>
    public const int BatchLength = Sha1Blocks.Lanes;

    /// <summary>Bytes that are hashed, at most: seed, two IPv6 addresses, protocol, padding and ports.</summary>
    private const int MaximumMessage = sizeof(ushort) + 16 + 16 + 2 + (2 * sizeof(ushort));

    /// <summary>
    /// Writes the identifiers of flows in ASCII, one behind the other: <c>1:</c> and the base64 form of the SHA-1 of
    /// the ordered tuple.
    /// </summary>
    /// <param name="flows">At most <see cref="BatchLength"/>.</param>
    /// <param name="destination">
    /// <see cref="BatchLength"/> times <see cref="Length"/> bytes, of which those behind the identifiers mean nothing.
    /// </param>
    public static void Write(ReadOnlySpan<FlowRecord> flows, Span<byte> destination)
    {
        Span<uint> blocks = stackalloc uint[BatchLength * Sha1Blocks.BlockWords];
        blocks.Clear();
        Span<byte> message = stackalloc byte[MaximumMessage];
        for (var lane = 0; lane < flows.Length; lane++)
        {
            var length = WriteMessage(flows[lane], message);
            Sha1Blocks.SetMessage(blocks, lane, message[..length]);
        }

        Span<uint> hashes = stackalloc uint[BatchLength * Sha1Blocks.HashWords];
        Sha1Blocks.Hash(blocks, hashes);
        Span<uint> digits = stackalloc uint[BatchLength * Base64Lanes.TextWords];
        Base64Lanes.Encode(hashes, digits);
        for (var lane = 0; lane < flows.Length; lane++)
        {
            var text = destination.Slice(lane * Length, Length);
            "1:"u8.CopyTo(text);
            for (var word = 0; word < Base64Lanes.TextWords; word++)
                BinaryPrimitives.WriteUInt32LittleEndian(text[(2 + (word * sizeof(uint)))..],
                    digits[(word * BatchLength) + lane]);
        }
    }

    /// <summary>
    /// Writes what is hashed of a flow, and returns its length, a multiple of 4 bytes: the seed in 16 bits, the lower
    /// and the higher endpoint's
    /// address, the protocol, a zero, and the ports in the same order where there are any (for ICMP type and code, of a
    /// request and its reply their types).
    /// </summary>
    private static int WriteMessage(FlowRecord flow, Span<byte> message)
    {
        const ushort Seed = 0;
        var (transport, originator, responder) = (flow.Transport, flow.Originator, flow.Responder);
        var isTwoWay = true;
        if (transport.IsIcmp && IcmpPairing.TryPair(transport, (byte)originator.Port, out var request, out var reply))
            (originator, responder) = (originator with { Port = request }, responder with { Port = reply });
        else if (transport.IsIcmp)
            isTwoWay = false;

        var (first, second) =
            isTwoWay && originator.CompareTo(responder) > 0 ? (responder, originator) : (originator, responder);
        BinaryPrimitives.WriteUInt16BigEndian(message, Seed);
        var length = sizeof(ushort);
        length += first.Address.CopyTo(message[length..]);
        length += second.Address.CopyTo(message[length..]);
        message[length++] = transport.Value;
        message[length++] = 0;
        if (!transport.HasPorts && !transport.IsIcmp)
            return length;
        BinaryPrimitives.WriteUInt16BigEndian(message[length..], first.Port);
        BinaryPrimitives.WriteUInt16BigEndian(message[(length + sizeof(ushort))..], second.Port);
        return length + (2 * sizeof(ushort));
    }
}
