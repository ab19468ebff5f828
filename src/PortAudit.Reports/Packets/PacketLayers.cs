using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Packets;

/// <summary>
/// The layers of a frame, outside in. PacketDotNet reads the fields of each header that the project's decoder accepted;
/// if it does not know the header or throws, and for damaged headers, the decoder's own fields are shown. Payload is
/// never shown: see <see cref="FramePacket.Message"/>.
/// </summary>
internal static class PacketLayers
{
    /// <summary>Reads them.</summary>
    /// <param name="bytes">The frame as far as it was captured.</param>
    /// <param name="packets">Its packets.</param>
    public static ImmutableArray<PacketLayer> Of(byte[] bytes, ImmutableArray<FramePacket> packets)
    {
        var layers = ImmutableArray.CreateBuilder<PacketLayer>();
        foreach (var packet in packets)
        {
            AddTunnel(layers, packet);
            layers.AddRange(LinkLayers.Of(bytes, packet));
            if (NetworkLayers.Of(bytes, packet) is { } network)
                layers.Add(network);
            if (TransportLayers.Of(bytes, packet) is { } transport)
                layers.Add(transport);
        }

        AddPayload(layers, packets[^1]);
        AddStop(layers, packets[^1]);
        return layers.ToImmutable();
    }

    /// <summary>The header of the tunnel lies between what was read last and the packet that it carries.</summary>
    private static void AddTunnel(ImmutableArray<PacketLayer>.Builder layers, FramePacket packet)
    {
        if (packet.Tunnel.Length == 0)
            return;
        var begin = layers.Count == 0 ? 0 : layers[^1].Offset + layers[^1].Length;
        layers.Add(new PacketLayer($"Tunnel: {packet.Tunnel}", begin, Math.Max(0, packet.Offset - begin), []));
    }

    private static void AddPayload(ImmutableArray<PacketLayer>.Builder layers, FramePacket packet)
    {
        if (packet.Transport is not { OriginalPayloadLength: > 0 } transport)
            return;
        var fields = ImmutableArray.CreateBuilder<PacketField>();
        if (packet.Message.Length > 0)
            fields.Add(new PacketField(null, "Message", packet.Message));
        fields.Add(new PacketField(null, "Length on the wire",
            string.Create(CultureInfo.InvariantCulture, $"{transport.OriginalPayloadLength} bytes")));
        fields.Add(new PacketField(null, "Content", "not shown, as it may hold credentials"));
        layers.Add(new PacketLayer("Payload", transport.PayloadOffset, transport.PayloadLength, fields.ToImmutable()));
    }

    private static void AddStop(ImmutableArray<PacketLayer>.Builder layers, FramePacket packet)
    {
        if (packet.StopReason == DecodeReason.Done)
            return;
        layers.Add(new PacketLayer("Decoding ended", 0, 0,
        [
            new PacketField(null, "Layer", DecodeWords.ToText(packet.StoppedAt)),
            new PacketField(null, "Reason", DecodeWords.ToClause(packet.StopReason)),
        ]));
    }
}
