namespace PortAudit.Traffic.Capture;

/// <summary>What the records after a <see cref="PcapSuspect"/> confirm.</summary>
internal enum PcapConfirmation
{
    /// <summary>Nothing: no valid record follows.</summary>
    None,

    /// <summary>The record, but not its time: the following records continue the time before it.</summary>
    OfTheRecord,

    /// <summary>The record and its time: the following records continue it, or the capture ends.</summary>
    OfItsTime,
}
