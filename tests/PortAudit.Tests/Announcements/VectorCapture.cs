using PortAudit.Tests.Capture;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Announcements;

/// <summary>A vector as a capture, so that the whole walk and tshark can read it: a connection with its handshake, or
/// datagrams.</summary>
internal static class VectorCapture
{
    /// <summary>Writes the capture, and returns its path.</summary>
    public static string Write(AnnouncementVector vector, string path) =>
        PcapFile.Write(path, Frames(vector).Select((frame, second) => ((uint)(1_700_000_000 + second), frame)));

    /// <summary>What the walk reads of a capture: frame and port of each announcement.</summary>
    public static IReadOnlyList<Announcement> Announced(string path)
    {
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        return [.. TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, progress: null,
            CancellationToken.None).Announcements.Select(use => use.Announcement)];
    }

    private static IEnumerable<byte[]> Frames(AnnouncementVector vector)
    {
        uint[] next = [1001, 5001];
        if (vector.Transport == IpProtocol.Tcp)
        {
            yield return Segment(vector, byOriginator: true, TcpFlags.Syn, 1000, 0, []);
            yield return Segment(vector, byOriginator: false, TcpFlags.Syn | TcpFlags.Ack, 5000, next[0], []);
        }

        foreach (var (byOriginator, _, bytes) in vector.Messages)
        {
            var side = byOriginator ? 0 : 1;
            yield return vector.Transport == IpProtocol.Tcp
                ? Segment(vector, byOriginator, TcpFlags.Ack | TcpFlags.Psh, next[side], next[1 - side], bytes)
                : Datagram(vector, byOriginator, bytes);
            next[side] += (uint)bytes.Length;
        }
    }

    private static byte[] Segment(AnnouncementVector vector, bool byOriginator, TcpFlags flags, uint sequence,
        uint acknowledgment, byte[] payload)
    {
        var (from, to) = byOriginator ? (vector.Originator, vector.Responder) : (vector.Responder, vector.Originator);
        return FrameBuilder.Tcp($"{from.Address}", from.Port, $"{to.Address}", to.Port, flags, sequence, acknowledgment,
            payload);
    }

    private static byte[] Datagram(AnnouncementVector vector, bool byOriginator, byte[] payload)
    {
        var (from, to) = byOriginator ? (vector.Originator, vector.Responder) : (vector.Responder, vector.Originator);
        return FrameBuilder.Udp($"{from.Address}", from.Port, $"{to.Address}", to.Port, payload);
    }
}
