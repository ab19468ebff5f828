using System.Collections.Immutable;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Packets;

/// <summary>A packet for a reader without Wireshark: one line, and its layers field by field. Names in it come from the
/// network and must be escaped for display.</summary>
public sealed record PacketView
{
    /// <summary>Path of its capture.</summary>
    public required string Capture { get; init; }

    /// <summary>Frame number in the capture.</summary>
    public required long Number { get; init; }

    /// <summary>Time of capture, RFC 3339 in UTC, as exact as the capture has it.</summary>
    public required string Time { get; init; }

    /// <summary>Source, with its port; empty when unknown.</summary>
    public required string Source { get; init; }

    /// <summary>Destination, with its port; empty when unknown.</summary>
    public required string Destination { get; init; }

    /// <summary>Transport, or the innermost protocol known.</summary>
    public required string Protocol { get; init; }

    /// <summary>Length of the frame on the wire, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Captured bytes of it.</summary>
    public required int Captured { get; init; }

    /// <summary>Flags, numbers, message, and why decoding ended where it did.</summary>
    public required string Info { get; init; }

    /// <summary>The layers, outside in; empty when they were not asked for.</summary>
    public required ImmutableArray<PacketLayer> Layers { get; init; }

    /// <summary>Decodes a frame.</summary>
    /// <param name="path">Path of its capture.</param>
    /// <param name="packet">The frame.</param>
    /// <param name="described">The interface that captured it.</param>
    /// <param name="withLayers">True to read the layers, too.</param>
    public static PacketView Of(string path, in CapturedPacket packet, CaptureInterface described, bool withLayers)
    {
        ArgumentNullException.ThrowIfNull(described);
        var packets = FramePacket.ReadAll(packet);
        var bytes = packet.Bytes.ToArray();
        var line = new PacketLine(bytes, packets, packet.OriginalLength);
        return new PacketView
        {
            Capture = path,
            Number = packet.Number,
            Time = ReportTime.Format(packet.TimestampNs, described.TimestampDigits),
            Source = line.Source,
            Destination = line.Destination,
            Protocol = line.Protocol,
            Length = Math.Max(packet.OriginalLength, packet.Bytes.Length),
            Captured = packet.Bytes.Length,
            Info = line.Info,
            Layers = withLayers ? PacketLayers.Of(bytes, packets) : [],
        };
    }
}
