using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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

    /// <summary>The text <c>1:</c> and the base64 form of the SHA-1 of the ordered tuple.</summary>
    /// <param name="transport">IP protocol.</param>
    /// <param name="originator">One endpoint; for ICMP its port is the message's type.</param>
    /// <param name="responder">The other endpoint; for ICMP its port is the message's code.</param>
    public static string Of(IpProtocol transport, Endpoint originator, Endpoint responder)
    {
        Span<uint> blocks = stackalloc uint[BatchLength * Sha1Blocks.BlockWords];
        blocks.Clear();
        WriteBlock(transport, originator, responder, blocks, 0);
        Span<byte> texts = stackalloc byte[BatchLength * Length];
        Write(blocks, texts);
        return Encoding.ASCII.GetString(texts[..Length]);
    }

    /// <summary>Writes the identifiers of flows in ASCII, one behind the other.</summary>
    /// <param name="flows">At most <see cref="BatchLength"/>.</param>
    /// <param name="destination"><see cref="BatchLength"/> times <see cref="Length"/> bytes, of which those behind the identifiers mean nothing.</param>
    public static void Write(ReadOnlySpan<FlowRecord> flows, Span<byte> destination)
    {
        Span<uint> blocks = stackalloc uint[BatchLength * Sha1Blocks.BlockWords];
        blocks.Clear();
        for (var lane = 0; lane < flows.Length; lane++)
            WriteBlock(flows[lane].Transport, flows[lane].Originator, flows[lane].Responder, blocks, lane);
        Write(blocks, destination);
    }

    private static void Write(ReadOnlySpan<uint> blocks, Span<byte> texts)
    {
        Span<uint> hashes = stackalloc uint[BatchLength * Sha1Blocks.HashWords];
        Sha1Blocks.Hash(blocks, hashes);
        Span<uint> digits = stackalloc uint[BatchLength * Base64Lanes.TextWords];
        Base64Lanes.Encode(hashes, digits);
        for (var lane = 0; lane < BatchLength; lane++)
        {
            var text = texts.Slice(lane * Length, Length);
            "1:"u8.CopyTo(text);
            text = text[2..];
            for (var word = 0; word < Base64Lanes.TextWords; word++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(text, digits[(word * BatchLength) + lane]);
                text = text[sizeof(uint)..];
            }
        }
    }

    private static void WriteBlock(IpProtocol transport, Endpoint originator, Endpoint responder, Span<uint> blocks, int lane)
    {
        var isTwoWay = true;
        if (transport.IsIcmp && IcmpPairing.TryPair(transport, (byte)originator.Port, out var request, out var reply))
            (originator, responder) = (originator with { Port = request }, responder with { Port = reply });
        else if (transport.IsIcmp)
            isTwoWay = false;

        var (first, second) = isTwoWay && originator.CompareTo(responder) > 0 ? (responder, originator) : (originator, responder);
        var input = new Input(blocks, lane);
        input.Add(first.Address);
        input.Add(second.Address);
        input.End(transport, transport.HasPorts || transport.IsIcmp ? ((uint)first.Port << 16) | second.Port : null);
    }

    /// <summary>The message that is hashed, in a lane of words. The seed of 16 bits in front of it moves all others by half a word.</summary>
    /// <param name="blocks">The words of all lanes, 0 so far.</param>
    /// <param name="lane">The lane.</param>
    private ref struct Input(Span<uint> blocks, int lane)
    {
        private const uint Seed = 0;

        private readonly Span<uint> _blocks = blocks;
        private int _words;
        private uint _half = Seed;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(IpAddress address)
        {
            if (!address.IsIpv4)
            {
                Add((uint)(address.HighInHeader >> 32));
                Add((uint)address.HighInHeader);
                Add((uint)(address.Low >> 32));
            }

            Add((uint)address.Low);
        }

        /// <summary>Adds the protocol with the byte behind it that is always 0, and the ports where there are any.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void End(IpProtocol transport, uint? ports)
        {
            AddWord((_half << 16) | ((uint)transport.Value << 8));
            if (ports is { } both)
                AddWord(both);
            Sha1Blocks.Pad(_blocks, lane, _words);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add(uint value)
        {
            AddWord((_half << 16) | (value >> 16));
            _half = value & ushort.MaxValue;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void AddWord(uint word) => _blocks[(_words++ * Sha1Blocks.Lanes) + lane] = word;
    }
}
