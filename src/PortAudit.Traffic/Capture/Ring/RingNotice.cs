namespace PortAudit.Traffic.Capture.Ring;

/// <summary>Something that the user of a <see cref="PcapngRing"/> has to know.</summary>
/// <param name="Time">When, by the ring's clock.</param>
/// <param name="Text">What, a clause. It may hold the system's text: escape it where it is shown.</param>
/// <param name="IsWriting">True when the ring writes on all the same.</param>
/// <param name="NotWritten">Packets that are in no file so far, as they could not be written.</param>
public sealed record RingNotice(DateTimeOffset Time, string Text, bool IsWriting, long NotWritten);
