namespace PortAudit.Traffic.Capture;

/// <summary>What the records behind a <see cref="PcapSuspect"/> say of it.</summary>
internal enum PcapConfirmation
{
    /// <summary>Nothing sound follows.</summary>
    None,

    /// <summary>Records follow that go on with the time before it: it is one, and its own time is its alone.</summary>
    OfTheRecord,

    /// <summary>It is a record, and its time is the capture's: records follow that go on with it, or the capture
    /// ends.</summary>
    OfItsTime,
}
