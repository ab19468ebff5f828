namespace PortAudit.Traffic.Capture.Ring;

/// <summary>A file of a <see cref="PcapngRing"/> and its packets: consecutive frames of the capture.</summary>
/// <param name="Path">The file.</param>
/// <param name="FirstFrame">Number of its first frame in the capture (<see cref="CapturedPacket.Number"/>).</param>
/// <param name="Packets">Frames in it, at least 1.</param>
/// <param name="FirstNs">Time of its earliest frame, in nanoseconds since the Unix epoch.</param>
/// <param name="LastNs">Time of its latest frame.</param>
public sealed record RingFile(string Path, long FirstFrame, long Packets, long FirstNs, long LastNs);
