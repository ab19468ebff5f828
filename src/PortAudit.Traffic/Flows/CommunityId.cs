using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>The Community ID flow hash, version 1 with seed 0 (the specification of Corelight's community-id-spec repository), by which tools join their records.</summary>
internal static class CommunityId
{
    /// <summary>Length of the text: version, colon, and the base64 form of 20 bytes.</summary>
    public const int Length = 2 + 28;

    /// <summary>Identifiers that are worked out at a time.</summary>
    public const int BatchLength = Sha1Blocks.Lanes;

    private const ushort Seed = 0;

    /// <summary>The text <c>1:</c> and the base64 form of the SHA-1 of the ordered tuple.</summary>
    /// <param name="transport">IP protocol.</param>
    /// <param name="originator">One endpoint; for ICMP its port is the message's type.</param>
    /// <param name="responder">The other endpoint; for ICMP its port is the message's code.</param>
    public static string Of(IpProtocol transport, Endpoint originator, Endpoint responder)
    {
        Span<byte> blocks = stackalloc byte[BatchLength * Sha1Blocks.BlockLength];
        blocks.Clear();
        WriteBlock(transport, originator, responder, blocks);
        Span<byte> texts = stackalloc byte[BatchLength * Length];
        Write(blocks, texts);
        return Encoding.ASCII.GetString(texts[..Length]);
    }

    /// <summary>Writes the identifiers of flows in ASCII, one behind the other.</summary>
    /// <param name="flows">At most <see cref="BatchLength"/>.</param>
    /// <param name="destination"><see cref="BatchLength"/> times <see cref="Length"/> bytes, of which those behind the identifiers mean nothing.</param>
    public static void Write(ReadOnlySpan<FlowRecord> flows, Span<byte> destination)
    {
        Span<byte> blocks = stackalloc byte[BatchLength * Sha1Blocks.BlockLength];
        blocks.Clear();
        for (var index = 0; index < flows.Length; index++)
            WriteBlock(flows[index].Transport, flows[index].Originator, flows[index].Responder, blocks.Slice(index * Sha1Blocks.BlockLength, Sha1Blocks.BlockLength));
        Write(blocks, destination);
    }

    private static void Write(ReadOnlySpan<byte> blocks, Span<byte> texts)
    {
        Span<byte> hashes = stackalloc byte[BatchLength * Sha1Blocks.HashLength];
        Sha1Blocks.Hash(blocks, hashes);
        for (var index = 0; index < BatchLength; index++)
        {
            var text = texts.Slice(index * Length, Length);
            "1:"u8.CopyTo(text);
            Base64.EncodeToUtf8(hashes.Slice(index * Sha1Blocks.HashLength, Sha1Blocks.HashLength), text[2..], out _, out _);
        }
    }

    private static void WriteBlock(IpProtocol transport, Endpoint originator, Endpoint responder, Span<byte> block) =>
        Sha1Blocks.Pad(block[..Sha1Blocks.BlockLength], WriteInput(transport, originator, responder, block));

    private static int WriteInput(IpProtocol transport, Endpoint originator, Endpoint responder, Span<byte> input)
    {
        var isTwoWay = true;
        if (transport.IsIcmp && IcmpPairing.TryPair(transport, (byte)originator.Port, out var request, out var reply))
            (originator, responder) = (originator with { Port = request }, responder with { Port = reply });
        else if (transport.IsIcmp)
            isTwoWay = false;

        var (first, second) = isTwoWay && originator.CompareTo(responder) > 0 ? (responder, originator) : (originator, responder);
        BinaryPrimitives.WriteUInt16BigEndian(input, Seed);
        var length = 2;
        length += first.Address.CopyTo(input[length..]);
        length += second.Address.CopyTo(input[length..]);
        input[length++] = transport.Value;
        input[length++] = 0;
        if (!transport.HasPorts && !transport.IsIcmp)
            return length;
        BinaryPrimitives.WriteUInt16BigEndian(input[length..], first.Port);
        BinaryPrimitives.WriteUInt16BigEndian(input[(length + 2)..], second.Port);
        return length + 4;
    }
}
