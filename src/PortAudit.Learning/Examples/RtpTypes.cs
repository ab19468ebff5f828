using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Learning.Examples;

/// <summary>Reads the RTP payload types of frames (RFC 3550 §5.1), which flow records do not keep.</summary>
internal static class RtpTypes
{
    private const int HeaderLength = 12;
    private const int Version = 2;
    private const int TypeMask = 0x7F;

    /// <summary>The payload types by number of the frame.</summary>
    /// <param name="path">The capture.</param>
    /// <param name="frames">Numbers of the frames wanted.</param>
    public static IReadOnlyDictionary<long, int> Of(string path, IReadOnlySet<long> frames)
    {
        var types = new Dictionary<long, int>();
        if (frames.Count == 0)
            return types;
        var memory = new DecoderState(VlanEquivalence.None);
        using var source = CaptureFile.Open(path);
        while (types.Count < frames.Count && source.TryRead(out var packet))
        {
            var walk = default(PacketWalk);
            walk.Begin(packet, 0, memory);
            var type = TypeOf(walk);
            while (walk.MoveInside())
                type = TypeOf(walk) ?? type;
            if (type is { } known && frames.Contains(packet.Number))
                types[packet.Number] = known;
        }

        return types;
    }

    private static int? TypeOf(in PacketWalk walk)
    {
        if (!walk.Packet.HasTransport || walk.Packet.Protocol != IpProtocol.Udp)
            return null;
        var payload = walk.Payload;
        return payload.Length >= HeaderLength && payload[0] >> 6 == Version ? payload[1] & TypeMask : null;
    }
}
