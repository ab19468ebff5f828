namespace PortAudit.Traffic.Capture.Ring;

/// <summary>A notice for the user of a <see cref="PcapngRing"/>.</summary>
/// <param name="Time">Time by the ring's clock.</param>
/// <param name="Text">A clause. May contain the system's text: escape it for display.</param>
/// <param name="IsWriting">True when writing continues.</param>
/// <param name="NotWritten">Packets in no file so far because of write errors.</param>
public sealed record RingNotice(DateTimeOffset Time, string Text, bool IsWriting, long NotWritten);
